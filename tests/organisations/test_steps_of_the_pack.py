"""Which steps a filing has is the pack's word: without a first review, without a report to the county, with the last word of either."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tests.accounts.factories import make_holder
from tests.organisations.applications import (
    APPLIED,
    CHARTER,
    COUNTY_DECIDES,
    DECIDED,
    FROZEN,
    MARCH,
    NO_REPORT,
    NO_REVIEW,
    RECEIVED,
    REVIEWED,
    TAIL,
    application,
    applied,
    frozen,
    granted,
    make_offices,
)
from tests.organisations.factories import USCC, make_organisation
from tests.policies.factories import load_next
from wushe.accounts.models import Post
from wushe.inbox.queries import notices_for, todos_for
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, NotPermitted, StepNotAllowed
from wushe.organisations import actions
from wushe.organisations.actions import LineVerdict, MemberDraft
from wushe.organisations.errors import LineNotReady, OrganisationElsewhere, RenewalTooEarly
from wushe.organisations.models import Batch, Filing, Kind, Organisation
from wushe.organisations.queries import candidates, life_line, rates_of
from wushe.organisations.rules import state_of
from wushe.organisations.states import FilingState, State
from wushe.policies.queries import policy_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices():
    return make_offices("example-quarterly", replace=(NO_REVIEW,))


def grant(offices, filing, by=None, **other):
    return actions.grant_filing(filing_id=filing.pk, opinion="同意备案", by=by or offices.head, at=DECIDED, **other)


def group(offices, **other):
    new = {"uscc": "", "name": "东风社区广场舞队", "kind": Kind.COMMUNITY_ORGANISATION, "registered_on": None} | other
    return make_organisation(offices.reviewer, new.pop("region", offices.county.communities[0]), **new)


def also_head(offices, user):
    Post.objects.create(user=user, role="town_station_head", region=offices.county.town, since=date(2021, 1, 1))
    user.known_posts = None
    return user


def test_without_a_review_an_application_lies_with_the_town_at_once(offices):
    filing = applied(offices).filing
    assert (filing.state, filing.due_at.date()) == (FilingState.UNDECIDED, date(2026, 3, 11))
    todo = todos_for(offices.head, APPLIED).get()
    assert (todo.step, todo.subject, todo.due_at) == ("decide_filing", filing.number, filing.due_at)
    assert (todos_for(offices.community, APPLIED).count(), Organisation.objects.count()) == (0, 0)


def test_the_whole_life_without_a_review(offices):
    filing = grant(offices, applied(offices).filing)
    organisation = Organisation.objects.get()
    assert (filing.state, filing.certificate, filing.reviewed_by, filing.decided_by) == (
        *(FilingState.GRANTED, "990326001-2026-0001", None, offices.head),
    )
    assert (organisation.name, organisation.preparing_on, organisation.filed_until) == ("东风社区广场舞队", None, date(2029, 3, 10))
    assert [act.step for act in filing.acts.order_by("at", "id")] == ["apply_for_filing", "grant_filing"]
    assert [one.kind for one in life_line(organisation, DECIDED.date())] == ["founded", "filed"]
    assert [notice.verb for notice in notices_for(offices.community)] == ["organisations.filing_granted"]
    (place, *_) = rates_of(offices.county.county, DECIDED.date())
    assert (place.unfit, place.filed) == (1, 1)

    # it is reported, received and renewed as everywhere
    batch = frozen(offices, filing)
    assert [todo.step for todo in todos_for(offices.reviewer, FROZEN)] == ["receive_batch"]
    actions.receive_batch(batch_id=batch.pk, verdicts=[LineVerdict(1, accepted=True)], by=offices.reviewer, at=RECEIVED)
    with pytest.raises(RenewalTooEarly):
        actions.renew_filing(organisation=organisation, document="", by=offices.head, at=RECEIVED)
    late = DECIDED.replace(year=2029, month=3, day=1)
    assert [todo.step for todo in todos_for(offices.head, late)] == ["renew_filing"]
    assert actions.renew_filing(organisation=organisation, document="续1", by=offices.head, at=late).filed_until == date(2032, 3, 10)


def test_the_town_says_to_which_group_an_application_belongs(offices):
    known = group(offices)
    filing = applied(offices).filing
    for other in (group(offices, region=offices.county.village), group(offices, name="登记的", uscc=USCC, registered_on=date(2024, 1, 1))):
        with pytest.raises(OrganisationElsewhere):
            grant(offices, filing, organisation=other)
    grant(offices, filing, organisation=known)
    known.refresh_from_db()
    assert (known.preparing_on, known.filed_on, state_of(known, DECIDED.date())) == (None, DECIDED.date(), State.FILED)


def test_who_types_a_paper_does_not_decide_on_it(offices):
    both = also_head(offices, offices.community)
    filing = actions.record_application(draft=application(offices.county), by=both, at=APPLIED).filing
    for act in (actions.grant_filing, actions.refuse_filing):
        with pytest.raises(CheckerIsMaker):
            act(filing_id=filing.pk, opinion="同意", by=both, at=DECIDED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Filing.objects.update(decided_by=both)
    assert grant(offices, filing).decided_by == offices.head


def test_who_types_a_correction_does_not_decide_either(offices):
    filing = applied(offices).filing
    actions.return_application(filing_id=filing.pk, opinion=MARCH, by=offices.head, at=REVIEWED)
    actions.correct_application(filing_id=filing.pk, draft=application(offices.county), by=offices.head, at=REVIEWED)
    with pytest.raises(CheckerIsMaker):
        grant(offices, filing)
    second = make_holder("town_station_head", region=offices.county.town, username="second")
    assert grant(offices, filing, by=second).state == FilingState.GRANTED


def test_the_town_returns_and_the_correction_is_the_towns_again(offices):
    receipt = applied(offices)
    act = {"filing_id": receipt.filing.pk, "at": REVIEWED}
    for who in (offices.community, offices.stranger):
        with pytest.raises(NotPermitted):
            actions.return_application(**act, opinion=MARCH, by=who)
    with pytest.raises(FieldRequired):
        actions.return_application(**act, opinion=" ", by=offices.head)
    returned = actions.return_application(**act, opinion=MARCH, by=offices.head)
    assert (returned.state, returned.due_at, todos_for(offices.head, REVIEWED).count()) == (FilingState.RETURNED, None, 0)
    better = application(offices.county, charter=f"{CHARTER}第四条 经费公开。")
    filing = actions.correct_own_application(code=receipt.code, tail=TAIL, draft=better, at=REVIEWED)
    assert (filing.state, filing.due_at.date()) == (FilingState.UNDECIDED, date(2026, 3, 13))
    assert [todo.step for todo in todos_for(offices.head, REVIEWED)] == ["decide_filing"]
    assert [one.step for one in filing.acts.order_by("at", "id")] == ["apply_for_filing", "send_back_application", "hand_in_again"]


def test_a_returned_paper_goes_to_those_who_enter_papers(offices):
    filing = actions.record_application(draft=application(offices.county), by=offices.community, at=APPLIED).filing
    actions.return_application(filing_id=filing.pk, opinion=MARCH, by=offices.head, at=REVIEWED)
    assert [todo.step for todo in todos_for(offices.community, REVIEWED)] == ["correct_application"]


def test_the_town_refuses_without_leaving_a_record(offices):
    filing = applied(offices).filing
    with pytest.raises(NotPermitted):
        actions.refuse_filing(filing_id=filing.pk, opinion="不符合", by=offices.community, at=DECIDED)
    refused = actions.refuse_filing(filing_id=filing.pk, opinion="场所不在本社区", by=offices.head, at=DECIDED)
    assert (refused.state, Organisation.objects.exists()) == (FilingState.REFUSED, False)
    assert [notice.verb for notice in notices_for(offices.community)] == ["organisations.filing_refused"]


def test_there_is_nothing_to_pass_on_without_a_review(offices):
    filing = applied(offices).filing
    with pytest.raises(StepNotAllowed):
        actions.pass_application(filing_id=filing.pk, opinion="属实", by=offices.community, at=REVIEWED)


def test_without_a_review_the_county_may_still_have_the_last_word():
    offices = make_offices("example-quarterly", replace=(NO_REVIEW, *COUNTY_DECIDES))
    filing = grant(offices, applied(offices).filing)
    organisation = Organisation.objects.get()
    assert (filing.state, filing.organisation) == (FilingState.REPORTED, organisation)
    assert state_of(organisation, DECIDED.date()) == State.PREPARING
    actions.receive_batch(batch_id=frozen(offices, filing).pk, verdicts=[LineVerdict(1, accepted=True)], by=offices.reviewer, at=RECEIVED)
    filing.refresh_from_db()
    organisation.refresh_from_db()
    assert (filing.state, organisation.filed_on) == (FilingState.GRANTED, RECEIVED.date())


def test_without_a_report_a_filing_is_over_with_the_decision():
    offices = make_offices("example-quarterly", replace=(NO_REPORT,))
    filing = granted(offices)
    assert (filing.state, filing.to_report, todos_for(offices.head, DECIDED).count()) == (FilingState.GRANTED, False, 0)
    assert candidates(offices.county.town, policy_for(offices.county.town, FROZEN.date())) == []
    with pytest.raises(LineNotReady):
        frozen(offices, filing)
    assert not Batch.objects.exists()


def test_the_shortest_procedure_is_one_decision():
    offices = make_offices("example-quarterly", replace=(NO_REVIEW, NO_REPORT))
    filing = grant(offices, applied(offices).filing)
    assert (filing.state, filing.to_report) == (FilingState.GRANTED, False)
    assert [list(todos_for(who, DECIDED)) for who in (offices.community, offices.head, offices.reviewer)] == [[], [], []]


def test_applications_on_their_way_go_on_when_the_pack_changes():
    offices = make_offices("example-quarterly")
    reported = granted(offices, name="东风社区合唱队", head=MemberDraft("周文", "13700130001", is_sponsor=True), submission=UUID(int=8))
    waiting, returned = applied(offices).filing, applied(offices, name="东风社区书法社", submission=UUID(int=9)).filing
    actions.return_application(filing_id=returned.pk, opinion=MARCH, by=offices.community, at=REVIEWED)
    load_next("example-quarterly", valid_from=DECIDED.date(), replace=(NO_REVIEW, NO_REPORT))

    # what waits for a review is reviewed, what was returned begins again by the new steps, what was to be reported is reported
    passed = actions.pass_application(filing_id=waiting.pk, opinion="属实", by=offices.community, at=DECIDED)
    assert passed.state == FilingState.REVIEWED
    draft = replace(application(offices.county), name="东风社区书法社")
    again = actions.correct_application(filing_id=returned.pk, draft=draft, by=offices.community, at=DECIDED)
    assert again.state == FilingState.UNDECIDED
    decided = grant(offices, passed)
    assert decided.to_report is False
    offered = candidates(offices.county.town, policy_for(offices.county.town, FROZEN.date()))
    assert [one.filing for one in offered] == [reported]
