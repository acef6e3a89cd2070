"""Chapter three: agreement, money committed, tranches paid."""

from datetime import timedelta
from decimal import Decimal

from wushe.demo.story import DELIVERY_DAYS, Story
from wushe.kernel.clock import local_date
from wushe.ledger.actions import commit_to_project
from wushe.ledger.actions.funding import Commitment
from wushe.policies.queries import policy_for
from wushe.projects import actions as projects
from wushe.projects.models import Payment, TrancheState

SOURCES_A_YEAR = 3


def agree(story: Story, *, signed: bool = True) -> None:
    """After the objections window the agreement is drawn up and signed by both sides."""
    project = story.fresh()
    award_row = project.tenders.get(cancelled_at__isnull=True).awards.get(withdrawn_at__isnull=True)
    story.at = max(story.at, award_row.objections_until + timedelta(hours=10))
    starts = local_date(story.at + timedelta(days=3))
    plan = tuple(projects.TrancheDraft(rule.percent, rule.trigger) for rule in policy_for(project.region, local_date(story.at)).tranches())
    office = story.cast.office
    assert office is not None  # noqa: S101 -- the cast has an office
    content = projects.AgreementDraft(office, starts, starts + timedelta(days=DELIVERY_DAYS), plan)
    county = story.cast.users["xianzhan"]
    projects.draw_up_agreement(project_id=story.pk, draft=content, by=county, at=story.at)
    projects.sign_agreement(project_id=story.pk, side="agency", by=story.manager, at=story.later(0.5))
    if signed:
        projects.sign_agreement(project_id=story.pk, side="purchaser", by=county, at=story.later(0.5))
        fund(story)


def fund(story: Story) -> None:
    """Finance promises the money of the year's budget to the project, a part of it from the lottery fund."""
    project = story.fresh()
    on = local_date(story.at)
    sources = [source for opened_on, source in story.cast.sources if opened_on <= on][-SOURCES_A_YEAR:]
    lottery = (project.agreement.price * Decimal("0.2")).quantize(Decimal("0.01"))
    for source, amount in ((sources[0], project.agreement.price - lottery), (sources[1], lottery)):
        promise = Commitment(source=source.number, project=project.number, amount=amount, occurred_on=local_date(story.at))
        commit_to_project(draft=promise, by=story.cast.users["caiwu"], at=story.later(0.1))


def pay(story: Story) -> None:
    """The agency asks for every free tranche; county and finance do their part."""
    for tranche in story.fresh().agreement.tranches.filter(state=TrancheState.FREE).order_by("number"):
        asked: Payment = projects.request_payment(
            tranche_id=tranche.pk, invoice_no=f"FP{tranche.pk:08d}", by=story.manager, at=story.later(0.5)
        )
        projects.approve_payment(payment_id=asked.pk, by=story.cast.users["xianzhan"], at=story.later(0.5))
        projects.pay_tranche(payment_id=asked.pk, voucher_no=f"PZ{tranche.pk:08d}", by=story.cast.users["caiwu"], at=story.later(0.5))
