from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from tests.accounts.factories import make_holder
from tests.needs.factories import AT, PERSON, PHONE, draft, make_need, report, token
from wushe.audit.models import Entry
from wushe.inbox.queries import todos_for, waiting_on
from wushe.kernel.clock import POLICY_ZONE
from wushe.kernel.encryption import decrypt
from wushe.kernel.errors import FieldRequired, NotPermitted
from wushe.needs.actions import record_need, report_need
from wushe.needs.errors import ConsentMissing, PhoneInvalid, PhoneReasonMissing, PlaceTooWide, WishTooLong, WishTooShort
from wushe.needs.models import Need
from wushe.needs.models.need import ADDRESS
from wushe.needs.models.need import PERSON as PERSON_CONTEXT
from wushe.needs.models.need import PHONE as PHONE_CONTEXT
from wushe.needs.states import NeedState
from wushe.policies.errors import UnknownCode


def test_a_resident_reports_a_need_and_the_town_gets_it_with_a_clock(cast):
    receipt = report(cast.home, phone="１３８ 0013-8000")
    need = Need.objects.get()
    assert (need.number, need.state, need.source) == ("need-990326-2026-000001", NeedState.REPORTED, "online")
    assert need.due_at == datetime(2026, 3, 9, 23, 59, 59, tzinfo=POLICY_ZONE)
    assert (decrypt(need.person, context=PERSON_CONTEXT), decrypt(need.phone, context=PHONE_CONTEXT)) == (PERSON, PHONE)
    assert decrypt(need.address, context=ADDRESS) == "幸福路3号"
    assert len(receipt.code) == 8
    assert receipt.code not in need.receipt
    todo = todos_for(cast.head, AT).get()
    assert (todo.step, todo.subject, todo.due_at) == ("triage_need", need.number, need.due_at)


def test_the_audit_says_who_and_what_kind_but_nothing_personal(cast):
    need = make_need(cast.home)
    entry = Entry.objects.get(subject=need.number)
    assert (entry.actor, entry.verb) == ("resident", "needs.need_reported")
    assert entry.data == {"field": "elderly_care", "urgency": "normal", "source": "online"}


def test_urgency_sets_the_clock(cast):
    due = {urgency: make_need(cast.home, urgency=urgency, wish=f"需要{urgency}").due_at.day for urgency in ("critical", "urgent", "normal")}
    assert due == {"critical": 3, "urgent": 5, "normal": 9}


def test_the_same_form_sent_twice_is_one_need_with_one_code(cast):
    first = report(cast.home, submission=token(1))
    second = report(cast.home, submission=token(1))
    assert (second.need, second.code) == (first.need, first.code)
    assert Need.objects.count() == 1
    assert Entry.objects.filter(verb="needs.need_reported").count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"wish": "还想有人陪着去医院"},
        {"urgency": "critical"},
        {"address": "幸福路5号"},
        {"group": "residents"},
        {"grid": "第三网格"},
        {"may_share": True},
    ],
)
def test_a_form_that_was_changed_before_it_was_sent_again_is_another_need(cast, change):
    first = report(cast.home, submission=token(1))
    second = report(cast.home, submission=token(1), **change)
    assert first.code != second.code
    assert Need.objects.count() == 2


def test_two_forms_with_the_same_words_are_two_needs(cast):
    assert report(cast.home).code != report(cast.home).code


def test_a_worker_records_a_need_for_someone_without_a_phone(cast):
    told = draft(cast.home, phone="", no_phone_reason="老人不用电话", is_proxy=True, source="visit", may_share=True)
    need = record_need(draft=told, by=cast.worker, at=AT).need
    assert (need.recorded_by, need.is_proxy, need.may_share, need.phone, need.no_phone_reason) == (
        cast.worker,
        True,
        True,
        None,
        "老人不用电话",
    )
    assert [todo.step for todo in waiting_on("need", need.number)] == ["triage_need"]


def test_a_worker_records_only_at_home(cast):
    with pytest.raises(NotPermitted):
        record_need(draft=draft(cast.place.communities[1]), by=cast.worker, at=AT)
    with pytest.raises(NotPermitted):
        record_need(draft=draft(cast.home), by=make_holder("expert", region=cast.place.county), at=AT)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"consent": False}, ConsentMissing),
        ({"person": " "}, FieldRequired),
        ({"phone": ""}, FieldRequired),
        ({"phone": "12345"}, PhoneInvalid),
        ({"phone": "没有"}, PhoneInvalid),
        ({"wish": "饭"}, WishTooShort),
        ({"wish": "饭" * 2001}, WishTooLong),
        ({"group": "dragons"}, UnknownCode),
        ({"field": "dragons"}, UnknownCode),
        ({"urgency": "dragons"}, UnknownCode),
        ({"source": "dragons"}, UnknownCode),
    ],
)
def test_a_need_that_cannot_be_worked_with_is_refused(cast, changes, refusal):
    with pytest.raises(refusal):
        report(cast.home, **changes)
    assert not Need.objects.exists()


def test_a_need_belongs_to_a_community(cast):
    with pytest.raises(PlaceTooWide):
        report(cast.place.town)


def test_a_worker_says_why_there_is_no_phone(cast):
    with pytest.raises(PhoneReasonMissing):
        record_need(draft=draft(cast.home, phone=""), by=cast.worker, at=AT)


def test_the_database_holds_the_rules_too(cast):
    need = make_need(cast.home)
    for wrong in (
        {"phone_index": "", "no_phone_reason": ""},
        {"wish": ""},
        {"wish": "x" * 2001},
        {"state": NeedState.DECLINED},
        {"verdict": "satisfied"},
        {"is_proxy": True},
        {"duplicate_of": need},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Need.objects.filter(pk=need.pk).update(**wrong)


def test_a_refused_action_leaves_nothing(cast):
    with pytest.raises(UnknownCode):
        report_need(draft=draft(cast.home, field="dragons"), at=AT)
    assert not Entry.objects.filter(subject_kind="need").exists()
