"""What stations are reminded of day by day."""

from datetime import datetime

from django.db import transaction

from wushe.inbox.actions import Asked, ask_for
from wushe.kernel.clock import local_date
from wushe.kernel.workdays import end_of_day
from wushe.stations.models import Station
from wushe.stations.permissions import Permission
from wushe.stations.queries import open_duties, subject_of


@transaction.atomic
def ask_for_duties(*, at: datetime) -> int:
    """Ask every station for the duties whose month ends, or is over, and of which nothing shows that they were done. Returns how many stations.

    Effects: one to-do a station, due with the first of the months; those of stations that owe nothing are settled.
    Policy: the duties of each level, `duties.remind_days`.
    """
    on = local_date(at)
    stations = list(Station.objects.living(on).select_related("region", "body").order_by("pk"))
    owed = open_duties(stations, on)
    asked = [
        Asked(subject_of(station), station.region, station.body, end_of_day(min(slot.due_on for slot in owed[station.pk])))
        for station in stations
        if owed[station.pk]
    ]
    return ask_for(step="record_duty", kind="station", permission=Permission.RECORD_DUTY, asked=asked, at=at)
