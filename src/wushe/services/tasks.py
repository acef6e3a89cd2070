"""What towns are reminded of day by day about agencies at work."""

from datetime import datetime, timedelta

from django.db import transaction

from wushe.inbox.actions import Asked, ask_for
from wushe.kernel.clock import local_date
from wushe.kernel.workdays import end_of_day
from wushe.policies.queries import policies_for
from wushe.projects.queries import subject_of
from wushe.projects.states import ProjectState
from wushe.services.models import StationEntry
from wushe.services.permissions import Permission

REMIND_DAYS = "rooms.remind_days"


@transaction.atomic
def ask_about_free_rooms(*, at: datetime) -> int:
    """Ask the towns whose agencies have a room free of charge that ends soon, or has ended, what becomes of it. Returns how many rooms.

    Effects: a to-do a room with its last day; those of rooms that were given longer, or whose project is over, are settled.
    Policy: `rooms.remind_days`.
    """
    on = local_date(at)
    entries = StationEntry.objects.filter(room_is_free=True, project__state=ProjectState.DELIVERING).select_related("project__region")
    free = list(entries.order_by("pk"))
    policies = policies_for([entry.project.region for entry in free], on)
    asked = []
    for entry in free:
        days = policies[entry.project.region_id].value(REMIND_DAYS)
        assert entry.room_until is not None  # noqa: S101 -- a constraint gives every free room an end
        if entry.room_until <= on + timedelta(days=int(days.value) if days else 0):
            asked.append(Asked(subject_of(entry.project), entry.project.region, due_at=end_of_day(entry.room_until)))
    return ask_for(step="set_room_end", kind="project", permission=Permission.SET_ROOM_END, asked=asked, at=at)
