from decimal import Decimal

import pytest

from tests import stories
from tests.accounts.factories import BEFORE
from tests.projects.actions.test_designing import steps_waiting
from wushe.accounts.models import Post, User
from wushe.audit.models import Entry as AuditEntry
from wushe.inbox.models import Notice
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, NotPermitted, StepNotAllowed
from wushe.ledger.actions import Commitment, commit_to_project
from wushe.ledger.models import Entry, EntryKind
from wushe.ledger.queries import project_money
from wushe.projects.actions import approve_payment, pay_tranche, request_payment, return_payment, terminate_project, withdraw_payment
from wushe.projects.errors import AlreadyPaid, PaymentsEnded, ProjectNotFunded, TrancheNotFree
from wushe.projects.models import Payment, TrancheState


def also(person, role, **place):
    Post.objects.create(user=person, role=role, since=BEFORE, **place)
    return User.objects.get(pk=person.pk)


def told(verb):
    return {notice.user for notice in Notice.objects.filter(verb=verb).select_related("user")}


def test_town_and_agency_hear_of_every_step_of_a_payment(cast):
    project = stories.funded(cast)
    asked = stories.requested(cast, project)
    assert told("projects.payment_requested") == {cast.head, cast.managers[0]}
    withdraw_payment(payment_id=asked.pk, by=cast.managers[0], at=stories.PAID)
    assert told("projects.payment_withdrawn") == {cast.head, cast.managers[0]}
    stories.payable(cast, project)
    assert told("projects.payment_approved") == {cast.head, cast.managers[0]}


def test_three_people_pay_a_tranche(cast):
    project = stories.funded(cast)
    payment = stories.paid(cast, project)
    assert (payment.requested_by, payment.approved_by, payment.paid_by) == (cast.managers[0], cast.reviewer, cast.finance)
    (row,) = project_money(project.number)
    assert (row.money.committed, row.money.paid) == (stories.PRICES[0], Decimal(31_200))
    assert steps_waiting(project) == {"enter_station"}
    assert stories.tranche(project).state == TrancheState.PAID


def test_a_tranche_is_paid_out_of_several_sources(cast):
    project = stories.funded(cast, amount=Decimal(30_000))
    other = stories.second_source(cast)
    draft = Commitment(source=other.number, project=project.number, amount=Decimal(5_000), occurred_on=stories.FUNDED.date())
    commit_to_project(draft=draft, by=cast.finance, at=stories.FUNDED)
    payment = stories.paid(cast, project)
    entries = Entry.objects.filter(kind=EntryKind.PAY, subject=payment.number).order_by("-amount")
    assert [entry.amount for entry in entries] == [30_000, 1_200]


def test_a_project_pays_what_it_was_given(cast):
    project = stories.funded(cast, amount=Decimal("31199.99"))
    payment = stories.payable(cast, project)
    with pytest.raises(ProjectNotFunded) as refused:
        pay_tranche(payment_id=payment.pk, voucher_no="付-1", by=cast.finance, at=stories.PAID)
    assert refused.value.data() == {"available": Decimal("31199.99"), "wanted": Decimal("31200.00")}


def test_a_tranche_waits_for_its_trigger(cast):
    project = stories.funded(cast)
    with pytest.raises(TrancheNotFree) as refused:
        stories.requested(cast, project, 2)
    assert (refused.value.number, refused.value.trigger) == (2, "midterm_pass")


def test_a_request_has_an_invoice_and_is_made_once(cast):
    project = stories.funded(cast)
    with pytest.raises(FieldRequired):
        request_payment(tranche_id=stories.tranche(project).pk, invoice_no=" ", by=cast.managers[0], at=stories.PAID)
    payment = stories.requested(cast, project)
    with pytest.raises(AlreadyPaid) as refused:
        stories.requested(cast, project)
    assert refused.value.payment == payment.number


def test_an_approval_follows_a_request_by_another(cast):
    project = stories.funded(cast)
    manager = also(cast.managers[0], "county_station", region=cast.county.county)
    payment = stories.requested(cast, project)
    with pytest.raises(CheckerIsMaker):
        approve_payment(payment_id=payment.pk, by=manager, at=stories.PAID)
    approve_payment(payment_id=payment.pk, by=cast.reviewer, at=stories.PAID)
    with pytest.raises(StepNotAllowed):
        approve_payment(payment_id=payment.pk, by=cast.reviewer, at=stories.PAID)


def test_a_payment_follows_an_approval_by_another(cast):
    project = stories.funded(cast)
    payment = stories.requested(cast, project)
    with pytest.raises(StepNotAllowed):
        pay_tranche(payment_id=payment.pk, voucher_no="付-1", by=cast.finance, at=stories.PAID)
    reviewer = also(cast.reviewer, "finance_officer", region=cast.county.county)
    approve_payment(payment_id=payment.pk, by=reviewer, at=stories.PAID)
    with pytest.raises(CheckerIsMaker):
        pay_tranche(payment_id=payment.pk, voucher_no="付-1", by=reviewer, at=stories.PAID)
    with pytest.raises(FieldRequired):
        pay_tranche(payment_id=payment.pk, voucher_no=" ", by=cast.finance, at=stories.PAID)
    pay_tranche(payment_id=payment.pk, voucher_no="付-1", by=cast.finance, at=stories.PAID)
    with pytest.raises(AlreadyPaid):
        pay_tranche(payment_id=payment.pk, voucher_no="付-1", by=cast.finance, at=stories.PAID)


def ended(cast, project):
    terminate_project(project_id=project.pk, reason="机构退出", by=cast.reviewer, at=stories.PAID)


def test_after_a_termination_nothing_more_is_requested_or_approved(cast):
    project = stories.funded(cast)
    payment = stories.requested(cast, project)
    ended(cast, project)
    with pytest.raises(PaymentsEnded):
        approve_payment(payment_id=payment.pk, by=cast.reviewer, at=stories.PAID)
    with pytest.raises(PaymentsEnded):
        stories.requested(cast, project)
    assert steps_waiting(project) == set()


def test_after_a_termination_what_was_approved_is_still_paid(cast):
    project = stories.funded(cast)
    payment = stories.payable(cast, project)
    ended(cast, project)
    assert steps_waiting(project) == {"pay_tranche"}
    pay_tranche(payment_id=payment.pk, voucher_no="付-1", by=cast.finance, at=stories.PAID)
    assert (stories.tranche(project).state, steps_waiting(project)) == (TrancheState.PAID, set())


def returned(cast, payment, *, by=None, reason="发票抬头有误"):
    return return_payment(payment_id=payment.pk, reason=reason, by=by or cast.reviewer, at=stories.PAID)


def test_a_returned_request_stays_and_the_agency_asks_anew(cast):
    project = stories.funded(cast)
    first = returned(cast, stories.requested(cast, project))
    tranche = stories.tranche(project)
    assert (first.returned_by, first.return_reason) == (cast.reviewer, "发票抬头有误")
    assert (tranche.state, tranche.payment, tranche.taken_back) == (TrancheState.FREE, None, [first])
    assert steps_waiting(project) == {"enter_station", "request_payment"}
    assert told("projects.payment_returned") == {cast.head, cast.managers[0]}
    news = Notice.objects.get(verb="projects.payment_returned", user=cast.managers[0])
    assert news.data == {"payment": first.number, "reason": "发票抬头有误"}
    assert AuditEntry.objects.get(verb="projects.payment_returned").data["reason"] == "发票抬头有误"
    second = stories.paid(cast, project)
    assert (stories.tranche(project).payment, Payment.objects.count()) == (second, 2)
    assert Entry.objects.filter(kind=EntryKind.PAY).values_list("subject", flat=True).get() == second.number


def test_finance_returns_what_the_county_approved(cast):
    project = stories.funded(cast)
    payment = returned(cast, stories.payable(cast, project), by=cast.finance)
    assert (payment.approved_by, payment.returned_by) == (cast.reviewer, cast.finance)
    assert (stories.tranche(project).state, steps_waiting(project)) == (TrancheState.FREE, {"enter_station", "request_payment"})
    assert not Entry.objects.filter(kind=EntryKind.PAY).exists()


def test_a_return_is_made_by_another_with_a_reason(cast):
    project = stories.funded(cast)
    manager = also(cast.managers[0], "county_station", region=cast.county.county)
    payment = stories.requested(cast, project)
    with pytest.raises(CheckerIsMaker):
        returned(cast, payment, by=manager)
    with pytest.raises(FieldRequired):
        returned(cast, payment, reason=" ")
    with pytest.raises(NotPermitted):
        returned(cast, payment, by=cast.head)
    returned(cast, payment)
    with pytest.raises(StepNotAllowed) as refused:
        returned(cast, payment)
    assert refused.value.state == "sent_back"


def test_what_is_paid_is_neither_returned_nor_withdrawn(cast):
    payment = stories.paid(cast, stories.funded(cast))
    with pytest.raises(AlreadyPaid):
        returned(cast, payment)
    with pytest.raises(AlreadyPaid):
        withdraw_payment(payment_id=payment.pk, by=cast.managers[0], at=stories.PAID)


def test_a_request_that_was_taken_back_is_not_approved_in_place_of_the_next(cast):
    project = stories.funded(cast)
    first = returned(cast, stories.requested(cast, project))
    stories.requested(cast, project)
    with pytest.raises(StepNotAllowed):
        approve_payment(payment_id=first.pk, by=cast.reviewer, at=stories.PAID)
    with pytest.raises(StepNotAllowed):
        pay_tranche(payment_id=first.pk, voucher_no="付-1", by=cast.finance, at=stories.PAID)


def test_the_agency_withdraws_its_request_until_it_is_approved(cast):
    project = stories.funded(cast)
    payment = stories.requested(cast, project)
    with pytest.raises(NotPermitted):
        withdraw_payment(payment_id=payment.pk, by=cast.managers[1], at=stories.PAID)
    withdraw_payment(payment_id=payment.pk, by=cast.managers[0], at=stories.PAID)
    assert (stories.tranche(project).state, steps_waiting(project)) == (TrancheState.FREE, {"enter_station", "request_payment"})
    with pytest.raises(StepNotAllowed) as refused:
        withdraw_payment(payment_id=payment.pk, by=cast.managers[0], at=stories.PAID)
    assert refused.value.state == "withdrawn"
    approved = stories.payable(cast, project)
    with pytest.raises(StepNotAllowed):
        withdraw_payment(payment_id=approved.pk, by=cast.managers[0], at=stories.PAID)


def test_after_a_termination_a_request_is_withdrawn_but_what_was_approved_is_not_returned(cast):
    project = stories.funded(cast)
    payment = stories.requested(cast, project)
    ended(cast, project)
    with pytest.raises(PaymentsEnded):
        returned(cast, payment)
    withdraw_payment(payment_id=payment.pk, by=cast.managers[0], at=stories.PAID)
    assert (stories.tranche(project).state, steps_waiting(project)) == (TrancheState.FREE, set())
