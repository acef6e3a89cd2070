"""An answer without a project is not the end: the resident has a way back."""

from datetime import timedelta

import pytest

from tests.needs.factories import AT, TAIL, make_need, report
from wushe.audit.models import Entry
from wushe.inbox.queries import notices_for, waiting_on
from wushe.kernel.errors import FieldRequired, NotPermitted, StepNotAllowed
from wushe.needs.actions import contest_answer, decline_need, mark_duplicate, record_contest
from wushe.needs.errors import ContestsUsed, ReceiptUnknown
from wushe.needs.states import NeedState

LATER = AT + timedelta(days=9)
REASON = "民政所说不归他们管"


@pytest.fixture
def answered(cast):
    """A need that the town answered without a project."""
    receipt = report(cast.home)
    decline_need(need_id=receipt.need.pk, reason="已由民政所办理", by=cast.head, at=AT)
    return receipt


def contest(receipt, *, reason=REASON, tail=TAIL):
    return contest_answer(code=receipt.code, tail=tail, reason=reason, at=LATER)


def test_an_objection_opens_the_need_again_with_a_new_clock(cast, answered):
    before = answered.need.due_at
    need = contest(answered, reason=f" {REASON} ")
    assert (need.state, need.contest_reason, need.contested_count, need.reopened_count) == (NeedState.REPORTED, REASON, 1, 1)
    assert need.decline_reason == "已由民政所办理"
    assert need.due_at > before
    assert [(todo.step, todo.due_at) for todo in waiting_on("need", need.number)] == [("triage_need", need.due_at)]
    assert [notice.verb for notice in notices_for(cast.head)] == ["needs.answer_contested"]
    last = Entry.objects.filter(subject=need.number).last()
    assert (last.actor, last.verb, last.data) == ("resident", "needs.answer_contested", {"times": 1})


def test_a_duplicate_whose_resident_objects_stands_for_itself(cast):
    other, receipt = make_need(cast.home, phone="13900139000"), report(cast.home)
    mark_duplicate(need_id=receipt.need.pk, of_id=other.pk, by=cast.head, at=AT)
    need = contest(receipt, reason="不是同一件事")
    assert (need.state, need.duplicate_of) == (NeedState.REPORTED, None)


def test_an_objection_has_a_reason_the_right_code_and_an_answer_to_object_to(cast, answered):
    with pytest.raises(FieldRequired):
        contest(answered, reason=" ")
    with pytest.raises(ReceiptUnknown):
        contest(answered, tail="0000")
    with pytest.raises(StepNotAllowed):
        contest(report(cast.home, wish="楼道的灯坏了"))


def test_the_policy_says_how_often(cast, answered):
    contest(answered)
    decline_need(need_id=answered.need.pk, reason="县里已有同类服务", by=cast.head, at=LATER)
    with pytest.raises(ContestsUsed) as refused:
        contest(answered)
    assert refused.value.made == 1


def test_a_worker_enters_the_objection_of_a_resident_without_a_phone(cast, answered):
    with pytest.raises(NotPermitted):
        record_contest(need_id=answered.need.pk, reason=REASON, by=cast.county, at=LATER)
    need = record_contest(need_id=answered.need.pk, reason=REASON, by=cast.worker, at=LATER)
    assert need.state == NeedState.REPORTED
    assert Entry.objects.filter(subject=need.number).last().actor == cast.worker.number
