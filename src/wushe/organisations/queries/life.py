from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from wushe.files.models import File
from wushe.organisations.models import Kind, LifeEvent, LifeKind, Organisation
from wushe.organisations.states import State
from wushe.policies.errors import NoPolicy
from wushe.policies.queries import Policy, policy_for


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of a life line. `kind` is "founded", "lapsed" or a LifeKind."""

    kind: str
    on: date
    document: str = ""
    note: str = ""
    file: File | None = None


def life_line(organisation: Organisation, on: date) -> tuple[Moment, ...]:
    """What has happened to an organisation by the day, oldest first: its days, with the papers where there are any."""
    rows = LifeEvent.objects.filter(organisation=organisation, on__lte=on).select_related("file").order_by("on", "id")
    moments = [Moment(row.kind, row.on, row.document, row.note, row.file) for row in rows]
    told = {(moment.kind, moment.on) for moment in moments}
    days = {
        "founded": organisation.founded_on,
        LifeKind.PREPARING.value: organisation.preparing_on,
        LifeKind.FILED.value: organisation.filed_on,
        LifeKind.REGISTERED.value: organisation.registered_on,
        LifeKind.DEREGISTERED.value: organisation.deregistered_on,
    }
    moments += [Moment(kind, day) for kind, day in days.items() if day is not None and day <= on and (kind, day) not in told]
    grown = organisation.filed_on or organisation.registered_on
    if organisation.grown_from and grown is not None and grown <= on and not any(kind == LifeKind.GROWN for kind, _ in told):
        moments.append(Moment(LifeKind.GROWN.value, grown, note=organisation.grown_from))
    ended = organisation.filed_until
    if ended is not None and ended <= on and not _settled(organisation, ended):
        moments.append(Moment(State.LAPSED.value, ended))
    order = ["founded", *LifeKind.values[:5], State.LAPSED.value, *LifeKind.values[5:]]
    return tuple(sorted(moments, key=lambda moment: (moment.on, order.index(moment.kind))))


def growing_kinds(policy: Policy) -> tuple[str, ...]:
    """The kinds of teams that the policy counts among the community organisations: filed, they are such."""
    codes = policy.codes("organisation_kinds") if "organisation_kinds" in policy.code_lists() else ()
    return tuple(code.code for code in codes if code.extra.get("community") and code.code not in Kind.values)


def grows(organisation: Organisation, on: date) -> bool:
    """Whether an organisation is such a team. The kinds that rules name stay what they are."""
    if organisation.kind in Kind.values:
        return False
    with suppress(NoPolicy):
        return organisation.kind in growing_kinds(policy_for(organisation.region, on))
    return False


def _settled(organisation: Organisation, ended: date) -> bool:
    """A legal person, and an organisation that is over, has no filing that could lapse."""
    return any(day is not None and day <= ended for day in (organisation.registered_on, organisation.deregistered_on))
