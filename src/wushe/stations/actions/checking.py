"""A station says how it stands against its standard, and the level above looks for itself."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, settle
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.policies.queries import Policy, StandardItem, policy_for
from wushe.stations.actions.evidence import Evidence, keep_evidence
from wushe.stations.actions.life import lock_open_station
from wushe.stations.errors import CheckOutOfTime, ItemsNotChecked, NoStandard, NothingShown
from wushe.stations.models import Check, CheckKind, Finding, Station
from wushe.stations.permissions import Permission
from wushe.stations.queries import AREA, standard_of, subject_of, unplanned


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """What was found for an item: a value where the standard has a number, else whether it is there; a floor space without a number has both. Words or a file show it."""

    item: str
    value: Decimal | None = None
    met: bool = False
    evidence: str = ""
    file: Evidence | None = None


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """One look at a station."""

    checked_on: date
    findings: tuple[FindingDraft, ...]
    remark: str = ""


@transaction.atomic
def check_station(*, station: Station, draft: CheckDraft, by: User, at: datetime) -> Check:
    """A station checks itself.

    Refuses: NotPermitted, StationClosed, NoStandard, CheckOutOfTime, ItemsNotChecked, FieldRequired, NothingShown, and
    what `store_file` refuses of a file.
    Effects: a Check with its Findings; the station's floor space, as long as nobody has inspected it; audit.
    Policy: the standard of the station's level.
    """
    station = lock_open_station(Permission.CHECK_STATION, station, by, at)
    check = _look(station, draft, CheckKind.SELF, by=by, at=at)
    if not station.checks.filter(kind=CheckKind.INSPECTION).exists():
        _take_over_area(station, check)
    return check


@transaction.atomic
def inspect_station(*, station: Station, draft: CheckDraft, by: User, at: datetime) -> Check:
    """Somebody from the level above looks at a station.

    Refuses: NotPermitted (also for who acts at the station's own level), and what `check_station` refuses.
    Effects: as `check_station`; the floor space found is that of the register; a to-do for the shortfalls that nobody mends yet.
    Policy: as `check_station`, and `remedy.planning_period`.
    """
    above = station.region.parent
    require(by, Permission.INSPECT_STATION, local_date(at), region=above)
    station = lock_open_station(Permission.INSPECT_STATION, station, by, at)
    check = _look(station, draft, CheckKind.INSPECTION, by=by, at=at)
    _take_over_area(station, check)
    on = local_date(at)
    if unplanned([station], on)[station.pk]:
        due = policy_for(station.region, on).deadline("remedy.planning_period", on)
        ask(step="plan_remedy", subject=subject_of(station), permission=Permission.PLAN_REMEDY, region=station.region, at=at, due_at=due)
    else:
        settle(step="plan_remedy", subject=subject_of(station)[:2], at=at)
    return check


def _look(station: Station, draft: CheckDraft, kind: CheckKind, *, by: User, at: datetime) -> Check:
    on = local_date(at)
    policy = policy_for(station.region, on)
    items = _items(station, policy)
    last = station.checks.filter(kind=kind).order_by("-checked_on").values_list("checked_on", flat=True).first()
    earliest = max(station.opened_on, last or station.opened_on)
    if not earliest <= draft.checked_on <= on:
        raise CheckOutOfTime(earliest=earliest, checked_on=draft.checked_on)
    given = {finding.item: finding for finding in draft.findings}
    missing = tuple(item.code for item in items if item.code not in given)
    if missing:
        raise ItemsNotChecked(missing=missing)
    findings = [_finding(item, given[item.code]) for item in items]
    check = Check.objects.create(
        number=numbers.draw("check", place=station.region.county_code, on=on),
        station=station,
        kind=kind,
        checked_on=draft.checked_on,
        remark=draft.remark.strip(),
        pack_version=policy.pack_version,
        checked_by=by,
        at=at,
    )
    for finding in findings:
        finding.look, finding.file = check, keep_evidence(given[finding.item].file, by=by, at=at)
    Finding.objects.bulk_create(findings)
    met = sum(finding.met for finding in findings)
    verb = Permission.CHECK_STATION if kind == CheckKind.SELF else Permission.INSPECT_STATION
    data = {"check": check.number, "met": met, "of": len(findings)}
    record(by=by, at=at, verb=verb, subject=("station", station.number), name=station.name, data=data)
    return check


def _items(station: Station, policy: Policy) -> tuple[StandardItem, ...]:
    items = tuple(item for item in standard_of(station, policy) if not item.is_booked)
    if not items:
        raise NoStandard(region=station.region.name)
    return items


def _finding(item: StandardItem, given: FindingDraft) -> Finding:
    if given.value is None and (item.at_least is not None or item.is_open_area):
        raise FieldRequired(name=f"value_{item.code}")
    if item.at_least is None or given.value is None:
        finding = Finding(item=item.code, value=given.value, met=given.met)
    else:
        finding = Finding(item=item.code, value=given.value, at_least=item.at_least, met=given.value >= item.at_least)
    finding.evidence = given.evidence.strip()
    # a floor space goes to the register and into sums whether it is enough or not
    is_number_kept = item.code == AREA and bool(finding.value)
    if (finding.met or is_number_kept) and not finding.evidence and given.file is None:
        raise NothingShown(item=item.code)
    return finding


def _take_over_area(station: Station, check: Check) -> None:
    found = check.findings.filter(item=AREA, value__gt=0).values_list("value", flat=True).first()
    if found is not None and found != station.area_m2:
        station.area_m2 = found
        station.save(update_fields=["area_m2"])
