from wushe.services.actions.delivering import (
    ActivityDraft,
    ContributionDraft,
    EntryDraft,
    PersonDraft,
    enter_station,
    finish_delivery,
    record_activity,
    set_room_end,
    void_activity,
)
from wushe.services.actions.involving import InvolvementDraft, join_project, leave_project

__all__ = [
    "ActivityDraft",
    "ContributionDraft",
    "EntryDraft",
    "InvolvementDraft",
    "PersonDraft",
    "enter_station",
    "finish_delivery",
    "join_project",
    "leave_project",
    "record_activity",
    "set_room_end",
    "void_activity",
]
