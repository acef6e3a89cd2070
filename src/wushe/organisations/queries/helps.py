"""Who is helped to register, since when, and by when the authority answers."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from wushe.accounts.queries import Scope
from wushe.kernel.errors import NotFound
from wushe.organisations.models import Organisation, RegistrationHelp
from wushe.organisations.states import HELPING, HelpState
from wushe.policies.queries import ChecklistItem, Policy

OPEN_HELP = "open"


@dataclass(frozen=True, slots=True)
class HelpFilter:
    """What the list is narrowed to; empty means everything. `state`: one of the states, or "open"."""

    text: str = ""
    state: str = ""


def helps_in(scope: Scope, chosen: HelpFilter) -> QuerySet[RegistrationHelp]:
    """The helps of a scope that pass the filter, with organisation and region."""
    rows = RegistrationHelp.objects.filter(scope.where("organisation__region")).select_related("organisation__region__town")
    if chosen.state == OPEN_HELP:
        rows = rows.filter(state__in=sorted(HELPING))
    elif chosen.state in HelpState.values:
        rows = rows.filter(state=chosen.state)
    text = chosen.text.strip()
    return rows.filter(organisation__name__icontains=text) if text else rows


def help_by_number(number: str, scope: Scope) -> RegistrationHelp:
    """One help of the scope. Raises NotFound."""
    rows = RegistrationHelp.objects.select_related("organisation__region", "opened_by")
    found = rows.filter(scope.where("organisation__region"), number=number).first()
    if found is None:
        raise NotFound(kind="help", number=number)
    return found


def help_of(organisation: Organisation) -> RegistrationHelp | None:
    """The help that an organisation has, or had last."""
    return organisation.registration_helps.order_by("-opened_on", "-pk").first()


def registration_papers(policy: Policy) -> tuple[ChecklistItem, ...]:
    """The papers that the registration authority asks for; none where no policy names any."""
    return policy.checklist("registration_papers") if "registration_papers" in policy.names("checklists") else ()


def decided_by(policy: Policy, handed_in_on: date) -> date:
    """The last day on which the authority decides."""
    period = policy.require("registration.period")
    days = int(period.value)
    return policy.calendar().add(handed_in_on, days) if period.unit == "working_days" else handed_in_on + timedelta(days=days)
