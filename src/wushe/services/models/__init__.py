from wushe.services.models.activity import Activity, ActivityKind, Attendance, Contribution, Society
from wushe.services.models.entry import StationEntry
from wushe.services.models.involvement import Capacity, Involvement

__all__ = ["Activity", "ActivityKind", "Attendance", "Capacity", "Contribution", "Involvement", "Society", "StationEntry"]
