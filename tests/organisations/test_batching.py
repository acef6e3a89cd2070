from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.organisations.applications import (
    COUNTY_DECIDES,
    DECIDED,
    FROZEN,
    RECEIVED,
    application,
    frozen,
    granted,
    make_offices,
    passed,
    several,
)
from tests.organisations.factories import USCC
from wushe.accounts.models import Post
from wushe.inbox.queries import notices_for, todos_for
from wushe.kernel.errors import CheckerIsMaker, NotFound, NotPermitted, StepNotAllowed
from wushe.organisations import actions
from wushe.organisations.actions import LineVerdict, MemberDraft, profile_of
from wushe.organisations.errors import BatchEmpty, DuplicateUnconfirmed, LineNotReady, LinesUnjudged, NotReturned, ReturnWithoutReason
from wushe.organisations.models import Filing, Organisation
from wushe.organisations.queries import candidates
from wushe.organisations.states import FilingState
from wushe.policies.queries import policy_for

pytestmark = pytest.mark.django_db

YES, BACK = LineVerdict(1, accepted=True), LineVerdict(2, accepted=False, reason="负责人姓名与身份证不符")


@pytest.fixture
def offices():
    return make_offices()


def offered(offices):
    return candidates(offices.county.town, policy_for(offices.county.town, FROZEN.date()))


def test_the_town_freezes_what_was_filed_and_the_county_is_asked(offices):
    one, two = several(offices, "书法社", "合唱团")
    batch = frozen(offices, one, two)
    assert [(line.position, line.frozen["name"], line.frozen["granted_on"]) for line in batch.lines.order_by("position")] == [
        (1, "书法社", "2026-03-10"),
        (2, "合唱团", "2026-03-10"),
    ]
    assert (batch.until, batch.due_at.date()) == (date(2026, 12, 31), date(2026, 4, 13))
    assert [todo.step for todo in todos_for(offices.reviewer, FROZEN)] == ["receive_batch"]
    assert list(todos_for(offices.head, FROZEN)) == []
    assert offered(offices) == []


def test_what_is_left_out_is_asked_for_until_it_is_reported(offices):
    one, two = several(offices, "书法社", "合唱团")
    frozen(offices, one)
    assert [(todo.step, todo.due_at.date()) for todo in todos_for(offices.head, FROZEN)] == [("freeze_batch", date(2026, 12, 31))]
    frozen(offices, two)
    assert list(todos_for(offices.head, FROZEN)) == []


def test_only_what_is_ready_is_frozen(offices):
    one, two = several(offices, "书法社", "合唱团")
    waiting = passed(offices)
    with pytest.raises(NotPermitted):
        actions.freeze_batch(town=offices.county.town, filing_ids=[one.pk], by=offices.stranger, at=FROZEN)
    with pytest.raises(BatchEmpty):
        frozen(offices)
    with pytest.raises(LineNotReady):
        frozen(offices, waiting)
    Filing.objects.filter(pk=one.pk).update(charter="")
    with pytest.raises(LineNotReady) as refused:
        frozen(offices, one, two)
    assert [condition.code for condition in refused.value.lacks] == ["charter"]
    frozen(offices, two)
    with pytest.raises(LineNotReady):
        frozen(offices, two)


def test_what_looks_like_another_is_confirmed_or_left_out(offices):
    (one,) = several(offices, "书法社")
    twin = granted(offices, name="书法社")
    assert [[(why, other.pk) for why, other in row.alike] for row in offered(offices)] == [
        [("same_name", twin.pk)],
        [("same_name", one.pk)],
    ]
    with pytest.raises(DuplicateUnconfirmed):
        frozen(offices, one, twin)
    ids = [one.pk, twin.pk]
    batch = actions.freeze_batch(town=offices.county.town, filing_ids=ids, confirmed=ids, by=offices.head, at=FROZEN)
    assert [line.warnings for line in batch.lines.order_by("position")] == [[["same_name", twin.number]], [["same_name", one.number]]]


def test_one_head_of_two_groups_is_a_warning(offices):
    first = granted(offices)
    second = granted(offices, name="东风社区合唱队", scope="合唱")
    assert {row.filing.pk: [why for why, _ in row.alike] for row in offered(offices)} == {first.pk: ["same_head"], second.pk: ["same_head"]}


def test_the_county_judges_line_by_line_and_gives_a_receipt(offices):
    one, two = several(offices, "书法社", "合唱团")
    batch = actions.receive_batch(batch_id=frozen(offices, one, two).pk, verdicts=[YES, BACK], by=offices.reviewer, at=RECEIVED)
    assert batch.receipt == "receipt-990326-2026-000001"
    assert [(line.outcome, line.reason) for line in batch.lines.order_by("position")] == [("accepted", ""), ("returned", BACK.reason)]
    todos = {todo.step: todo for todo in todos_for(offices.head, RECEIVED)}
    assert todos.keys() == {"freeze_batch", "mend_filing"}
    assert todos["mend_filing"].due_at == policy_for(offices.county.town, date(2026, 3, 25)).deadline(
        "filing.mending_period", date(2026, 3, 25)
    )
    assert "organisations.batch_received" in [notice.verb for notice in notices_for(offices.head)]
    assert [(row.filing, row.returned, row.mended) for row in offered(offices)] == [(two, BACK.reason, False)]


def test_a_batch_is_received_whole_once_and_by_somebody_else(offices):
    one, two = several(offices, "书法社", "合唱团")
    batch = frozen(offices, one, two)
    receive = {"batch_id": batch.pk, "at": RECEIVED}
    with pytest.raises(NotPermitted):
        actions.receive_batch(**receive, verdicts=[YES, BACK], by=offices.head)
    with pytest.raises(LinesUnjudged) as refused:
        actions.receive_batch(**receive, verdicts=[YES, LineVerdict(2, accepted=None)], by=offices.reviewer)
    assert refused.value.lines == (2,)
    with pytest.raises(ReturnWithoutReason):
        actions.receive_batch(**receive, verdicts=[YES, LineVerdict(2, accepted=False)], by=offices.reviewer)
    with pytest.raises(NotFound):
        actions.receive_batch(batch_id=0, verdicts=[], by=offices.reviewer, at=RECEIVED)
    Post.objects.create(user=offices.head, role="county_station", region=offices.county.county, since=date(2021, 1, 1))
    offices.head.known_posts = None
    with pytest.raises(CheckerIsMaker):
        actions.receive_batch(**receive, verdicts=[YES, BACK], by=offices.head)
    actions.receive_batch(**receive, verdicts=[YES, BACK], by=offices.reviewer)
    with pytest.raises(StepNotAllowed):
        actions.receive_batch(**receive, verdicts=[YES, BACK], by=offices.reviewer)


def test_a_returned_filing_is_mended_and_reported_again(offices):
    one, two = several(offices, "书法社", "合唱团")
    with pytest.raises(NotReturned):
        actions.mend_filing(filing_id=one.pk, draft=application(offices.county), by=offices.head, at=FROZEN)
    actions.receive_batch(batch_id=frozen(offices, one, two).pk, verdicts=[YES, BACK], by=offices.reviewer, at=RECEIVED)
    draft = application(offices.county, name="合唱团", head=MemberDraft("周文", "13700130001", is_sponsor=True))
    with pytest.raises(NotPermitted):
        actions.mend_filing(filing_id=two.pk, draft=draft, by=offices.stranger, at=RECEIVED)
    actions.mend_filing(filing_id=two.pk, draft=draft, by=offices.head, at=RECEIVED)
    assert [todo.step for todo in todos_for(offices.head, RECEIVED)] == ["freeze_batch"]
    assert [(row.returned, row.mended) for row in offered(offices)] == [(BACK.reason, True)]
    again = actions.freeze_batch(town=offices.county.town, filing_ids=[two.pk], by=offices.head, at=RECEIVED)
    assert [line.frozen["certificate"] for line in again.lines.all()] == [two.certificate]


def test_what_was_mended_reaches_the_register_when_the_county_accepts_it(offices):
    one, two = several(offices, "书法社", "合唱团")
    actions.receive_batch(batch_id=frozen(offices, one, two).pk, verdicts=[YES, BACK], by=offices.reviewer, at=RECEIVED)
    organisation = Organisation.objects.get(pk=two.organisation_id)
    moved = replace(profile_of(organisation), premises="新活动室")
    change = {"amended_on": RECEIVED.date(), "what": "搬家", "document": "决议1"}
    actions.amend_organisation(organisation=organisation, profile=moved, **change, by=offices.head, at=RECEIVED)
    head = MemberDraft("周文", "13700130001", is_sponsor=True)
    draft = application(offices.county, name="红梅合唱团", field="charity", head=head, funds=Decimal(2500))
    actions.mend_filing(filing_id=two.pk, draft=draft, by=offices.head, at=RECEIVED)
    organisation.refresh_from_db()
    assert organisation.name == "合唱团"
    again = actions.freeze_batch(town=offices.county.town, filing_ids=[two.pk], by=offices.head, at=RECEIVED)
    actions.receive_batch(batch_id=again.pk, verdicts=[YES], by=offices.reviewer, at=RECEIVED)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.body.name, organisation.funds) == ("红梅合唱团", "红梅合唱团", Decimal(2500))
    assert (organisation.service_fields, organisation.premises) == (["charity"], "新活动室")
    two.refresh_from_db()
    assert two.mended == {}


def test_what_was_mended_does_not_change_a_legal_person(offices):
    one, two = several(offices, "书法社", "合唱团")
    actions.receive_batch(batch_id=frozen(offices, one, two).pk, verdicts=[YES, BACK], by=offices.reviewer, at=RECEIVED)
    draft = application(offices.county, name="红梅合唱团", head=MemberDraft("周文", "13700130001", is_sponsor=True))
    actions.mend_filing(filing_id=two.pk, draft=draft, by=offices.head, at=RECEIVED)
    again = actions.freeze_batch(town=offices.county.town, filing_ids=[two.pk], by=offices.head, at=RECEIVED)
    actions.record_registration(organisation=two.organisation, registered_on=RECEIVED.date(), uscc=USCC, by=offices.reviewer, at=RECEIVED)
    actions.receive_batch(batch_id=again.pk, verdicts=[YES], by=offices.reviewer, at=RECEIVED)
    assert Organisation.objects.get(pk=two.organisation_id).name == "合唱团"


def test_where_the_county_decides_the_filing_holds_from_its_acceptance():
    offices = make_offices("example-quarterly", replace=COUNTY_DECIDES)
    filing = granted(offices)
    actions.receive_batch(batch_id=frozen(offices, filing).pk, verdicts=[YES], by=offices.reviewer, at=RECEIVED)
    filing.refresh_from_db()
    organisation = Organisation.objects.get()
    assert (filing.state, filing.granted_on, organisation.filed_on) == (FilingState.GRANTED, RECEIVED.date(), RECEIVED.date())
    assert [act.step for act in filing.acts.order_by("at", "id")][-2:] == ["report_filing", "confirm_filing"]
    assert DECIDED < RECEIVED


def test_a_registered_organisation_does_not_hold_up_the_batch_that_has_it():
    offices = make_offices("example-quarterly", replace=COUNTY_DECIDES)
    one, two = several(offices, "书法社", "合唱团")
    batch = frozen(offices, one, two)
    actions.record_registration(organisation=one.organisation, registered_on=date(2026, 3, 21), uscc=USCC, by=offices.reviewer, at=RECEIVED)
    verdicts = [YES, LineVerdict(2, accepted=True)]
    actions.receive_batch(batch_id=batch.pk, verdicts=verdicts, by=offices.reviewer, at=RECEIVED)
    assert [Filing.objects.get(pk=filing.pk).state for filing in (one, two)] == [FilingState.OVERTAKEN, FilingState.GRANTED]


def test_the_check_asks_as_often_for_three_filings_as_for_one(offices, django_assert_num_queries):
    several(offices, "书法社")
    policy = policy_for(offices.county.town, FROZEN.date())
    with django_assert_num_queries(7):
        candidates(offices.county.town, policy)
    several(offices, "合唱团", "编织社")
    with django_assert_num_queries(7):
        candidates(offices.county.town, policy)
