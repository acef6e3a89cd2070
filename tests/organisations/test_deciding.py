import threading
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection

from tests.organisations.applications import APPLIED, COUNTY_DECIDES, DECIDED, MARCH, REVIEWED, applied, granted, make_offices, passed
from tests.organisations.factories import USCC, make_organisation, profile
from wushe.accounts.models import Post
from wushe.audit.models import Entry
from wushe.inbox.queries import notices_for, todos_for
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, NotPermitted, StepNotAllowed
from wushe.organisations import actions
from wushe.organisations.actions import AccountantDraft
from wushe.organisations.errors import (
    ConditionsUnmet,
    NothingToRenew,
    OrganisationElsewhere,
    OrganisationPastFiling,
    PartyMembersTooMany,
    RenewalTooEarly,
)
from wushe.organisations.models import Filing, Kind, Organisation
from wushe.organisations.queries import life_line, registration_findings
from wushe.organisations.rules import after_years, report_until, state_of
from wushe.organisations.states import FilingState, State
from wushe.policies.errors import UnknownCode
from wushe.policies.queries import policy_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices():
    return make_offices()


def group(offices, **other):
    new = {"uscc": "", "name": "东风社区广场舞队", "kind": Kind.COMMUNITY_ORGANISATION, "registered_on": None} | other
    return make_organisation(offices.reviewer, new.pop("region", offices.county.communities[0]), **new)


def test_the_community_passes_on_with_its_opinion_and_a_record_begins(offices):
    filing = passed(offices)
    organisation = filing.organisation
    assert (filing.state, filing.reviewed_by) == (FilingState.REVIEWED, offices.community)
    assert (organisation.name, organisation.members, state_of(organisation, REVIEWED.date())) == ("东风社区广场舞队", 12, State.PREPARING)
    todo = todos_for(offices.head, REVIEWED).get()
    assert (todo.step, todo.due_at.date()) == ("decide_filing", date(2026, 3, 18))
    act = filing.acts.get(step="pass_application")
    assert (act.by, act.opinion, act.since, act.at) == (offices.community, "情况属实，同意上报", APPLIED, REVIEWED)


def test_a_group_on_record_goes_on_under_its_number(offices):
    known = group(offices)
    filing = applied(offices).filing
    actions.pass_application(filing_id=filing.pk, opinion="同意", organisation=known, by=offices.community, at=REVIEWED)
    known.refresh_from_db()
    assert (Organisation.objects.count(), known.preparing_on) == (1, REVIEWED.date())


def test_a_record_elsewhere_or_of_a_legal_person_is_not_taken(offices):
    filing = applied(offices).filing
    for known in (group(offices, region=offices.county.village), group(offices, name="登记的", uscc=USCC, registered_on=date(2024, 1, 1))):
        with pytest.raises(OrganisationElsewhere):
            actions.pass_application(filing_id=filing.pk, opinion="同意", organisation=known, by=offices.community, at=REVIEWED)


def test_nobody_passes_or_returns_without_an_opinion_or_elsewhere(offices):
    filing = applied(offices).filing
    for act in (actions.pass_application, actions.return_application):
        with pytest.raises(FieldRequired):
            act(filing_id=filing.pk, opinion=" ", by=offices.community, at=REVIEWED)
        with pytest.raises(NotPermitted):
            act(filing_id=filing.pk, opinion="同意", by=offices.head, at=REVIEWED)


def test_what_was_returned_is_not_decided(offices):
    filing = applied(offices).filing
    actions.return_application(filing_id=filing.pk, opinion=MARCH, by=offices.community, at=REVIEWED)
    for act, who in ((actions.grant_filing, offices.head), (actions.pass_application, offices.community)):
        with pytest.raises(StepNotAllowed):
            act(filing_id=filing.pk, opinion="同意", by=who, at=DECIDED)


def test_the_town_files_with_a_number(offices):
    filing = granted(offices)
    organisation = Organisation.objects.get()
    assert (filing.state, filing.certificate, filing.granted_on, filing.valid_until) == (
        FilingState.GRANTED,
        "990326001-2026-0001",
        DECIDED.date(),
        None,
    )
    assert (organisation.filed_on, organisation.filed_until, state_of(organisation, DECIDED.date())) == (DECIDED.date(), None, State.FILED)
    assert [moment.document for moment in life_line(organisation, DECIDED.date()) if moment.kind == "filed"] == ["990326001-2026-0001"]
    todo = todos_for(offices.head, DECIDED).get()
    assert (todo.step, todo.subject, todo.due_at.date()) == ("freeze_batch", offices.county.town.code, date(2026, 12, 31))
    assert [notice.verb for notice in notices_for(offices.community)] == ["organisations.filing_granted"]
    assert Entry.objects.filter(subject=filing.number).count() == 3


def test_what_the_application_says_goes_into_the_register(offices):
    told = {"client_groups": ("elderly", "women"), "scheme_category": "culture", "party_members": 3, "party_organisation": True}
    organisation = granted(offices, **told).organisation
    organisation.refresh_from_db()
    assert (organisation.client_groups, organisation.scheme_category) == (["elderly", "women"], "culture")
    assert (organisation.party_members, organisation.party_organisation) == (3, True)
    for error, change in (
        (UnknownCode, {"client_groups": ("cats",)}),
        (UnknownCode, {"scheme_category": "x"}),
        (PartyMembersTooMany, {"party_members": 13}),
    ):
        with pytest.raises(error):
            applied(offices, name="书法社", submission=UUID(int=99), **change)


def test_an_accountant_on_record_is_not_replaced_by_an_application(offices):
    filing = passed(offices, accountant_certificate="会9999")
    draft = AccountantDraft("会0001", "周会计", "会计师", since=filing.founded_on)
    actions.appoint_accountant(organisation=filing.organisation, draft=draft, by=offices.head, at=REVIEWED)
    actions.grant_filing(filing_id=filing.pk, opinion="同意备案", by=offices.head, at=DECIDED)
    filing.organisation.refresh_from_db()
    assert filing.organisation.accountant_certificate == "会0001"


def test_who_reviewed_does_not_decide(offices):
    filing = passed(offices)
    Post.objects.create(user=offices.community, role="town_station_head", region=offices.county.town, since=date(2021, 1, 1))
    offices.community.known_posts = None
    for act in (actions.grant_filing, actions.refuse_filing):
        with pytest.raises(CheckerIsMaker):
            act(filing_id=filing.pk, opinion="同意", by=offices.community, at=DECIDED)


def test_the_town_refuses_in_writing(offices):
    filing = passed(offices)
    with pytest.raises(FieldRequired):
        actions.refuse_filing(filing_id=filing.pk, opinion="", by=offices.head, at=DECIDED)
    with pytest.raises(NotPermitted):
        actions.refuse_filing(filing_id=filing.pk, opinion="不符合", by=offices.stranger, at=DECIDED)
    refused = actions.refuse_filing(filing_id=filing.pk, opinion="活动场所不属于本社区", by=offices.head, at=DECIDED)
    assert (refused.state, refused.certificate) == (FilingState.REFUSED, "")
    assert state_of(Organisation.objects.get(), DECIDED.date()) == State.PREPARING


def test_conditions_are_checked_again_on_the_day_of_the_decision(offices):
    filing = passed(offices)
    Filing.objects.filter(pk=filing.pk).update(premises="")
    with pytest.raises(ConditionsUnmet):
        actions.grant_filing(filing_id=filing.pk, opinion="同意", by=offices.head, at=DECIDED)


@pytest.mark.parametrize("verb", ["registered", "struck off"])
def test_an_application_is_over_when_its_organisation_is_registered_or_struck_off(offices, verb):
    filing = passed(offices)
    by_county = {"organisation": filing.organisation, "by": offices.reviewer, "at": DECIDED}
    if verb == "registered":
        actions.record_registration(**by_county, registered_on=date(2026, 3, 9), uscc=USCC)
    else:
        actions.deregister_organisation(**by_county, deregistered_on=date(2026, 3, 9), reason="解散")
    filing.refresh_from_db()
    assert (filing.state, filing.due_at, todos_for(offices.head, DECIDED).count()) == (FilingState.OVERTAKEN, None, 0)
    with pytest.raises(StepNotAllowed):
        actions.grant_filing(filing_id=filing.pk, opinion="同意", by=offices.head, at=DECIDED)


@pytest.mark.django_db(transaction=True)
def test_a_grant_and_a_registration_at_once_follow_one_another():
    offices = make_offices()
    filing = passed(offices)
    barrier, refusals = threading.Barrier(2), []

    def take(step):
        try:
            barrier.wait(5)
            step()
        except StepNotAllowed as error:
            refusals.append(error.step)
        finally:
            connection.close()

    steps = (
        lambda: actions.grant_filing(filing_id=filing.pk, opinion="同意备案", by=offices.head, at=DECIDED),
        lambda: actions.record_registration(
            organisation=filing.organisation, registered_on=DECIDED.date(), uscc=USCC, by=offices.reviewer, at=DECIDED
        ),
    )
    threads = [threading.Thread(target=take, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    filing.refresh_from_db()
    organisation = Organisation.objects.get()
    assert organisation.registered_on == DECIDED.date()
    if refusals:
        assert (refusals, filing.state, organisation.filed_on) == (["grant_filing"], FilingState.OVERTAKEN, None)
    else:
        assert (filing.state, organisation.filed_on) == (FilingState.GRANTED, DECIDED.date())


def test_an_application_that_was_left_open_is_not_granted_to_a_legal_person(offices):
    filing = passed(offices)
    Organisation.objects.update(registered_on=date(2026, 3, 9), uscc=USCC)
    with pytest.raises(OrganisationPastFiling):
        actions.grant_filing(filing_id=filing.pk, opinion="同意", by=offices.head, at=DECIDED)


def test_another_pack_another_rule():
    offices = make_offices("example-quarterly")
    filing = passed(offices, field="culture_sport")
    assert filing.due_at.date() == date(2026, 3, 13)
    filing = actions.grant_filing(filing_id=filing.pk, opinion="同意备案", by=offices.head, at=DECIDED)
    organisation = Organisation.objects.get()
    assert filing.valid_until == date(2029, 3, 10)
    assert todos_for(offices.head, DECIDED).get().due_at.date() == date(2026, 3, 20)
    states = [state_of(organisation, day) for day in (date(2029, 3, 9), date(2029, 3, 10))]
    assert states == [State.FILED, State.LAPSED]
    assert [Organisation.objects.with_state(day).get().state for day in (date(2029, 3, 9), date(2029, 3, 10))] == states
    with pytest.raises(ConditionsUnmet):
        applied(offices, roster=(), name="一人队")


def test_a_filing_is_renewed_in_the_days_before_its_end():
    offices = make_offices("example-quarterly")
    organisation = granted(offices).organisation
    early = DECIDED.replace(year=2029, month=2, day=20)
    with pytest.raises(RenewalTooEarly) as refused:
        actions.renew_filing(organisation=organisation, document="", by=offices.head, at=early)
    assert refused.value.opens_on == date(2029, 2, 23)
    with pytest.raises(NotPermitted):
        actions.renew_filing(organisation=organisation, document="", by=offices.stranger, at=early + timedelta(days=10))
    renewed = actions.renew_filing(organisation=organisation, document="续1", by=offices.head, at=early + timedelta(days=10))
    assert (renewed.filed_until, Filing.objects.get().valid_until) == (date(2032, 3, 10), date(2032, 3, 10))
    lapsed = DECIDED.replace(year=2033)
    assert [one.kind for one in life_line(renewed, lapsed.date())] == ["founded", "preparing", "filed", "renewed", "lapsed"]
    late = actions.renew_filing(organisation=organisation, document="续2", by=offices.head, at=lapsed)
    assert late.filed_until == date(2036, 3, 10)


def test_a_filing_without_an_end_is_not_renewed(offices):
    with pytest.raises(NothingToRenew):
        actions.renew_filing(organisation=granted(offices).organisation, document="", by=offices.head, at=DECIDED)


def test_the_county_has_the_last_word_where_the_policy_says_so():
    offices = make_offices("example-quarterly", replace=COUNTY_DECIDES)
    filing = granted(offices)
    assert (filing.state, filing.certificate, filing.granted_on) == (FilingState.REPORTED, "990326001-2026-0001", None)
    assert state_of(Organisation.objects.get(), DECIDED.date()) == State.PREPARING


def test_the_register_says_what_is_missing_to_register(offices):
    organisation = granted(offices).organisation
    organisation.refresh_from_db()
    found = registration_findings(policy_for(offices.county.town, DECIDED.date()), organisation, DECIDED.date())
    assert {finding.rule.code: finding.met for finding in found} == {
        "members": False,
        "charter": True,
        "organ": True,
        "premises": True,
        "staff": False,
        "funds": False,
        "liability": None,
    }
    assert [(finding.found, finding.rule.wanted.value) for finding in found if finding.rule.code == "members"] == [(12, 50)]


def test_an_amendment_is_a_step_of_the_life(offices):
    organisation = granted(offices).organisation
    new = profile(
        offices.county.communities[0], name="东风艺术团", uscc="", professionals=None, professionals_as_of=None, professionals_evidence=""
    )
    arguments = {"organisation": organisation, "profile": new, "amended_on": DECIDED.date(), "document": "决议1", "at": DECIDED}
    with pytest.raises(FieldRequired):
        actions.amend_organisation(**arguments, what=" ", by=offices.head)
    with pytest.raises(NotPermitted):
        actions.amend_organisation(**arguments, what="更名", by=offices.stranger)
    amended = actions.amend_organisation(**arguments, what="更名", by=offices.head)
    moment = life_line(amended, DECIDED.date())[-1]
    assert (amended.name, amended.body.name, moment.kind, moment.note) == ("东风艺术团", "东风艺术团", "amended", "更名")
    actions.deregister_organisation(
        organisation=amended, deregistered_on=date(2026, 3, 11), reason="解散", by=offices.head, at=DECIDED + timedelta(days=2)
    )
    with pytest.raises(StepNotAllowed):
        actions.amend_organisation(**arguments, what="再更名", by=offices.head)


@pytest.mark.parametrize(
    ("on", "months", "day", "until"),
    [
        (date(2026, 3, 20), [3, 6, 9, 12], 20, date(2026, 3, 20)),
        (date(2026, 3, 21), [3, 6, 9, 12], 20, date(2026, 6, 20)),
        (date(2026, 12, 21), [12], 20, date(2027, 12, 20)),
        (date(2026, 2, 1), [2], 31, date(2026, 2, 28)),
    ],
)
def test_a_report_ends_on_the_day_of_its_month(on, months, day, until):
    assert report_until(on, months, day) == until


def test_years_pass_over_a_leap_day():
    assert [after_years(day, 3) for day in (date(2024, 2, 29), date(2026, 3, 10))] == [date(2027, 3, 1), date(2029, 3, 10)]
