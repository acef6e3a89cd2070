"""What was paid and not spent goes back to its source by two people, and counts as paid no more."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from tests import stories
from tests.projects.actions.test_designing import steps_waiting
from tests.projects.actions.test_paying import also
from wushe.audit.models import Entry as AuditEntry
from wushe.inbox.models import Notice
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.ledger.actions import reverse_booking
from wushe.ledger.errors import AdvanceExhausted, AmountNotPositive, CorrectedElsewhere
from wushe.ledger.models import Entry, EntryKind
from wushe.ledger.queries import Money, project_money, refunded_of, source_with_totals, trace_of_expense
from wushe.projects.actions import approve_refund, record_expense, record_refund, refuse_refund
from wushe.projects.errors import RefundOutsideTime, RefundTooLarge, RefundVoucherUsed
from wushe.projects.models import Refund

PAID = Decimal(31_200)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def spent(cast, project, amount="30000.00"):
    draft = stories.expense_draft(cast, project, amount=Decimal(amount))
    return record_expense(project_id=project.pk, draft=draft, by=cast.managers[0], at=stories.HELD)


def test_what_was_not_spent_is_the_sources_again(cast):
    project = stories.ended(cast)
    expense = spent(cast, project)
    before = source_with_totals(cast.source.number)
    refund = stories.refunded(cast, project)
    entry = Entry.objects.get(number=refund.entry_number)
    assert (entry.kind, entry.amount, entry.maker, entry.checker) == (EntryKind.REFUND, 1_200, cast.finance, cast.reviewer)
    assert (entry.occurred_on, entry.voucher_no, entry.memo) == (stories.HELD.date(), "回单-1", "活动未开展，经费结余")
    (row,) = project_money(project.number)
    assert row.money == Money(stories.PRICES[0] - 1_200, PAID - 1_200, Decimal(30_000))
    after = source_with_totals(cast.source.number)
    assert (after.available - before.available, after.refunded, refunded_of(project.number)) == (1_200, 1_200, 1_200)
    assert trace_of_expense(expense.entry_number).refunds == [entry]
    assert steps_waiting(project) == set()
    assert AuditEntry.objects.get(verb="ledger.refund").actor == cast.reviewer.number
    assert AuditEntry.objects.filter(verb__startswith="projects.refund").order_by("pk").values_list("verb", flat=True).count() == 2
    assert set(Notice.objects.filter(verb="projects.refund_approved").values_list("user", flat=True)) >= {cast.managers[0].pk}


def test_nothing_is_booked_before_a_second_person_approves(cast):
    project = stories.ended(cast)
    refund = stories.recorded_refund(cast, project, paper=ContentFile(b"\xff\xd8\xff\xe0 paper \xff\xd9"), paper_name="回单.jpg")
    assert (refund.state, refund.paper.name, steps_waiting(project)) == ("refund_waits", "回单.jpg", {"approve_refund"})
    assert not Entry.objects.filter(kind=EntryKind.REFUND).exists()
    finance = also(cast.finance, "county_station", region=cast.county.county)
    for judge in (approve_refund, lambda **about: refuse_refund(reason="金额不符", **about)):
        with pytest.raises(CheckerIsMaker):
            judge(refund_id=refund.pk, by=finance, at=stories.HELD)
        with pytest.raises(NotPermitted):
            judge(refund_id=refund.pk, by=cast.managers[0], at=stories.HELD)


def test_what_is_refused_is_recorded_anew(cast):
    project = stories.ended(cast)
    refund = stories.recorded_refund(cast, project)
    with pytest.raises(FieldRequired):
        refuse_refund(refund_id=refund.pk, reason=" ", by=cast.reviewer, at=stories.HELD)
    refuse_refund(refund_id=refund.pk, reason="金额与回单不符", by=cast.reviewer, at=stories.HELD)
    told = Notice.objects.filter(verb="projects.refund_refused").values_list("user", flat=True)
    assert (set(told), steps_waiting(project)) == ({each.pk for each in (cast.head, cast.managers[0], cast.finance)}, set())
    with pytest.raises(StepNotAllowed) as refused:
        approve_refund(refund_id=refund.pk, by=cast.reviewer, at=stories.HELD)
    assert (refused.value.state, refunded_of(project.number)) == ("refund_refused", 0)
    stories.refunded(cast, project, amount=PAID)
    assert (refunded_of(project.number), Refund.objects.count()) == (PAID, 2)


def test_a_running_project_gives_nothing_back(cast):
    project = stories.delivering(cast)
    stories.paid(cast, project)
    with pytest.raises(StepNotAllowed) as refused:
        stories.recorded_refund(cast, project)
    assert refused.value.source.article == "五6"
    with pytest.raises(NotPermitted):
        record_refund(project_id=project.pk, draft=stories.refund_draft(cast), by=cast.managers[0], at=stories.HELD)


def test_a_refund_has_its_voucher_its_reason_its_amount_and_a_source_that_paid(cast):
    project = stories.ended(cast)
    other = stories.second_source(cast)
    for empty in ("voucher_no", "reason"):
        with pytest.raises(FieldRequired):
            stories.recorded_refund(cast, project, **{empty: " "})
    with pytest.raises(AmountNotPositive):
        stories.recorded_refund(cast, project, amount=Decimal(0))
    for source in (other.number, "source-0"):
        with pytest.raises(NotFound):
            stories.recorded_refund(cast, project, source=source)


@pytest.mark.parametrize("day", [stories.PAID.date() - timedelta(days=1), stories.HELD.date() + timedelta(days=1)])
def test_money_comes_back_after_it_was_paid_and_not_in_the_future(cast, day: date):
    project = stories.ended(cast)
    with pytest.raises(RefundOutsideTime) as refused:
        stories.recorded_refund(cast, project, refunded_on=day)
    assert (refused.value.paid_on, refused.value.last_day) == (stories.PAID.date(), stories.HELD.date())


def test_never_more_comes_back_than_was_paid_and_not_spent(cast):
    project = stories.ended(cast)
    spent(cast, project)
    with pytest.raises(RefundTooLarge) as refused:
        stories.recorded_refund(cast, project, amount=Decimal("1200.01"))
    assert (refused.value.available, refused.value.wanted) == (Decimal(1_200), Decimal("1200.01"))
    waiting = stories.recorded_refund(cast, project)
    with pytest.raises(RefundTooLarge):
        stories.recorded_refund(cast, project, amount=Decimal("0.01"), voucher_no="回单-2")
    draft = stories.expense_draft(cast, project, budget_line=project.budget_lines.get(position=2), voucher_no="支-2")
    record_expense(project_id=project.pk, draft=draft, by=cast.managers[0], at=stories.HELD)
    with pytest.raises(RefundTooLarge):
        approve_refund(refund_id=waiting.pk, by=cast.reviewer, at=stories.HELD)


def test_a_paper_gives_money_back_once_until_it_is_refused(cast):
    project, other = stories.ended(cast), stories.ended(cast)
    refund = stories.recorded_refund(cast, project)
    for elsewhere in (project, other):
        with pytest.raises(RefundVoucherUsed) as refused:
            stories.recorded_refund(cast, elsewhere, voucher_no=" 回单-1 ")
        assert (refused.value.refund, refused.value.project) == (refund.number, project.title)
    refuse_refund(refund_id=refund.pk, reason="应记入另一项目", by=cast.reviewer, at=stories.HELD)
    assert stories.refunded(cast, other).voucher_no == "回单-1"


def test_what_was_given_back_is_not_spent_and_not_taken_back_in_the_book(cast):
    project = stories.ended(cast)
    refund = stories.refunded(cast, project, amount=PAID)
    with pytest.raises(AdvanceExhausted):
        spent(cast, project, "0.01")
    with pytest.raises(CorrectedElsewhere):
        reverse_booking(entry_number=refund.entry_number, reason="更正", by=cast.finance, at=stories.HELD)


def test_nothing_comes_back_while_an_accepted_project_waits_for_its_last_tranche(cast):
    project = stories.accepted(cast)
    with pytest.raises(StepNotAllowed) as refused:
        stories.recorded_refund(cast, project, at=stories.ACCEPTED)
    assert (refused.value.step, refused.value.state) == ("record_refund", "accepted")
