from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from wushe.accounts.queries import Scope, scope_of
from wushe.kernel.clock import local_date
from wushe.kernel.encryption import blind_index
from wushe.kernel.errors import NotFound
from wushe.kernel.receipts import clean_code
from wushe.kernel.workdays import end_of_day
from wushe.organisations.models import Filing, Organisation, PaperKind
from wushe.organisations.models.filing import RECEIPT
from wushe.organisations.permissions import Permission
from wushe.organisations.rules import Finding, Standing, findings
from wushe.organisations.states import OPEN, FilingState, Step
from wushe.policies.queries import Policy, Stage
from wushe.regions.models import Region

# a second list of conditions to register, for those that work in these fields alone
EASY, EASY_FIELDS = "registration_easy", "easy_fields"
PREFIX = "filing-"
FIRST_REVIEW, ACCEPTANCE = "first_review", "county_acceptance"
STAGES = {
    FilingState.SUBMITTED: FIRST_REVIEW,
    FilingState.REVIEWED: "town_decision",
    FilingState.UNDECIDED: "town_decision",
}
# the steps with which somebody with an account types what an application says
TYPED = ("apply_for_filing", Step.CORRECT_APPLICATION, Step.HAND_IN_AGAIN)


@dataclass(frozen=True, slots=True)
class FilingFilter:
    """What a list of filings is narrowed to; empty means everything. `open`: not decided yet."""

    text: str = ""
    region: Region | None = None
    state: str = ""
    open: bool = False
    overdue: bool = False


def filings_in(scope: Scope, chosen: FilingFilter, at: datetime) -> QuerySet[Filing]:
    """The applications and filings of a scope that pass the filter."""
    rows = Filing.objects.filter(scope.within()).select_related("region", "region__town").defer("charter", "scope")
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    if chosen.open:
        rows = rows.filter(state__in=sorted(OPEN))
    if chosen.overdue:
        rows = rows.filter(state__in=sorted(OPEN), due_at__lt=at)
    if chosen.region is not None:
        rows = rows.filter(Scope(regions=(chosen.region,)).within())
    text = chosen.text.strip()
    if text.startswith(PREFIX):
        return rows.filter(number__startswith=text)
    return rows.filter(Q(name__icontains=text) | Q(certificate=text)) if text else rows


def filing_by_number(number: str, *, user: Any, at: datetime) -> Filing:
    """One filing that this person may see. Raises NotFound."""
    scope = scope_of(user, Permission.VIEW_FILING, local_date(at))
    rows = Filing.objects.select_related("region", "region__town", "region__county", "organisation", "recorded_by")
    filing = rows.filter(scope.where("region"), number=number).first()
    if filing is None:
        raise NotFound(kind="filing", number=number)
    return filing


def filing_by_certificate(certificate: str) -> Filing | None:
    """The filing under a number of a certificate, once it is granted; with its organisation as it is now."""
    rows = Filing.objects.select_related("region", "region__town", "organisation")
    return rows.filter(certificate=certificate.strip(), state=FilingState.GRANTED).exclude(certificate="").first()


def filing_by_receipt(code: str) -> Filing | None:
    """The application of a receipt code as people type it; the phone's last digits are checked by the action that reads them."""
    rows = Filing.objects.select_related("region", "region__town", "region__county")
    return rows.filter(receipt=blind_index(clean_code(code), context=RECEIPT)).first()


def locked_filing(filing_id: int) -> Filing:
    """The filing, locked for the transaction. Raises NotFound."""
    rows = Filing.objects.select_for_update(of=("self",), no_key=True)
    filing = rows.select_related("region", "region__town", "region__county", "organisation").filter(pk=filing_id).first()
    if filing is None:
        raise NotFound(kind="filing", number=str(filing_id))
    return filing


def locked_filings(filing_ids: Iterable[int]) -> list[Filing]:
    """The filings, locked for the transaction, always in one order so that two callers never wait for each other."""
    rows = Filing.objects.select_for_update(of=("self",), no_key=True).select_related("region", "region__town", "region__county")
    return list(rows.filter(pk__in=list(filing_ids)).order_by("pk"))


def subject_of(filing: Filing) -> tuple[str, str, str]:
    """(kind, number, name) for the inbox."""
    return ("filing", filing.number, filing.name)


def groups_like(filing: Filing, on: date) -> QuerySet[Organisation]:
    """The organisations of the community whose record the application may belong to: living, no legal persons, without an open application."""
    rows = Organisation.objects.living(on).societies().with_state(on).filter(region_id=filing.region_id, registered_on__isnull=True)
    return rows.exclude(filings__state__in=sorted(OPEN)).order_by("name")


def due_in(policy: Policy, state: FilingState, at: datetime) -> datetime | None:
    """When the step that a state waits for has to be taken; None where it waits for the founder or for the next batch."""
    stage = stage_of(policy, state)
    return deadline(policy, stage, at) if stage is not None else None


def stage_of(policy: Policy, state: FilingState) -> Stage | None:
    """The step of the policy's procedure that a state waits for; None also where the policy has given the step up since."""
    return _stage(policy, STAGES.get(state, ""))


def first_state(policy: Policy) -> FilingState:
    """Where an application begins: with the community's review, or with the decision where the policy has no review."""
    return FilingState.SUBMITTED if _stage(policy, FIRST_REVIEW) is not None else FilingState.UNDECIDED


def acceptance(policy: Policy) -> Stage | None:
    """The step with which the county receives what towns report; None where the policy knows no reports."""
    return _stage(policy, ACCEPTANCE)


def made_by(filing: Filing, user: Any) -> bool:
    """Whether somebody has a hand in what is to be decided: who reviewed it or, where nobody did, who typed it or its corrections."""
    if filing.reviewed_by_id is not None:
        return bool(filing.reviewed_by_id == user.pk)
    return filing.acts.filter(by=user, step__in=TYPED).exists()


def deadline(policy: Policy, stage: Stage, at: datetime) -> datetime:
    """The end of a stage's clock that starts now, in working days or in days, as the policy says."""
    days, on = int(stage.clock.value), local_date(at)
    return end_of_day(policy.calendar().add(on, days) if stage.clock.unit == "working_days" else on + timedelta(days=days))


def counting_stage(policy: Policy) -> Stage | None:
    """The step of the procedure with which a filing begins to hold: statistics count it from that day."""
    return next((stage for stage in policy.procedure("filing") if stage.final), None)


def county_decides(policy: Policy) -> bool:
    """Whether a filing holds only when the county has accepted it."""
    return any(stage.final and stage.code == ACCEPTANCE for stage in policy.procedure("filing"))


def _stage(policy: Policy, code: str) -> Stage | None:
    return next((stage for stage in policy.procedure("filing") if stage.code == code), None)


def filing_findings(policy: Policy, filing: Filing) -> tuple[Finding, ...]:
    """The conditions of the policy against what the application says and what came with it."""
    roster = filing.roster.all()
    papers = {paper.kind for paper in filing.papers.all()}
    standing = Standing(
        members=filing.members,
        sponsors=sum(one.is_sponsor for one in roster),
        head=any(one.is_head for one in roster),
        charter=bool(filing.charter.strip()) or PaperKind.CHARTER in papers,
        premises=filing.premises,
        funds=filing.funds,
        staff=filing.staff,
        accountant=filing.accountant_certificate,
        charter_file=PaperKind.CHARTER in papers,
        roster_file=PaperKind.ROSTER in papers,
    )
    return findings(policy.conditions("filing"), standing)


def registration_findings(policy: Policy, organisation: Organisation, on: date) -> tuple[Finding, ...]:
    """Whether an organisation meets the conditions to register on the day: each condition with what the register says of it."""
    section = EASY if is_easy(policy, organisation.service_fields) else "registration"
    return findings(policy.conditions(section), register_standing(organisation, on))


def easy_fields(policy: Policy) -> frozenset[str]:
    """The fields of activity for which the policy has a lighter list of conditions to register; empty without such a list."""
    if EASY not in policy.names("conditions") or EASY_FIELDS not in policy.code_lists():
        return frozenset()
    return frozenset(code.code for code in policy.codes(EASY_FIELDS) if not code.retired)


def is_easy(policy: Policy, fields: Sequence[str]) -> bool:
    """Whether an organisation works in such fields alone; one without a field does not."""
    return bool(fields) and frozenset(fields) <= easy_fields(policy)


def register_standing(organisation: Organisation, on: date) -> Standing:
    """What the register knows of an organisation; an empty text there says nothing. An accountant whose qualification has ended is none."""
    until, certificate = organisation.accountant_until, organisation.accountant_certificate or None
    return Standing(
        members=organisation.members,
        head=organisation.has_head,
        charter=organisation.has_charter,
        premises=organisation.premises or None,
        funds=organisation.funds,
        staff=organisation.staff,
        accountant=certificate if until is None or on <= until else "",
    )
