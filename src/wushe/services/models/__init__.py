from wushe.services.models.activity import Activity, ActivityKind, Attendance, Contribution, Society
from wushe.services.models.entry import StationEntry

__all__ = ["Activity", "ActivityKind", "Attendance", "Contribution", "Society", "StationEntry"]
