"""Role × place for every step of the chain: at the right moment, everybody but the named people is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import stories
from tests.cast import Cast
from tests.projects.added import FILING, with_added_steps
from wushe.accounts.models import User
from wushe.kernel.errors import NotPermitted
from wushe.projects import actions as projects
from wushe.projects.actions import AmendmentDraft
from wushe.projects.errors import NotOnThePanel
from wushe.projects.models import Project
from wushe.services import actions as services

Act = Callable[[Cast, Project, User], Any]


def on(name: str, **other: Any) -> Act:
    """An action that needs the project and the plain values of `other`."""
    action = getattr(projects, name, None) or getattr(services, name)
    at = other.pop("at")
    return lambda cast, project, by: action(project_id=project.pk, by=by, at=at, **other)


def objected(cast: Cast) -> Project:
    project = stories.awarded(cast)
    stories.object_to(cast, project)
    return project


def amended(cast: Cast) -> Project:
    project = stories.contracted(cast)
    projects.amend_agreement(
        project_id=project.pk, draft=AmendmentDraft("延期", ends_on=stories.LATER), by=cast.reviewer, at=stories.FUNDED
    )
    return project


def asked(cast: Cast) -> Project:
    project = stories.funded(cast)
    stories.requested(cast, project)
    return project


def released(cast: Cast) -> Project:
    project = stories.funded(cast)
    stories.payable(cast, project)
    return project


def with_activity(cast: Cast) -> Project:
    project = stories.delivering(cast)
    stories.held(cast, project)
    return project


def with_expense(cast: Cast) -> Project:
    project = stories.delivering(cast)
    stories.paid(cast, project)
    draft = stories.expense_draft(cast, project)
    projects.record_expense(project_id=project.pk, draft=draft, by=cast.managers[0], at=stories.HELD)
    return project


def sealed(cast: Cast) -> Project:
    project = stories.tendering(cast)
    stories.bid(cast, project)
    return project


def with_open_step(cast: Cast) -> Project:
    with_added_steps(cast)
    return stories.contracted(cast)


COUNTY, TOWN, AGENCY, FINANCE = {"reviewer"}, {"head"}, {"manager"}, {"finance"}

MATRIX: list[tuple[str, Callable[[Cast], Project], Act, set[str]]] = [
    (
        "draft_project",
        stories.drafted,
        lambda cast, project, by: projects.draft_project(region=cast.county.town, draft=stories.design(), by=by, at=stories.DRAFTED),
        {"head", "worker"},
    ),
    ("revise_design", stories.drafted, on("revise_design", draft=stories.design(), at=stories.DRAFTED), {"head", "worker"}),
    ("submit_design", stories.drafted, on("submit_design", at=stories.SUBMITTED), TOWN),
    ("take_up_review", stories.submitted, on("take_up_review", at=stories.REVIEWED), COUNTY),
    ("complete_step", with_open_step, on("complete_step", code=FILING, text="", at=stories.ENTERED), COUNTY),
    ("waive_step", with_open_step, on("waive_step", code=FILING, reason="已统一备案", at=stories.ENTERED), COUNTY),
    ("approve_design", stories.submitted, on("approve_design", draft=stories.PASSED, at=stories.REVIEWED), COUNTY),
    ("return_design", stories.submitted, on("return_design", draft=stories.PASSED, at=stories.REVIEWED), COUNTY),
    ("publish_tender", stories.approved, on("publish_tender", draft=stories.call(), at=stories.PUBLISHED), COUNTY),
    ("cancel_tender", stories.tendering, on("cancel_tender", reason="需求变化", at=stories.BID), COUNTY),
    (
        "submit_bid",
        stories.tendering,
        lambda cast, project, by: projects.submit_bid(
            project_id=project.pk, agency=cast.agencies[0], draft=stories.offer(), by=by, at=stories.BID
        ),
        AGENCY,
    ),
    (
        "withdraw_bid",
        sealed,
        lambda cast, project, by: projects.withdraw_bid(bid_id=stories.tender_of(project).bids.get().pk, by=by, at=stories.BID),
        AGENCY,
    ),
    ("appoint_experts", stories.tendering, on("appoint_experts", users=(), at=stories.SEATED), COUNTY),
    ("open_bids", stories.closed, on("open_bids", at=stories.OPENED), COUNTY),
    (
        "disqualify_bid",
        stories.opened,
        lambda cast, project, by: projects.disqualify_bid(
            bid_id=stories.tender_of(project).bids.order_by("number")[0].pk,
            ground="not_qualified",
            reason="登记证书已过期",
            by=by,
            at=stories.OPENED,
        ),
        COUNTY,
    ),
    (
        "award_tender",
        stories.scored,
        lambda cast, project, by: projects.award_tender(
            project_id=project.pk, draft=stories.award_draft(project), by=by, at=stories.AWARDED
        ),
        COUNTY,
    ),
    (
        "raise_objection",
        stories.awarded,
        lambda cast, project, by: projects.raise_objection(
            project_id=project.pk, agency=cast.agencies[1], text="评分有误", by=by, at=stories.OBJECTED
        ),
        {"other_manager"},
    ),
    (
        "answer_objection",
        objected,
        lambda cast, project, by: projects.answer_objection(
            objection_id=stories.award_of(project).objections.get().pk, upheld=False, answer="评分无误", by=by, at=stories.OBJECTED
        ),
        COUNTY,
    ),
    (
        "draw_up_agreement",
        stories.awarded,
        lambda cast, project, by: projects.draw_up_agreement(project_id=project.pk, draft=stories.terms(cast), by=by, at=stories.AGREED),
        COUNTY,
    ),
    (
        "redraw_agreement",
        stories.agreed,
        lambda cast, project, by: projects.redraw_agreement(
            project_id=project.pk, draft=stories.terms(cast), reason="期限写错", by=by, at=stories.SIGNED
        ),
        COUNTY,
    ),
    ("sign_as_purchaser", stories.agreed, on("sign_agreement", side="purchaser", at=stories.SIGNED), COUNTY),
    ("sign_as_agency", stories.agreed, on("sign_agreement", side="agency", at=stories.SIGNED), AGENCY),
    (
        "amend_agreement",
        stories.contracted,
        on("amend_agreement", draft=AmendmentDraft("延期", ends_on=stories.LATER), at=stories.FUNDED),
        COUNTY,
    ),
    (
        "sign_amendment",
        amended,
        lambda cast, project, by: projects.sign_amendment(
            amendment_id=project.agreement.amendments.get().pk, side="agency", by=by, at=stories.FUNDED
        ),
        AGENCY,
    ),
    (
        "withdraw_amendment",
        amended,
        lambda cast, project, by: projects.withdraw_amendment(
            amendment_id=project.agreement.amendments.get().pk, reason="不再延期", by=by, at=stories.FUNDED
        ),
        COUNTY,
    ),
    (
        "request_payment",
        stories.funded,
        lambda cast, project, by: projects.request_payment(
            tranche_id=stories.tranche(project).pk, invoice_no="票-1", by=by, at=stories.PAID
        ),
        AGENCY,
    ),
    (
        "approve_payment",
        asked,
        lambda cast, project, by: projects.approve_payment(payment_id=stories.tranche(project).payment.pk, by=by, at=stories.PAID),
        COUNTY,
    ),
    (
        "pay_tranche",
        released,
        lambda cast, project, by: projects.pay_tranche(
            payment_id=stories.tranche(project).payment.pk, voucher_no="付-1", by=by, at=stories.PAID
        ),
        FINANCE,
    ),
    (
        "record_expense",
        stories.delivering,
        lambda cast, project, by: projects.record_expense(
            project_id=project.pk, draft=stories.expense_draft(cast, project), by=by, at=stories.HELD
        ),
        AGENCY,
    ),
    (
        "reverse_expense",
        with_expense,
        lambda cast, project, by: projects.reverse_expense(expense_id=project.expenses.get().pk, reason="重复入账", by=by, at=stories.HELD),
        AGENCY,
    ),
    ("terminate_project", stories.delivering, on("terminate_project", reason="机构退出", at=stories.HELD), COUNTY),
    (
        "enter_station",
        stories.funded,
        lambda cast, project, by: services.enter_station(project_id=project.pk, draft=stories.entry_draft(cast), by=by, at=stories.ENTERED),
        AGENCY,
    ),
    (
        "record_activity",
        stories.delivering,
        lambda cast, project, by: services.record_activity(
            project_id=project.pk, draft=stories.activity_draft(cast), by=by, at=stories.HELD
        ),
        AGENCY,
    ),
    (
        "void_activity",
        with_activity,
        lambda cast, project, by: services.void_activity(
            activity_id=project.activities.get().pk, reason="重复登记", by=by, at=stories.HELD
        ),
        AGENCY,
    ),
    ("finish_delivery", stories.delivering, lambda c, p, by: services.finish_delivery(project_id=p.pk, by=by, at=stories.FINISHED), AGENCY),
]


@pytest.mark.parametrize(("stage", "act", "allowed"), [pytest.param(*row[1:], id=row[0]) for row in MATRIX])
def test_only_the_named_people_may(cast, stage, act, allowed):
    project = stage(cast)
    refused = set()
    for name, person in cast.everyone().items():
        if name not in allowed:
            with pytest.raises(NotPermitted):
                act(cast, project, person)
            refused.add(name)
    assert refused == set(cast.everyone()) - allowed


def test_only_the_panel_declares_and_scores(cast):
    project = stories.opened(cast)
    for person in (cast.reviewer, cast.head, cast.managers[0], cast.judge):
        with pytest.raises(NotOnThePanel):
            stories.declare(project, person)
        with pytest.raises(NotOnThePanel):
            stories.lock(project, person)
