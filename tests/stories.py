"""Bring a project to any stage by the actions themselves, so that a test of the next step is short. Each stage tells those before it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from tests.cast import Cast, grant, moment
from wushe.accounts.models import User
from wushe.ledger.actions import Commitment, commit_to_project, open_source
from wushe.ledger.models import FundingSource
from wushe.needs.actions import NeedDraft, Receipt, report_need
from wushe.oversight import actions as oversight
from wushe.oversight.actions import EvaluationDraft, JudgedDraft, MarkDraft, SupervisionDraft
from wushe.oversight.models import Evaluation, Supervision
from wushe.projects import actions as projects
from wushe.projects.actions import (
    AgreementDraft,
    AwardDraft,
    BidDraft,
    BudgetDraft,
    DesignDraft,
    ExpenseDraft,
    IndicatorDraft,
    Mark,
    RefundDraft,
    ReviewDraft,
    ScoreDraft,
    TeamMember,
    TenderDraft,
    TrancheDraft,
)
from wushe.projects.models import Award, Bid, IndicatorKind, Objection, Payment, Project, Refund, Tender, Tranche, Trigger
from wushe.projects.queries import bids_of, given_criteria, living_award, living_tender
from wushe.services import actions as services
from wushe.services.actions import ActivityDraft, ContributionDraft, EntryDraft, PersonDraft
from wushe.services.models import Activity, ActivityKind, Society
from wushe.surveys.actions import AnswerDraft, answer_survey

REPORTED, DRAFTED, SUBMITTED, REVIEWED = moment(3, 2), moment(3, 4), moment(3, 5), moment(3, 9)
PUBLISHED, BID, CLOSES = moment(3, 10), moment(3, 20), moment(4, 10, 17)
SEATED, OPENED, DECLARED, SCORED, AWARDED = moment(4, 8), moment(4, 13), moment(4, 13, 10), moment(4, 14), moment(4, 15)
AGREED, SIGNED, FUNDED, PAID = moment(4, 27), moment(4, 28), moment(4, 29), moment(5, 6)
ENTERED, HELD, FINISHED, ACCEPTED = moment(5, 7), moment(6, 1), moment(11, 25), moment(12, 1)
OBJECTED = moment(4, 20)
STARTS_ON, ENDS_ON, LATER = date(2026, 5, 1), date(2026, 11, 30), date(2026, 12, 31)

FORM = UUID(int=1)  # the same form sent again is the same need, and shows the same receipt
PHONE, TAIL = "13800138000", "8000"
LINES = (BudgetDraft("activities", "活动材料", Decimal(30_000)), BudgetDraft("staff", "社工服务", Decimal(50_000)))
INDICATORS = (
    IndicatorDraft(IndicatorKind.ACTIVITIES, "开展活动", Decimal(2)),
    IndicatorDraft(IndicatorKind.PERSON_TIMES, "服务人次", Decimal(20)),
)
CHECKLIST = ("need_shown", "users_defined", "field_covered", "goals_measurable", "budget_itemised", "funding_named", "purchasable")
CHECKLIST += ("not_split", "place_ready")
PASSED = ReviewDraft(marks=tuple(Mark(item, met=True) for item in CHECKLIST), opinion="同意立项")
TRANCHES = (
    TrancheDraft(Decimal(40), Trigger.SIGNED),
    TrancheDraft(Decimal(40), Trigger.MIDTERM_PASS),
    TrancheDraft(Decimal(20), Trigger.FINAL_PASS),
)
CORRECT_BY = date(2026, 6, 20)
LOOKED_AT = {"progress": 20, "professional": 15, "methods": 15, "records": 15, "money": 15, "linkage": 10, "voices": 10}
JUDGED = {"fund_use": 10, "records": 10, "correction_overdue": 0, "professional_quality": 10, "lasting_effect": 5, "recognition": 0}
SCALES = ("overall", "respect", "helped", "timely")
PRICES = (Decimal(78_000), Decimal(79_000), Decimal(76_000))
SHARES = (Decimal("0.9"), Decimal("0.7"), Decimal("0.8"))


def need_draft(cast: Cast, **other: Any) -> NeedDraft:
    draft = NeedDraft(
        region=cast.county.communities[0],
        person="王秀英",
        phone=PHONE,
        group="elderly_alone",
        field="elderly_care",
        urgency="normal",
        source="online",
        wish="独居老人希望每天有人上门看望和送餐",
        consent=True,
        address="东风路12号",
        submission=FORM,
    )
    return replace(draft, **other)


def reported_need(cast: Cast, *, at: datetime = REPORTED, **other: Any) -> Receipt:
    return report_need(draft=need_draft(cast, **other), at=at)


def design(*need_ids: int, **other: Any) -> DesignDraft:
    draft = DesignDraft(
        title="独居老人助餐陪伴",
        summary="为独居老人上门送餐、定期探访，组织邻里互助活动",
        service_users="明德街道独居老人",
        goals="每位老人每周有人上门，急难当日发现",
        expected_persons=60,
        field="elderly_care",
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
        budget_lines=LINES,
        indicators=INDICATORS,
        need_ids=need_ids,
    )
    return replace(draft, **other)


def drafted(cast: Cast, *, at: datetime = DRAFTED, **other: Any) -> Project:
    need = reported_need(cast).need
    return projects.draft_project(region=cast.county.town, draft=design(need.pk, **other), by=cast.worker, at=at)


def submitted(cast: Cast) -> Project:
    return projects.submit_design(project_id=drafted(cast).pk, by=cast.head, at=SUBMITTED)


def approved(cast: Cast) -> Project:
    project = submitted(cast)
    projects.approve_design(project_id=project.pk, draft=PASSED, by=cast.reviewer, at=REVIEWED)
    return fresh(project)


def call(**other: Any) -> TenderDraft:
    return replace(TenderDraft(method="open_tender", closes_at=CLOSES, eligibility="依法登记的社会工作服务机构"), **other)


def tendering(cast: Cast) -> Project:
    project = approved(cast)
    projects.publish_tender(project_id=project.pk, draft=call(), by=cast.reviewer, at=PUBLISHED)
    return fresh(project)


def offer(price: Decimal = PRICES[0], **other: Any) -> BidDraft:
    return replace(BidDraft(price, "每周上门三次，每月一次集体活动", (TeamMember("赵敏", "项目主管", "2021-0001"),)), **other)


def bid(cast: Cast, project: Project, order: int = 0, *, at: datetime = BID, draft: BidDraft | None = None) -> Bid:
    draft = draft or offer(PRICES[order % len(PRICES)])
    return projects.submit_bid(project_id=project.pk, agency=cast.agencies[order], draft=draft, by=cast.managers[order], at=at)


def seat(cast: Cast, project: Project, experts: Sequence[User] = (), *, at: datetime = SEATED) -> None:
    projects.appoint_experts(project_id=project.pk, users=experts or cast.experts, by=cast.reviewer, at=at)


def declare(project: Project, expert: User, *, at: datetime = DECLARED, conflict: str = "") -> None:
    projects.declare_interests(project_id=project.pk, has_conflict=bool(conflict), conflict=conflict, by=expert, at=at)


def closed(cast: Cast, *, bids: int = 3) -> Project:
    """The bids, three experts seated; the tender waits for its opening."""
    project = tendering(cast)
    for order in range(bids):
        bid(cast, project, order)
    seat(cast, project)
    return project


def opened(cast: Cast, project: Project | None = None) -> Project:
    project = project or closed(cast)
    projects.open_bids(project_id=project.pk, by=cast.reviewer, at=OPENED)
    for expert in cast.experts:
        declare(project, expert)
    return fresh(project)


def sheet(project: Project, shares: Sequence[Decimal] = SHARES, *, bids: Iterable[Bid] | None = None) -> list[ScoreDraft]:
    """Points for every bid under every criterion: a share of the maximum."""
    tender = tender_of(project)
    return [
        ScoreDraft(one.pk, row["code"], (Decimal(row["max_points"]) * part).quantize(Decimal("0.1")))
        for one, part in zip(bids or bids_of(tender), shares, strict=False)
        for row in given_criteria(tender)
    ]


def keep(project: Project, expert: User, bids: Iterable[Bid]) -> None:
    projects.score_bids(project_id=project.pk, scores=sheet(project, bids=bids), lock=False, by=expert, at=SCORED)


def lock(project: Project, expert: User, *, bids: Iterable[Bid] | None = None, at: datetime = SCORED) -> None:
    projects.score_bids(project_id=project.pk, scores=sheet(project, bids=bids), lock=True, by=expert, at=at)


def scored(cast: Cast) -> Project:
    project = opened(cast)
    for expert in cast.experts:
        lock(project, expert)
    return project


def award_draft(project: Project, order: int = 0, **other: Any) -> AwardDraft:
    return replace(AwardDraft(bid_id=bids_of(tender_of(project))[order].pk, reasons="得分第一，报价合理"), **other)


def awarded(cast: Cast) -> Project:
    project = scored(cast)
    projects.award_tender(project_id=project.pk, draft=award_draft(project), by=cast.reviewer, at=AWARDED)
    return fresh(project)


def object_to(cast: Cast, project: Project, order: int = 1) -> Objection:
    agency, manager = cast.agencies[order], cast.managers[order]
    return projects.raise_objection(project_id=project.pk, agency=agency, text="评分有误", by=manager, at=OBJECTED)


def award_of(project: Project) -> Award:
    award = living_award(tender_of(project))
    assert award is not None
    return award


def terms(cast: Cast, **other: Any) -> AgreementDraft:
    return replace(AgreementDraft(cast.office, STARTS_ON, ENDS_ON, TRANCHES), **other)


def agreed(cast: Cast, **other: Any) -> Project:
    project = awarded(cast)
    projects.draw_up_agreement(project_id=project.pk, draft=terms(cast, **other), by=cast.reviewer, at=AGREED)
    return fresh(project)


def contracted(cast: Cast, **other: Any) -> Project:
    project = agreed(cast, **other)
    projects.sign_agreement(project_id=project.pk, side="purchaser", by=cast.reviewer, at=SIGNED)
    projects.sign_agreement(project_id=project.pk, side="agency", by=cast.managers[0], at=SIGNED)
    return fresh(project)


def funded(cast: Cast, amount: Decimal = PRICES[0], **other: Any) -> Project:
    project = contracted(cast, **other)
    commit(cast, project, amount)
    return project


def commit(cast: Cast, project: Project, amount: Decimal = PRICES[0]) -> None:
    draft = Commitment(source=cast.source.number, project=project.number, amount=amount, occurred_on=FUNDED.date())
    commit_to_project(draft=draft, by=cast.finance, at=FUNDED)


def second_source(cast: Cast) -> FundingSource:
    return open_source(draft=grant(cast.county, kind="donation", name="县慈善协会捐款"), by=cast.finance, at=FUNDED)


def tranche(project: Project, number: int = 1) -> Tranche:
    return Tranche.objects.get(agreement__project=project, number=number)


def paid_before_acceptance(project: Project) -> None:
    """An agreement of the time before the last tranche had to wait for acceptance."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS projects_last_tranche_waits IMMEDIATE")
        cursor.execute("SET CONSTRAINTS projects_last_tranche_waits DEFERRED")
    Tranche.objects.filter(agreement__project=project).update(trigger=Trigger.SIGNED)


def requested(cast: Cast, project: Project, number: int = 1, *, at: datetime = PAID) -> Payment:
    return projects.request_payment(tranche_id=tranche(project, number).pk, invoice_no=f"票-{number}", by=cast.managers[0], at=at)


def payable(cast: Cast, project: Project, number: int = 1, *, at: datetime = PAID) -> Payment:
    payment = requested(cast, project, number, at=at)
    return projects.approve_payment(payment_id=payment.pk, by=cast.reviewer, at=at)


def paid(cast: Cast, project: Project, number: int = 1, *, at: datetime = PAID) -> Payment:
    payment = payable(cast, project, number, at=at)
    return projects.pay_tranche(payment_id=payment.pk, voucher_no=f"付-{number}", by=cast.finance, at=at)


def ended(cast: Cast, *, at: datetime = HELD, **other: Any) -> Project:
    """Terminated after the first tranche of 31 200 yuan was paid."""
    project = funded(cast, **other)
    paid(cast, project)
    projects.terminate_project(project_id=project.pk, reason="机构注销", by=cast.reviewer, at=at)
    return fresh(project)


def refund_draft(cast: Cast, **other: Any) -> RefundDraft:
    draft = RefundDraft(cast.source.number, Decimal("1200.00"), HELD.date(), "回单-1", "活动未开展，经费结余")
    return replace(draft, **other)


def recorded_refund(cast: Cast, project: Project, *, at: datetime = HELD, **other: Any) -> Refund:
    return projects.record_refund(project_id=project.pk, draft=refund_draft(cast, **other), by=cast.finance, at=at)


def refunded(cast: Cast, project: Project, *, at: datetime = HELD, **other: Any) -> Refund:
    made = recorded_refund(cast, project, at=at, **other)
    return projects.approve_refund(refund_id=made.pk, by=cast.reviewer, at=at)


def expense_draft(cast: Cast, project: Project, **other: Any) -> ExpenseDraft:
    draft = ExpenseDraft(
        budget_line=project.budget_lines.get(position=1),
        source=cast.source.number,
        amount=Decimal("500.00"),
        spent_on=date(2026, 5, 20),
        payee="平湖文具店",
        memo="活动材料",
        voucher_no="支-1",
    )
    return replace(draft, **other)


def entry_draft(cast: Cast, **other: Any) -> EntryDraft:
    return replace(EntryDraft(cast.station, ENTERED.date(), "赵敏", "2021-0001"), **other)


def delivering(cast: Cast, **other: Any) -> Project:
    project = funded(cast, **other)
    services.enter_station(project_id=project.pk, draft=entry_draft(cast), by=cast.managers[0], at=ENTERED)
    return fresh(project)


def activity_draft(cast: Cast, **other: Any) -> ActivityDraft:
    draft = ActivityDraft(
        kind=ActivityKind.ACTIVITY,
        title="邻里聚餐",
        held_on=HELD.date(),
        region=cast.county.communities[0],
        persons=(PersonDraft("王秀英", PHONE), PersonDraft("李桂兰")),
        counted=10,
        contributions=(ContributionDraft(Society.VOLUNTEER, "东风社区志愿队", persons=3, hours=Decimal(6)),),
    )
    return replace(draft, **other)


def held(cast: Cast, project: Project, *, at: datetime = HELD, **other: Any) -> Activity:
    return services.record_activity(project_id=project.pk, draft=activity_draft(cast, **other), by=cast.managers[0], at=at)


def finished(cast: Cast, **other: Any) -> Project:
    project = delivering(cast, **other)
    services.finish_delivery(project_id=project.pk, by=cast.managers[0], at=FINISHED)
    return fresh(project)


def fresh(project: Project) -> Project:
    """The project as the database holds it now."""
    return Project.objects.get(pk=project.pk)


def tender_of(project: Project) -> Tender:
    tender = living_tender(project)
    assert tender is not None
    return tender


def look(*findings: str, points: Decimal = Decimal(1)) -> SupervisionDraft:
    """A supervision that gives each item the same share of its points; with findings it fails."""
    share = Decimal("0.5") if findings else points
    marks = tuple(MarkDraft(item, (Decimal(maximum) * share), "查阅服务记录") for item, maximum in LOOKED_AT.items())
    return SupervisionDraft(HELD.date(), marks, "督导意见", findings, CORRECT_BY if findings else None)


def supervised(cast: Cast, project: Project, *findings: str, at: datetime = HELD) -> Supervision:
    return oversight.supervise_project(project_id=project.pk, draft=look(*findings), by=cast.reviewer, at=at)


def heard(cast: Cast, project: Project, *marks: int, at: datetime = FINISHED) -> None:
    """Ask as many service users as there are marks; each gives that mark under every question."""
    tokens = oversight.open_satisfaction(project_id=project.pk, invitations=len(marks), group="elderly_alone", by=cast.reviewer, at=at)
    for token, mark in zip(tokens, marks, strict=True):
        answer_survey(token=token, draft=AnswerDraft(dict.fromkeys(SCALES, mark)), at=at)


def appointed(cast: Cast, project: Project, *, at: datetime = FINISHED, conflict: str = "") -> Evaluation:
    oversight.appoint_evaluator(project_id=project.pk, evaluator=cast.evaluator.body, by=cast.reviewer, at=at)
    return oversight.declare_conflict(project_id=project.pk, has_conflict=bool(conflict), conflict=conflict, by=cast.judge, at=at)


def report(share: Decimal = Decimal("0.9")) -> EvaluationDraft:
    judged = tuple(JudgedDraft(item, Decimal(maximum) * share, "查阅档案") for item, maximum in JUDGED.items())
    return EvaluationDraft(judged, "服务按协议完成", "加强志愿者培训")


def evaluated(cast: Cast, project: Project, *, at: datetime = FINISHED) -> Evaluation:
    appointed(cast, project, at=at)
    return oversight.evaluate_project(project_id=project.pk, draft=report(), by=cast.judge, at=at)


def accepted(cast: Cast, **other: Any) -> Project:
    """Served, supervised, heard, evaluated and accepted; residents are asked for their verdicts."""
    project = delivering(cast, **other)
    for title in ("邻里聚餐", "节气讲座"):
        held(cast, project, title=title)
    supervised(cast, project)
    services.finish_delivery(project_id=project.pk, by=cast.managers[0], at=FINISHED)
    heard(cast, project, 5, 4, 3)
    evaluated(cast, project)
    oversight.accept_project(project_id=project.pk, opinion="同意验收", by=cast.reviewer, at=ACCEPTED)
    return fresh(project)
