"""A station ends, and nothing of it runs on."""

from datetime import date, datetime, timedelta

from django.db import transaction

from wushe.accounts.models import Post, User
from wushe.audit.actions import record
from wushe.inbox.actions import settle
from wushe.kernel.bus import publish
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.workdays import end_of_day
from wushe.stations.actions.life import lock_open_station
from wushe.stations.errors import ClosingOutOfOrder, StationBusy, StationStaffed
from wushe.stations.events import StationClosing
from wushe.stations.models import Booking, Office, OfficeUse, Station
from wushe.stations.permissions import Permission
from wushe.stations.queries import subject_of

STEPS_OF_A_STATION = ("plan_remedy", "record_duty")


@transaction.atomic
def close_station(*, station: Station, closed_on: date, reason: str, by: User, at: datetime) -> Station:
    """Close a station; `closed_on` is the first day without it.

    Refuses: NotPermitted, StationClosed, FieldRequired, ClosingOutOfOrder, StationStaffed, StationBusy, and what hears of it:
    StationHasPosts.
    Effects: the Station's last day and the reason; the bookings to come are cancelled and the free offices withdrawn with the same reason;
    its to-dos are settled; an audit entry that names them; StationClosing.
    """
    station = lock_open_station(Permission.CLOSE_STATION, station, by, at)
    reason = reason.strip()
    if not reason:
        raise FieldRequired(name="reason")
    if not station.opened_on < closed_on <= local_date(at):
        raise ClosingOutOfOrder(opened_on=station.opened_on, closed_on=closed_on)
    posts = Post.objects.overlapping(closed_on, None).filter(body=station.body_id).count()
    if posts:
        raise StationStaffed(posts=posts)
    _refuse_what_runs(station)
    publish(StationClosing(station_id=station.pk, body_id=station.body_id, closed_on=closed_on.isoformat()))
    station.closed_on = closed_on
    station.closing_reason = reason
    station.save(update_fields=["closed_on", "closing_reason"])
    data = {"closed_on": closed_on.isoformat(), "cancelled": _cancel(station, reason, at), "withdrawn": _withdraw(station, reason, at)}
    for step in STEPS_OF_A_STATION:
        settle(step=step, subject=subject_of(station)[:2], at=at)
    record(by=by, at=at, verb=Permission.CLOSE_STATION, subject=("station", station.number), name=station.name, data=data)
    return station


def _refuse_what_runs(station: Station) -> None:
    """What somebody was promised or works at is ended by who answers for it, not by the way."""
    remedies = tuple(station.remedies.filter(ended_at__isnull=True).order_by("number").values_list("number", flat=True))
    promised = station.commitments.filter(delivered_on__isnull=True, withdrawn_on__isnull=True)
    commitments = tuple(promised.order_by("number").values_list("number", flat=True))
    uses = OfficeUse.objects.filter(office__station=station, until__isnull=True).order_by("office__name")
    offices = tuple(uses.values_list("office__name", flat=True))
    if remedies or commitments or offices:
        raise StationBusy(remedies=remedies, commitments=commitments, offices=offices)


def _cancel(station: Station, reason: str, at: datetime) -> list[str]:
    """The bookings from the closing day on that did not take place."""
    assert station.closed_on is not None  # noqa: S101 -- the caller has just set it
    first = end_of_day(station.closed_on - timedelta(days=1))
    coming = Booking.objects.standing().filter(room__station=station, noted_at__isnull=True, starts_at__gte=first)
    numbers = list(coming.order_by("number").values_list("number", flat=True))
    coming.update(cancelled_at=at, reason=reason)
    return numbers


def _withdraw(station: Station, reason: str, at: datetime) -> list[str]:
    """The offices that are offered and free."""
    offered = Office.objects.filter(station=station, withdrawn_on__isnull=True)
    numbers = list(offered.order_by("number").values_list("number", flat=True))
    offered.update(withdrawn_on=local_date(at), reason=reason)
    return numbers
