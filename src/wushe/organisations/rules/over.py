"""What is over takes no more steps. Asked by the actions with the locked row, and by the page of a step before anybody types."""

from datetime import date

from wushe.kernel.errors import StepNotAllowed
from wushe.organisations.errors import (
    BaseClosed,
    CandidateJudged,
    IncubationOver,
    MembershipEnded,
    NotAFederation,
    SanctionLifted,
    SeatVacated,
)
from wushe.organisations.models import (
    BoardSeat,
    Candidature,
    CustodyAccount,
    CustodyEntry,
    Incubation,
    IncubationBase,
    Kind,
    Membership,
    Organisation,
    Sanction,
)
from wushe.organisations.rules.life import state_of
from wushe.organisations.states import STANDING, State


def refuse_struck_off(step: str, organisation: Organisation) -> None:
    """Raises StepNotAllowed."""
    if organisation.deregistered_on is not None:
        raise StepNotAllowed(step=step, state=State.DEREGISTERED)


def refuse_unfiled(step: str, organisation: Organisation, on: date) -> None:
    """Neither filed nor registered on the day. Raises StepNotAllowed."""
    state = state_of(organisation, on)
    if state not in STANDING:
        raise StepNotAllowed(step=step, state=state)


def refuse_no_federation(organisation: Organisation, on: date) -> None:
    """No federation, or none any more. Raises NotAFederation."""
    if organisation.kind != Kind.FEDERATION or state_of(organisation, on) == State.DEREGISTERED:
        raise NotAFederation(organisation=organisation.name)


def refuse_past_member(membership: Membership) -> None:
    """Raises MembershipEnded."""
    if membership.left_on is not None:
        raise MembershipEnded(left_on=membership.left_on)


def refuse_vacated(seat: BoardSeat) -> None:
    """Raises SeatVacated."""
    if seat.vacated_on is not None:
        raise SeatVacated(vacated_on=seat.vacated_on)


def refuse_lifted(sanction: Sanction) -> None:
    """Raises SanctionLifted."""
    if sanction.lifted_on is not None:
        raise SanctionLifted(lifted_on=sanction.lifted_on)


def refuse_closed_base(base: IncubationBase) -> None:
    """Raises BaseClosed."""
    if base.closed_on is not None:
        raise BaseClosed(closed_on=base.closed_on)


def refuse_past_stay(stay: Incubation) -> None:
    """Raises IncubationOver."""
    if stay.left_on is not None:
        raise IncubationOver(left_on=stay.left_on)


def refuse_judged_candidate(candidature: Candidature) -> None:
    """Raises CandidateJudged."""
    if candidature.judged_on is not None:
        raise CandidateJudged(judged_on=candidature.judged_on)


def refuse_closed_account(step: str, account: CustodyAccount) -> None:
    """Raises StepNotAllowed."""
    if account.closed_on is not None:
        raise StepNotAllowed(step=step, state="closed")


def refuse_judged_entry(step: str, entry: CustodyEntry) -> None:
    """Raises StepNotAllowed."""
    if entry.judged_at is not None:
        raise StepNotAllowed(step=step, state="judged")
