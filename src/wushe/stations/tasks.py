"""What stations are reminded of day by day."""

from datetime import datetime, timedelta

from django.db import transaction

from wushe.inbox.actions import Asked, ask_for
from wushe.kernel.clock import local_date
from wushe.kernel.workdays import end_of_day
from wushe.policies.queries import policies_for
from wushe.stations.models import CheckKind, OfficeUse, Station, StationLevel
from wushe.stations.permissions import Permission
from wushe.stations.queries import open_duties, subject_of, unplanned

REMIND_DAYS = "rooms.remind_days"
PLANNING_PERIOD = "remedy.planning_period"
SUBJECT = 120


@transaction.atomic
def ask_for_duties(*, at: datetime) -> int:
    """Ask every station for the duties whose month ends, or is over, and of which nothing shows that they were done. Returns how many stations.

    Those above see them in the matrix of duties; on their own desk lies what their own station owes.

    Effects: one to-do a station, due with the first of the months; those of stations that owe nothing are settled.
    Policy: the duties of each level, `duties.remind_days`.
    """
    on = local_date(at)
    stations = list(Station.objects.living(on).select_related("region", "body").order_by("pk"))
    owed = open_duties(stations, on)
    asked = [
        Asked(
            subject_of(station),
            station.region,
            end_of_day(min(slot.due_on for slot in owed[station.pk])),
            station.body,
            Permission.RECORD_DUTY if station.level == StationLevel.COUNTY else Permission.ANSWER_FOR_DUTIES,
        )
        for station in stations
        if owed[station.pk]
    ]
    return ask_for(step="record_duty", kind="station", permission=Permission.RECORD_DUTY, asked=asked, at=at)


@transaction.atomic
def ask_for_remedies(*, at: datetime) -> int:
    """Ask the inspected stations that are short of something which nobody mends to plan for it. Returns how many stations.

    People come and go by their postings, without a look at the station: what nobody is short of any more is no longer asked for.

    Effects: one to-do a station; those of stations that are short of nothing, or mend it, are settled.
    Policy: the standard of each level, `remedy.planning_period`.
    """
    on = local_date(at)
    stations = list(Station.objects.living(on).filter(checks__kind=CheckKind.INSPECTION).distinct().select_related("region").order_by("pk"))
    short = unplanned(stations, on)
    policies = policies_for([station.region for station in stations], on)
    asked = [
        Asked(subject_of(station), station.region, policies[station.region_id].deadline(PLANNING_PERIOD, on))
        for station in stations
        if short[station.pk]
    ]
    return ask_for(step="plan_remedy", kind="station", permission=Permission.PLAN_REMEDY, asked=asked, at=at)


@transaction.atomic
def ask_about_offices(*, at: datetime) -> int:
    """Ask what becomes of the free offices whose agreement ends soon, or has ended, while the organisation is still there. Returns how many.

    Effects: a to-do an office with the last day of the agreement; those of offices that were vacated are settled.
    Policy: `rooms.remind_days`.
    """
    on = local_date(at)
    uses = OfficeUse.objects.filter(until__isnull=True, agreed_until__isnull=False).select_related("office__station__region")
    running = list(uses.order_by("pk"))
    policies = policies_for([use.office.station.region for use in running], on)
    asked = []
    for use in running:
        office, station = use.office, use.office.station
        days = policies[station.region_id].value(REMIND_DAYS)
        assert use.agreed_until is not None  # noqa: S101 -- asked for above
        if use.agreed_until <= on + timedelta(days=int(days.value) if days else 0):
            subject = ("office", office.number, f"{station.name}：{office.name}"[:SUBJECT])
            asked.append(Asked(subject, station.region, due_at=end_of_day(use.agreed_until)))
    return ask_for(step="vacate_office", kind="office", permission=Permission.VACATE_OFFICE, asked=asked, at=at)
