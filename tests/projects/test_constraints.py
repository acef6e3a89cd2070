"""What the database refuses whoever writes: the rules that must hold even when an action is wrong."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests import stories
from wushe.projects import actions as projects
from wushe.projects.models import (
    Agreement,
    Amendment,
    Award,
    Bid,
    Expense,
    Expert,
    Payment,
    Project,
    Refund,
    Review,
    Score,
    Tender,
    Tranche,
    TrancheState,
)


def refused(rule):
    return pytest.raises(IntegrityError, match=rule)


def settle_constraints():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_who_submitted_cannot_review(cast):
    stories.approved(cast)
    with refused("projects_reviewer_is_not_submitter"):
        Review.objects.update(reviewer=cast.head)


def test_who_recommended_cannot_award(cast):
    project = stories.awarded(cast)
    with refused("projects_awarder_is_not_recommender"):
        Award.objects.filter(tender__project=project).update(awarded_by=cast.experts[2])


def test_who_was_released_never_locks(cast):
    project = stories.opened(cast)
    stories.lock(project, cast.experts[0])
    told = {"released_at": stories.SCORED, "released_by": cast.reviewer, "release_reason": "逾期未评分"}
    with refused("projects_the_released_never_lock"), transaction.atomic():
        Expert.objects.filter(user=cast.experts[0]).update(**told)
    with refused("projects_release_is_whole"), transaction.atomic():
        Expert.objects.filter(user=cast.experts[1]).update(**told | {"release_reason": ""})
    with refused("projects_release_wish_is_whole"):
        Expert.objects.filter(user=cast.experts[1]).update(release_wish="外出")


def test_who_requested_cannot_approve_and_who_approved_cannot_pay(cast):
    project = stories.funded(cast)
    payment = stories.paid(cast, project)
    with refused("projects_approver_is_not_requester"), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(approved_by=cast.managers[0])
    with refused("projects_payer_is_not_approver"), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(paid_by=cast.reviewer)
    with refused("projects_payment_has_a_voucher"):
        Payment.objects.filter(pk=payment.pk).update(voucher_no="")


def test_a_tranche_is_paid_once(cast):
    project = stories.funded(cast)
    payment = stories.paid(cast, project)
    payment.pk, payment.number = None, "payment-990326-2026-999999"
    with refused("projects_a_tranche_is_paid_once"):
        payment.save(force_insert=True)


def test_a_request_is_returned_by_another_and_never_after_it_was_paid(cast):
    rows = Payment.objects.filter(pk=stories.paid(cast, stories.funded(cast)).pk)
    closed = {"returned_at": stories.PAID, "return_reason": "发票抬头有误"}
    with refused("projects_another_returns_with_a_reason"), transaction.atomic():
        rows.update(returned_by=cast.managers[0], **closed)
    with refused("projects_another_returns_with_a_reason"), transaction.atomic():
        rows.update(returned_by=cast.reviewer, **(closed | {"return_reason": ""}))
    with refused("projects_what_is_paid_is_not_taken_back"), transaction.atomic():
        rows.update(returned_by=cast.reviewer, **closed)
    with refused("projects_a_request_is_withdrawn_before_it_is_approved"):
        rows.update(withdrawn_by=cast.managers[0], withdrawn_at=stories.PAID)


def test_a_refund_takes_two_people_and_is_judged_whole(cast):
    rows = Refund.objects.filter(pk=stories.refunded(cast, stories.ended(cast)).pk)
    with refused("projects_refund_takes_two_people"), transaction.atomic():
        rows.update(judged_by=cast.finance)
    with refused("projects_refund_is_judged_whole"), transaction.atomic():
        rows.update(entry_number="")
    with refused("projects_refund_has_amount_voucher_and_reason"):
        rows.update(voucher_no="")


def test_a_tranche_does_not_move_before_its_trigger(cast):
    project = stories.contracted(cast)
    with refused("projects_tranche_moves_after_its_trigger"):
        Tranche.objects.filter(agreement__project=project, number=3).update(state=TrancheState.PAID)


@pytest.mark.parametrize("change", [{"percent": 10}, {"amount": 1}])
def test_tranches_stay_whole(cast, change):
    project = stories.contracted(cast)
    Tranche.objects.filter(agreement__project=project, number=3).update(**change)
    with refused("projects_tranches_are_whole"):
        settle_constraints()


def test_the_last_tranche_waits_for_acceptance(cast):
    project = stories.contracted(cast)
    Tranche.objects.filter(agreement__project=project, number=3).update(percent=19, amount=15_599)
    with refused("does not wait for acceptance"):
        Tranche.objects.create(agreement=project.agreement, number=4, percent=1, amount=1, trigger="signed")
        settle_constraints()


def test_a_price_does_not_leave_its_tranches(cast):
    project = stories.contracted(cast)
    settle_constraints()
    with refused("projects_tranches_are_whole"):
        Agreement.objects.filter(project=project).update(price=Decimal(1))


def test_locked_scores_neither_change_nor_go(cast):
    stories.scored(cast)
    with refused("locked scores do not change"), transaction.atomic():
        Score.objects.update(points=1)
    with refused("locked scores do not change"):
        Score.objects.all().delete()


@pytest.mark.parametrize("change", [{"price": 1}, {"plan": "泄露"}])
def test_a_sealed_bid_shows_nothing(cast, change):
    project = stories.tendering(cast)
    stories.bid(cast, project)
    with refused("projects_sealed_bid_shows_nothing"):
        Bid.objects.update(**change)


def test_bids_are_not_opened_before_closing(cast):
    project = stories.tendering(cast)
    with refused("projects_bids_open_after_closing"):
        Tender.objects.filter(project=project).update(opened_at=stories.BID)


def test_one_person_does_not_sign_for_both_sides(cast):
    project = stories.agreed(cast)
    with refused("projects_two_people_sign"):
        Agreement.objects.filter(project=project).update(purchaser_signed_by=cast.reviewer, agency_signed_by=cast.reviewer)


def test_a_signed_agreement_stays(cast):
    project = stories.contracted(cast)
    with refused("a signed agreement changes by amendment alone"):
        Agreement.objects.filter(project=project).update(agency_signed_by=cast.reviewer)


def test_a_version_of_an_agreement_stays(cast):
    project = stories.agreed(cast)
    with refused("stays as it was drawn up"), transaction.atomic():
        project.agreement.versions.update(content={})
    with refused("stays as it was drawn up"):
        project.agreement.versions.all().delete()


def test_an_amendment_is_withdrawn_with_a_reason(cast):
    project = stories.contracted(cast)
    draft = projects.AmendmentDraft("延期", ends_on=stories.LATER)
    projects.amend_agreement(project_id=project.pk, draft=draft, by=cast.reviewer, at=stories.FUNDED)
    with refused("projects_withdrawn_amendment_is_whole"):
        Amendment.objects.update(withdrawn_at=stories.PAID, withdrawn_by=cast.reviewer)


def test_an_agency_uses_a_voucher_once_apart_from_those_of_before(cast):
    project = stories.delivering(cast)
    stories.paid(cast, project)
    first, second = (
        projects.record_expense(
            project_id=project.pk, draft=stories.expense_draft(cast, project, voucher_no=number), by=cast.managers[0], at=stories.HELD
        )
        for number in ("支-1", "支-2")
    )
    with refused("projects_an_agency_uses_a_voucher_once"), transaction.atomic():
        Expense.objects.filter(pk=second.pk).update(voucher_no=first.voucher_no)
    Expense.objects.filter(pk=second.pk).update(voucher_no=first.voucher_no, voucher_repeated=True)


def test_a_paper_gives_money_back_once_apart_from_those_of_before(cast):
    project = stories.ended(cast)
    first, second = (stories.recorded_refund(cast, project, voucher_no=number) for number in ("回单-1", "回单-2"))
    with refused("projects_a_paper_gives_money_back_once"), transaction.atomic():
        Refund.objects.filter(pk=second.pk).update(voucher_no=first.voucher_no)
    Refund.objects.filter(pk=second.pk).update(voucher_no=first.voucher_no, voucher_repeated=True)


def test_a_termination_keeps_its_reason(cast):
    stories.drafted(cast)
    with refused("projects_termination_has_a_reason"):
        Project.objects.update(state="terminated")
