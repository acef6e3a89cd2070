from wushe.services.actions.delivering import (
    ActivityDraft,
    ContributionDraft,
    EntryDraft,
    PersonDraft,
    enter_station,
    finish_delivery,
    record_activity,
    void_activity,
)

__all__ = [
    "ActivityDraft",
    "ContributionDraft",
    "EntryDraft",
    "PersonDraft",
    "enter_station",
    "finish_delivery",
    "record_activity",
    "void_activity",
]
