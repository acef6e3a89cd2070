"""Which places go first, by which document, from when until when."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, NotFound
from wushe.regions.actions.marking import lock_region
from wushe.regions.errors import ChangeInFuture, ChangeTooEarly, PilotEnded, PilotNamed
from wushe.regions.models import Pilot


@transaction.atomic
def name_pilot(*, region_id: int, name: str, document: str, since: date, mark: str = "", by: Actor, at: datetime) -> Pilot:
    """Enter that a document makes a place a pilot, or one of those that targets mean by a mark of the pack.

    Refuses: UnknownPlace, FieldRequired, ChangeInFuture, PilotNamed.
    Effects: a Pilot; an audit entry.
    """
    region = lock_region(region_id)
    for field, text in (("name", name), ("document", document)):
        if not text.strip():
            raise FieldRequired(name=field)
    if since > local_date(at):
        raise ChangeInFuture(on=since)
    number = numbers.draw("pilot", place=region.county_code, on=local_date(at))
    pilot = Pilot(number=number, region=region, name=name.strip(), document=document.strip(), since=since, mark=mark)
    try:
        with transaction.atomic():
            pilot.save(force_insert=True)
    except IntegrityError as error:
        if "regions_pilot_named_once_at_a_time" in str(error):
            raise PilotNamed(name=pilot.name) from error
        raise
    marked = {"mark": mark} if mark else {}
    _record(pilot, by, at, verb="regions.pilot_named", since=since.isoformat(), document=pilot.document, **marked)
    return pilot


@transaction.atomic
def end_pilot(*, number: str, until: date, reason: str, by: Actor, at: datetime) -> Pilot:
    """Let a pilot end; `until` is the first day without it. Its first day says that it was entered by mistake.

    Refuses: NotFound, PilotEnded, FieldRequired, ChangeInFuture, ChangeTooEarly.
    Effects: the Pilot's last day and the reason; an audit entry.
    """
    pilot = Pilot.objects.select_for_update(of=("self",), no_key=True).select_related("region").filter(number=number).first()
    if pilot is None:
        raise NotFound(kind="pilot", number=number)
    if pilot.until is not None:
        raise PilotEnded(number=number)
    if not reason.strip():
        raise FieldRequired(name="reason")
    if until > local_date(at):
        raise ChangeInFuture(on=until)
    if until < pilot.since:
        raise ChangeTooEarly(on=until, latest=pilot.since)
    pilot.until, pilot.ending = until, reason.strip()
    pilot.save(update_fields=["until", "ending"])
    _record(pilot, by, at, verb="regions.pilot_ended", until=until.isoformat(), reason=pilot.ending)
    return pilot


def _record(pilot: Pilot, by: Actor, at: datetime, *, verb: str, **data: str) -> None:
    region = pilot.region
    subject = ("region", region.code)
    record(by=by, at=at, verb=verb, subject=subject, name=region.full_name, data={"pilot": pilot.number, "name": pilot.name, **data})
