from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from tests.organisations.applications import APPLIED, CHARTER, MARCH, NAMES, PHONE, REVIEWED, TAIL, application, applied, make_offices
from wushe.audit.models import Entry
from wushe.inbox.queries import todos_for
from wushe.kernel.errors import FieldRequired, NotPermitted, StepNotAllowed
from wushe.organisations import actions
from wushe.organisations.actions import MemberDraft
from wushe.organisations.errors import (
    ApplicationLocked,
    ApplicationUnknown,
    ConditionsUnmet,
    ConsentNotGiven,
    ContactPhoneInvalid,
    DayInFuture,
    IdentityInvalid,
    MemberTwice,
    SeatNotCommunity,
)
from wushe.organisations.models import Filing, Member, Organisation
from wushe.organisations.queries import masked_roster, roster_of
from wushe.organisations.states import FilingState
from wushe.policies.errors import UnknownCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices():
    return make_offices()


def test_a_founder_applies_without_an_account(offices):
    receipt = applied(offices)
    filing = receipt.filing
    assert (filing.state, filing.members, filing.recorded_by, len(receipt.code)) == (FilingState.SUBMITTED, 12, None, 8)
    todo = todos_for(offices.community, APPLIED).get()
    assert (todo.step, todo.subject, todo.due_at) == ("review_application", filing.number, filing.due_at)
    assert filing.due_at.date() == date(2026, 3, 9)
    assert [act.step for act in filing.acts.all()] == ["apply_for_filing"]
    entry = Entry.objects.get(verb="organisations.application_received")
    assert (entry.actor, entry.data) == ("resident", {"members": 12, "field": "culture_sport"})
    assert not Organisation.objects.exists()


def test_people_are_kept_as_ciphertext_and_shown_masked(offices):
    filing = applied(offices).filing
    stored = b"".join(bytes(row.person) + bytes(row.phone or b"") for row in Member.objects.all())
    assert NAMES[0].encode() not in stored
    assert PHONE.encode() not in stored
    assert roster_of(filing)[0].person == "赵玉梅"
    first = masked_roster(filing)[0]
    assert (first.person, first.phone, first.identity, first.is_head) == ("赵*", "138****8000", "11****2X", True)


def test_the_same_form_sent_twice_is_one_application_with_one_code(offices):
    first, second = applied(offices), applied(offices)
    assert (first.filing, first.code) == (second.filing, second.code)
    assert Filing.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"roster": (MemberDraft("钱一"), MemberDraft("孙二"), MemberDraft("李三"), MemberDraft("周四"))},
        {"premises": "东风社区会议室"},
        {"charter": f"{CHARTER}第四条 经费公开。"},
        {"head": MemberDraft("赵玉梅", PHONE, "110105491231002", is_sponsor=True)},
        {"party_members": 2},
    ],
)
def test_a_form_corrected_before_it_was_sent_again_is_kept_as_corrected(offices, other):
    first, second = applied(offices), applied(offices, **other)
    assert (first.code != second.code, Filing.objects.count()) == (True, 2)
    assert applied(offices, **other).code == second.code


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"consent": False}, ConsentNotGiven),
        ({"name": " "}, FieldRequired),
        ({"scope": ""}, FieldRequired),
        ({"head": MemberDraft("", PHONE)}, FieldRequired),
        ({"head": MemberDraft("赵玉梅", "12")}, ContactPhoneInvalid),
        ({"head": MemberDraft("赵玉梅", PHONE, "110105194912310021", is_sponsor=True)}, IdentityInvalid),
        ({"roster": (MemberDraft("钱一"), MemberDraft("钱一"), MemberDraft("孙二"), MemberDraft("李三"))}, MemberTwice),
        ({"roster": (MemberDraft("钱一"),)}, ConditionsUnmet),
        ({"charter": ""}, ConditionsUnmet),
        ({"premises": ""}, ConditionsUnmet),
        ({"field": "flying"}, UnknownCode),
        ({"founded_on": date(2030, 1, 1)}, DayInFuture),
    ],
)
def test_what_cannot_be_taken_is_refused_and_leaves_nothing(offices, other, refusal):
    with pytest.raises(refusal):
        applied(offices, **other)
    assert (Filing.objects.count(), Member.objects.count()) == (0, 0)


def test_conditions_that_are_not_met_are_named(offices):
    with pytest.raises(ConditionsUnmet) as refused:
        applied(offices, premises="", charter=" ")
    assert [condition.code for condition in refused.value.conditions] == ["charter", "premises"]


def test_a_group_applies_where_it_works(offices):
    with pytest.raises(SeatNotCommunity):
        applied(offices, region=offices.county.town)


def test_old_numbers_and_other_papers_pass(offices):
    roster = (MemberDraft("甲", identity="110105491231003"), MemberDraft("乙", identity="H12345678"), MemberDraft("丙"), MemberDraft("丁"))
    assert applied(offices, roster=roster).filing.members == 5


def test_the_old_number_of_a_member_is_the_same_member(offices):
    with pytest.raises(MemberTwice):
        applied(offices, roster=(MemberDraft("甲", identity="110105491231003"), MemberDraft("乙", identity="110105194912310038")))


def test_a_worker_enters_a_paper_where_they_work(offices):
    draft = application(offices.county)
    filing = actions.record_application(draft=draft, by=offices.community, at=APPLIED).filing
    assert (filing.recorded_by, Entry.objects.get(verb="organisations.application_received").actor) == (
        offices.community,
        offices.community.number,
    )
    with pytest.raises(NotPermitted):
        actions.record_application(draft=replace(draft, submission=UUID(int=8)), by=offices.stranger, at=APPLIED)


def test_the_code_opens_the_application_with_the_digits_and_locks_against_guessing(offices):
    receipt = applied(offices)
    assert actions.open_application(code=f" {receipt.code[:4].lower()}-{receipt.code[4:]}", tail=TAIL, at=APPLIED) == receipt.filing
    with pytest.raises(ApplicationUnknown):
        actions.open_application(code="AAAAAAAA", tail=TAIL, at=APPLIED)
    for _ in range(5):
        with pytest.raises(ApplicationUnknown):
            actions.open_application(code=receipt.code, tail="1111", at=APPLIED)
    with pytest.raises(ApplicationLocked):
        actions.open_application(code=receipt.code, tail=TAIL, at=APPLIED)


def test_a_founder_corrects_what_was_returned_with_the_code(offices):
    receipt = applied(offices)
    better = application(offices.county, charter=f"{CHARTER}第四条 经费公开。")
    with pytest.raises(StepNotAllowed):
        actions.correct_own_application(code=receipt.code, tail=TAIL, draft=better, at=REVIEWED)
    actions.return_application(filing_id=receipt.filing.pk, opinion=MARCH, by=offices.community, at=REVIEWED)
    assert list(todos_for(offices.community, REVIEWED)) == []
    filing = actions.correct_own_application(code=receipt.code, tail=TAIL, draft=better, at=REVIEWED)
    assert (filing.state, filing.charter, filing.roster.count()) == (FilingState.SUBMITTED, better.charter, 12)
    assert [todo.step for todo in todos_for(offices.community, REVIEWED)] == ["review_application"]
    assert [act.step for act in filing.acts.order_by("at", "id")] == ["apply_for_filing", "return_application", "correct_application"]


def test_a_returned_paper_is_corrected_by_those_who_enter_papers(offices):
    filing = actions.record_application(draft=application(offices.county), by=offices.community, at=APPLIED).filing
    actions.return_application(filing_id=filing.pk, opinion=MARCH, by=offices.community, at=REVIEWED)
    assert [todo.step for todo in todos_for(offices.community, REVIEWED)] == ["correct_application"]
    with pytest.raises(NotPermitted):
        actions.correct_application(filing_id=filing.pk, draft=application(offices.county), by=offices.stranger, at=REVIEWED)
    corrected = actions.correct_application(filing_id=filing.pk, draft=application(offices.county), by=offices.community, at=REVIEWED)
    assert corrected.state == FilingState.SUBMITTED


def test_who_looks_at_the_roster_says_why(offices):
    filing = applied(offices).filing
    with pytest.raises(FieldRequired):
        actions.reveal_roster(filing_id=filing.pk, reason=" ", by=offices.community, at=APPLIED)
    with pytest.raises(NotPermitted):
        actions.reveal_roster(filing_id=filing.pk, reason="核实", by=offices.stranger, at=APPLIED)
    people = actions.reveal_roster(filing_id=filing.pk, reason="核实成员", by=offices.community, at=APPLIED)
    assert (people[0].phone, Entry.objects.get(verb="organisations.roster_revealed").data) == (PHONE, {"reason": "核实成员"})
