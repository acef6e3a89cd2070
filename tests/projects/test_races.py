"""Two hands on one thing, with two real connections: one of them wins, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import count
from threading import Barrier

import pytest
from django.db import connection

from tests import stories
from tests.cast import make_cast
from tests.projects.added import FILING, with_added_steps
from wushe.accounts.models import User
from wushe.kernel.errors import DomainError, StepNotAllowed
from wushe.ledger.models import Entry, EntryKind
from wushe.needs.models import Need
from wushe.projects import actions as projects
from wushe.projects.errors import AlreadyAwarded, AlreadyBid, AlreadyPaid, NeedNotFree, RefundTooLarge, RefundVoucherUsed, StepSettled
from wushe.projects.models import Award, Bid, Project

pytestmark = pytest.mark.django_db(transaction=True)


def race(act: Callable[[User], object], *people: User, refusal: type[DomainError]) -> list[str]:
    start = Barrier(len(people))

    def run(person: User) -> str:
        try:
            start.wait()
            act(person)
        except refusal:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(people)) as pool:
        return sorted(pool.map(run, people))


def test_two_awards_at_one_moment_are_one():
    cast = make_cast()
    project = stories.scored(cast)
    draft = stories.award_draft(project)

    def award(by: User) -> None:
        projects.award_tender(project_id=project.pk, draft=draft, by=by, at=stories.AWARDED)

    assert race(award, cast.reviewer, cast.second_reviewer, refusal=AlreadyAwarded) == ["done", "refused"]
    assert Award.objects.count() == 1


def test_two_payments_of_one_tranche_are_one():
    cast = make_cast()
    payment = stories.payable(cast, stories.funded(cast))

    def pay(by: User) -> None:
        projects.pay_tranche(payment_id=payment.pk, voucher_no="付-1", by=by, at=stories.PAID)

    assert race(pay, cast.finance, User.objects.get(pk=cast.finance.pk), refusal=AlreadyPaid) == ["done", "refused"]
    assert Entry.objects.filter(kind=EntryKind.PAY).count() == 1


def test_a_request_returned_by_two_is_returned_once():
    cast = make_cast()
    payment = stories.payable(cast, stories.funded(cast))

    def send_back(by: User) -> None:
        projects.return_payment(payment_id=payment.pk, reason="发票抬头有误", by=by, at=stories.PAID)

    assert race(send_back, cast.reviewer, cast.finance, refusal=StepNotAllowed) == ["done", "refused"]
    assert payment.tranche.payments.filter(returned_at__isnull=False).count() == 1


def test_a_payment_is_either_paid_or_returned():
    cast = make_cast()
    payment = stories.payable(cast, stories.funded(cast))

    def act(by: User) -> None:
        if by == cast.finance:
            projects.pay_tranche(payment_id=payment.pk, voucher_no="付-1", by=by, at=stories.PAID)
        else:
            projects.return_payment(payment_id=payment.pk, reason="发票抬头有误", by=by, at=stories.PAID)

    assert race(act, cast.finance, cast.reviewer, refusal=DomainError) == ["done", "refused"]
    payment.refresh_from_db()
    assert (payment.paid_at is None) == (Entry.objects.filter(kind=EntryKind.PAY).count() == 0) == (not payment.is_living)


def test_one_refund_is_approved_once():
    cast = make_cast()
    refund = stories.recorded_refund(cast, stories.ended(cast), amount=Decimal(100))

    def approve(by: User) -> None:
        projects.approve_refund(refund_id=refund.pk, by=by, at=stories.HELD)

    assert race(approve, cast.reviewer, cast.second_reviewer, refusal=StepNotAllowed) == ["done", "refused"]
    assert Entry.objects.filter(kind=EntryKind.REFUND).count() == 1


def test_two_refunds_of_the_last_money_are_one():
    cast = make_cast()
    project = stories.ended(cast)

    slips = count(1)

    def send_back(by: User) -> None:
        draft = stories.refund_draft(cast, amount=Decimal(20_000), voucher_no=f"回单-{next(slips)}")
        projects.record_refund(project_id=project.pk, draft=draft, by=by, at=stories.HELD)

    assert race(send_back, cast.finance, User.objects.get(pk=cast.finance.pk), refusal=RefundTooLarge) == ["done", "refused"]
    assert project.refunds.count() == 1


def test_one_slip_that_two_record_gives_money_back_once():
    cast = make_cast()
    project = stories.ended(cast)

    def send_back(by: User) -> None:
        projects.record_refund(project_id=project.pk, draft=stories.refund_draft(cast), by=by, at=stories.HELD)

    assert race(send_back, cast.finance, User.objects.get(pk=cast.finance.pk), refusal=RefundVoucherUsed) == ["done", "refused"]
    assert project.refunds.count() == 1


def test_two_bids_of_one_agency_are_one():
    cast = make_cast()
    project = stories.tendering(cast)
    manager = cast.managers[0]

    def bid(by: User) -> None:
        projects.submit_bid(project_id=project.pk, agency=cast.agencies[0], draft=stories.offer(), by=by, at=stories.BID)

    assert race(bid, manager, User.objects.get(pk=manager.pk), refusal=AlreadyBid) == ["done", "refused"]
    assert Bid.objects.count() == 1


def test_two_projects_for_one_need_are_one():
    cast = make_cast()
    need = stories.reported_need(cast).need

    def draft(by: User) -> None:
        projects.draft_project(region=cast.county.town, draft=stories.design(need.pk), by=by, at=stories.DRAFTED)

    assert race(draft, cast.worker, cast.head, refusal=NeedNotFree) == ["done", "refused"]
    assert Project.objects.count() == 1


def test_a_design_is_submitted_once():
    cast = make_cast()
    project = stories.drafted(cast)

    def submit(by: User) -> None:
        projects.submit_design(project_id=project.pk, by=by, at=stories.SUBMITTED)

    assert race(submit, cast.head, User.objects.get(pk=cast.head.pk), refusal=StepNotAllowed) == ["done", "refused"]
    assert project.versions.count() == 1


def test_one_form_sent_twice_is_one_need():
    cast = make_cast()
    assert race(lambda _: stories.reported_need(cast), cast.stranger, cast.stranger, refusal=DomainError) == ["done", "done"]
    assert Need.objects.count() == 1


def test_an_amendment_is_either_signed_or_withdrawn():
    cast = make_cast()
    project = stories.contracted(cast)
    draft = projects.AmendmentDraft("延期", ends_on=stories.LATER)
    made = projects.amend_agreement(project_id=project.pk, draft=draft, by=cast.reviewer, at=stories.FUNDED)
    projects.sign_amendment(amendment_id=made.pk, side="purchaser", by=cast.reviewer, at=stories.FUNDED)

    def act(by: User) -> None:
        if by == cast.reviewer:
            projects.withdraw_amendment(amendment_id=made.pk, reason="不再延期", by=by, at=stories.FUNDED)
        else:
            projects.sign_amendment(amendment_id=made.pk, side="agency", by=by, at=stories.FUNDED)

    assert race(act, cast.reviewer, cast.managers[0], refusal=DomainError) == ["done", "refused"]
    made.refresh_from_db()
    assert made.is_signed != (made.withdrawn_at is not None)


def test_a_step_done_and_waived_at_one_moment_is_settled_once():
    cast = make_cast()
    with_added_steps(cast)
    project = stories.contracted(cast)

    def settle(by: User) -> None:
        if by == cast.reviewer:
            projects.complete_step(project_id=project.pk, code=FILING, text="", by=by, at=stories.ENTERED)
        else:
            projects.waive_step(project_id=project.pk, code=FILING, reason="已统一备案", by=by, at=stories.ENTERED)

    assert race(settle, cast.reviewer, cast.second_reviewer, refusal=StepSettled) == ["done", "refused"]
    assert project.steps_done.count() == 1
