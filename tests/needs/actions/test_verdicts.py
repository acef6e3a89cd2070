from datetime import timedelta

import pytest

from tests.needs.factories import AT, TAIL, report
from wushe.audit.models import Entry
from wushe.inbox.queries import notices_for, waiting_on
from wushe.kernel.errors import FieldRequired, NotPermitted, StepNotAllowed
from wushe.needs.actions import (
    adopt_needs,
    ask_verdict,
    attempt_verdict,
    check_receipt,
    close_without_verdict,
    give_verdict,
    record_verdict,
)
from wushe.needs.errors import ReceiptLocked, ReceiptUnknown, TooFewAttempts
from wushe.needs.models import Need
from wushe.needs.states import NeedState, Verdict

PROJECT = ("project", "project-990326-2026-000001", "幸福午餐")
LATER = AT + timedelta(days=30)


@pytest.fixture
def asked(cast):
    """A need whose project was accepted: the resident has the word."""
    receipt = report(cast.home)
    adopt_needs(need_ids=[receipt.need.pk], project=PROJECT, by=cast.head, at=AT)
    ask_verdict(need_ids=[receipt.need.pk], project=PROJECT, by=cast.county, at=LATER)
    return receipt


def test_the_code_opens_with_the_last_digits_as_people_type_them(asked):
    typed = f" {asked.code[:4].lower()}-{asked.code[4:]} "
    assert check_receipt(code=typed, tail="８０００", at=AT).pk == asked.need.pk


@pytest.mark.parametrize(("code", "tail"), [("", ""), ("AAAA2222", TAIL), ("right", "8001"), ("right", ""), ("right", "138000")])
def test_anything_else_opens_nothing(asked, code, tail):
    with pytest.raises(ReceiptUnknown):
        check_receipt(code=asked.code if code == "right" else code, tail=tail, at=AT)


def test_a_need_without_a_phone_opens_to_nobody(asked):
    Need.objects.update(phone_tail="", phone_index="", phone=None, no_phone_reason="没有电话")
    with pytest.raises(ReceiptUnknown):
        check_receipt(code=asked.code, tail="", at=AT)


@pytest.mark.django_db(transaction=True)
def test_five_wrong_digits_lock_the_code_for_a_while(asked):
    for _ in range(5):
        with pytest.raises(ReceiptUnknown):
            give_verdict(code=asked.code, tail="0000", satisfied=True, comment="", at=LATER)
    with pytest.raises(ReceiptLocked) as locked:
        check_receipt(code=asked.code, tail=TAIL, at=LATER + timedelta(minutes=5))
    assert locked.value.minutes == 10
    assert check_receipt(code=asked.code, tail=TAIL, at=LATER + timedelta(minutes=15)).pk == asked.need.pk


def test_right_digits_forget_the_wrong_ones(asked):
    for _ in range(3):
        for tail in ("0000", "1111", "2222"):
            with pytest.raises(ReceiptUnknown):
                check_receipt(code=asked.code, tail=tail, at=AT)
        check_receipt(code=asked.code, tail=TAIL, at=AT)


def test_a_happy_resident_closes_the_need(cast, asked):
    need = give_verdict(code=asked.code, tail=TAIL, satisfied=True, comment=" 饭菜很好 ", at=LATER)
    assert (need.state, need.verdict, need.verdict_comment, need.verdict_at) == (NeedState.CLOSED, Verdict.SATISFIED, "饭菜很好", LATER)
    assert waiting_on("need", need.number) == []
    last = Entry.objects.filter(subject=need.number).last()
    assert (last.actor, last.verb, last.data) == ("resident", "needs.need_closed", {"verdict": "satisfied"})
    assert [notice.verb for notice in notices_for(cast.head)] == ["needs.need_closed"]


def test_an_unhappy_resident_opens_it_again_with_a_new_clock(asked):
    before = asked.need.due_at
    need = give_verdict(code=asked.code, tail=TAIL, satisfied=False, comment="", at=LATER)
    assert (need.state, need.verdict, need.reopened_count) == (NeedState.REPORTED, Verdict.UNSATISFIED, 1)
    assert need.due_at > before
    assert [(todo.step, todo.due_at) for todo in waiting_on("need", need.number)] == [("triage_need", need.due_at)]


def test_the_next_question_starts_without_the_old_answer(cast, asked):
    give_verdict(code=asked.code, tail=TAIL, satisfied=False, comment="太晚", at=LATER)
    adopt_needs(need_ids=[asked.need.pk], project=PROJECT, by=cast.head, at=LATER)
    ask_verdict(need_ids=[asked.need.pk], project=PROJECT, by=cast.county, at=LATER)
    need = Need.objects.get()
    assert (need.verdict, need.verdict_at, need.verdict_comment) == ("", None, "")


def test_a_verdict_is_given_once_and_only_when_asked(cast, asked):
    give_verdict(code=asked.code, tail=TAIL, satisfied=True, comment="", at=LATER)
    with pytest.raises(StepNotAllowed):
        give_verdict(code=asked.code, tail=TAIL, satisfied=False, comment="", at=LATER)
    fresh = report(cast.home, wish="楼道的灯坏了")
    with pytest.raises(StepNotAllowed):
        give_verdict(code=fresh.code, tail=TAIL, satisfied=True, comment="", at=LATER)


def test_a_worker_enters_what_the_resident_said(cast, asked):
    with pytest.raises(NotPermitted):
        record_verdict(need_id=asked.need.pk, satisfied=True, comment="", by=cast.county, at=LATER)
    need = record_verdict(need_id=asked.need.pk, satisfied=True, comment="当面说的", by=cast.worker, at=LATER)
    assert need.state == NeedState.CLOSED
    assert Entry.objects.filter(subject=need.number).last().actor == cast.worker.number


def test_without_a_verdict_a_need_closes_only_after_attempts_on_three_days(cast, asked):
    with pytest.raises(TooFewAttempts):
        close_without_verdict(need_id=asked.need.pk, by=cast.worker, at=LATER)
    for day in (0, 0, 1):
        attempt_verdict(need_id=asked.need.pk, note="无人接听", by=cast.worker, at=LATER + timedelta(days=day, hours=1))
    with pytest.raises(TooFewAttempts) as few:
        close_without_verdict(need_id=asked.need.pk, by=cast.worker, at=LATER + timedelta(days=2))
    assert (few.value.made, few.value.required) == (2, 3)
    attempt_verdict(need_id=asked.need.pk, note="不在家", by=cast.worker, at=LATER + timedelta(days=2))
    need = close_without_verdict(need_id=asked.need.pk, by=cast.worker, at=LATER + timedelta(days=2))
    assert (need.state, need.verdict) == (NeedState.CLOSED, "")


def test_an_attempt_has_a_note_and_its_time(cast, asked):
    with pytest.raises(FieldRequired):
        attempt_verdict(need_id=asked.need.pk, note=" ", by=cast.worker, at=LATER)
    with pytest.raises(NotPermitted):
        attempt_verdict(need_id=asked.need.pk, note="无人接听", by=cast.county, at=LATER)
    with pytest.raises(StepNotAllowed):
        attempt_verdict(need_id=report(cast.home, wish="修路").need.pk, note="无人接听", by=cast.worker, at=LATER)
