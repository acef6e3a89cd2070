"""What a station keeps, who answers for it, and whose money bought it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, NotFound
from wushe.policies.queries import policy_for
from wushe.stations.actions.life import lock_open_station
from wushe.stations.errors import AssetGone, AssetOutOfTime
from wushe.stations.models import Asset, Station
from wushe.stations.permissions import Permission


@dataclass(frozen=True, slots=True)
class AssetDraft:
    """Things of one sort: codes of `equipment_kinds` and `funding_sources`, a name, how many, who answers for them, what all of them cost."""

    kind: str
    name: str
    quantity: int
    custodian: str
    source: str
    received_on: date
    cost: Decimal | None = None


@transaction.atomic
def enter_asset(*, station: Station, draft: AssetDraft, by: User, at: datetime) -> Asset:
    """Put things on a station's list.

    Refuses: NotPermitted, StationClosed, UnknownCode, FieldRequired, AssetOutOfTime.
    Effects: an Asset; audit.
    Policy: the code lists `equipment_kinds` and `funding_sources`.
    """
    station = lock_open_station(Permission.ENTER_ASSET, station, by, at)
    on = local_date(at)
    policy = policy_for(station.region, on)
    kind, source = policy.code("equipment_kinds", draft.kind).code, policy.code("funding_sources", draft.source).code
    for name in ("name", "custodian", "quantity"):
        if not str(getattr(draft, name) or "").strip():
            raise FieldRequired(name=name)
    if draft.received_on > on:
        raise AssetOutOfTime(on=draft.received_on)
    asset = Asset.objects.create(
        number=numbers.draw("asset", place=station.region.county_code, on=on),
        station=station,
        kind=kind,
        name=draft.name.strip(),
        quantity=draft.quantity,
        custodian=draft.custodian.strip(),
        source=source,
        cost=draft.cost,
        received_on=draft.received_on,
    )
    _record(Permission.ENTER_ASSET, asset, by, at, quantity=asset.quantity)
    return asset


@transaction.atomic
def hand_over_asset(*, number: str, custodian: str, by: User, at: datetime) -> Asset:
    """Let somebody else answer for things; the audit keeps who it was.

    Refuses: NotPermitted, StationClosed, NotFound, AssetGone, FieldRequired.
    Effects: the Asset's custodian; audit.
    """
    asset = _lock(Permission.HAND_OVER_ASSET, number, by, at)
    if not custodian.strip():
        raise FieldRequired(name="custodian")
    asset.custodian = custodian.strip()
    asset.save(update_fields=["custodian"])
    _record(Permission.HAND_OVER_ASSET, asset, by, at)
    return asset


@transaction.atomic
def write_off_asset(*, number: str, on: date, reason: str, by: User, at: datetime) -> Asset:
    """Take things off the list; `on` is the first day without them.

    Refuses: NotPermitted, StationClosed, NotFound, AssetGone, FieldRequired, AssetOutOfTime.
    Effects: the Asset's last day and the reason; audit.
    """
    asset = _lock(Permission.WRITE_OFF_ASSET, number, by, at)
    if not reason.strip():
        raise FieldRequired(name="reason")
    if not asset.received_on < on <= local_date(at):
        raise AssetOutOfTime(on=on)
    asset.gone_on, asset.reason = on, reason.strip()
    asset.save(update_fields=["gone_on", "reason"])
    _record(Permission.WRITE_OFF_ASSET, asset, by, at)
    return asset


def _lock(step: Permission, number: str, by: User, at: datetime) -> Asset:
    asset = Asset.objects.select_related("station__region").filter(number=number).first()
    if asset is None:
        raise NotFound(kind="asset", number=number)
    require(by, step, local_date(at), region=asset.station.region, body_id=asset.station.body_id)
    asset.station = lock_open_station(step, asset.station, by, at)
    asset.refresh_from_db(fields=["gone_on"])
    if asset.gone_on is not None:
        raise AssetGone(number=number)
    return asset


def _record(verb: Permission, asset: Asset, by: User, at: datetime, **more: object) -> None:
    station = asset.station
    data = {"asset": asset.number, "kind": asset.kind, **more}
    record(by=by, at=at, verb=verb, subject=("station", station.number), name=station.name, data=data)
