"""A dance group of twelve becomes a filed organisation and later a legal person; a street reports its year's filings."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import credit_code, moment
from tests.organisations.applications import CHARTER, NAMES, TAIL, application, make_offices, several
from wushe.audit.queries import verify_chain
from wushe.inbox.queries import todos_for
from wushe.organisations import actions
from wushe.organisations.actions import LineVerdict, MemberDraft, NewOrganisation, Profile, profile_of
from wushe.organisations.errors import ConditionsUnmet
from wushe.organisations.facts import living_organisations
from wushe.organisations.models import Kind, Organisation, PurposeClass
from wushe.organisations.queries import filing_by_certificate, judged_in, life_line, on_the_way, rates_of, registration_findings
from wushe.organisations.rules import missing, state_of
from wushe.organisations.states import FilingState, State
from wushe.policies.queries import policy_for

pytestmark = pytest.mark.django_db

PACK = "shijiazhuang-2016"


def lacks(organisation, on):
    policy = policy_for(organisation.region, on)
    return [condition.code for condition in missing(registration_findings(policy, organisation, on))]


def test_a_dance_group_of_twelve_becomes_a_filed_organisation_and_later_a_legal_person():
    offices = make_offices(PACK)
    place = offices.county.communities[0]

    # the street knows the group before it is anything in law
    profile = Profile(name="东风社区广场舞队", region=place, purpose_class=PurposeClass.CULTURE)
    new = NewOrganisation(profile, Kind.COMMUNITY_ORGANISATION, founded_on=date(2024, 5, 1))
    group = actions.register_organisation(draft=new, by=offices.head, at=moment(1, 5))
    assert state_of(group, date(2026, 1, 5)) == State.GROUP

    # the founder applies on the portal; without a charter the application does not go out
    with pytest.raises(ConditionsUnmet):
        actions.apply_for_filing(draft=application(offices.county, charter=""), at=moment(3, 2))
    receipt = actions.apply_for_filing(draft=application(offices.county), at=moment(3, 2))
    assert receipt.filing.members == 12

    # the residents' committee gives it back once, then passes it on
    opinion = "请写明经费怎样公开"
    actions.return_application(filing_id=receipt.filing.pk, opinion=opinion, by=offices.community, at=moment(3, 4))
    shown = actions.open_application(code=receipt.code, tail=TAIL, at=moment(3, 5))
    assert shown.acts.get(step="return_application").opinion == opinion
    better = application(offices.county, charter=f"{CHARTER}第四条 经费每半年公开一次。")
    actions.correct_own_application(code=receipt.code, tail=TAIL, draft=better, at=moment(3, 6))
    actions.pass_application(filing_id=shown.pk, opinion="属实", organisation=group, by=offices.community, at=moment(3, 9))

    # the street decides within its clock and gives the number
    assert todos_for(offices.head, moment(3, 9)).get().step == "decide_filing"
    filing = actions.grant_filing(filing_id=shown.pk, opinion="同意备案", by=offices.head, at=moment(3, 16))
    assert filing.certificate == "990326001-2026-0001"
    assert filing_by_certificate("990326001-2026-0001") == filing
    assert [act.step for act in filing.acts.order_by("at", "id")] == [
        *("apply_for_filing", "return_application", "correct_application", "pass_application", "grant_filing")
    ]
    assert living_organisations(date(2026, 3, 16)).get().state == State.FILED

    # what is missing to register shrinks as the group grows: the paper relaxes premises and the accountant, not the members
    group.refresh_from_db()
    assert lacks(group, date(2026, 3, 16)) == ["members", "accountant", "funds"]
    grown = replace(profile_of(group), members=50, funds=Decimal(30_000), accountant_certificate="会0001")
    told = {"amended_on": date(2027, 5, 1), "what": "会员增至五十人", "document": "会员大会决议", "at": moment(5, 8, year=2027)}
    actions.amend_organisation(organisation=group, profile=grown, by=offices.head, **told)
    group.refresh_from_db()
    assert lacks(group, date(2027, 5, 8)) == []

    # the county records the act of the registration authority; it is one record for the whole life
    registered = {"registered_on": date(2027, 6, 1), "uscc": credit_code(31), "document": "登记证书"}
    actions.record_registration(organisation=group, by=offices.reviewer, at=moment(6, 3, year=2027), **registered)
    group.refresh_from_db()
    assert [one.kind for one in life_line(group, date(2027, 6, 3))] == ["founded", "preparing", "filed", "amended", "registered"]
    assert (Organisation.objects.count(), state_of(group, date(2027, 6, 3))) == (1, State.REGISTERED)


def test_a_volunteer_team_grows_into_a_filed_community_organisation():
    offices = make_offices(PACK)
    place, founded = offices.county.communities[0], date(2024, 5, 1)
    profile = Profile(name="银龄志愿服务队", region=place, purpose_class=PurposeClass.PUBLIC_BENEFIT)
    new = NewOrganisation(profile, "volunteer_team", founded_on=founded)
    team = actions.register_organisation(draft=new, by=offices.head, at=moment(1, 5))

    # the community sees it among those that could be filed; no rate counts a team
    assert [one.organisation for one in on_the_way(place, date(2026, 1, 5))] == [team]
    assert not judged_in([place], date(2026, 1, 5)).exists()

    draft = application(offices.county, name="银龄志愿服务队", purpose_class=PurposeClass.PUBLIC_BENEFIT)
    filing = actions.apply_for_filing(draft=draft, at=moment(3, 2)).filing
    actions.pass_application(filing_id=filing.pk, opinion="属实", organisation=team, by=offices.community, at=moment(3, 9))
    actions.grant_filing(filing_id=filing.pk, opinion="同意备案", by=offices.head, at=moment(3, 16))

    # filed it is a community organisation and counts; that it was a team of volunteers stays known
    team.refresh_from_db()
    assert (team.kind, team.grown_from) == (Kind.COMMUNITY_ORGANISATION, "volunteer_team")
    assert [(one.kind, one.note) for one in life_line(team, date(2026, 3, 16))] == [
        *(("founded", ""), ("preparing", ""), ("filed", ""), ("grown", "volunteer_team"))
    ]
    (place_rates, *_) = rates_of(place, date(2026, 3, 16))
    assert (place_rates.unfit, place_rates.filed) == (1, 1)  # twelve members are too few to register
    assert on_the_way(place, date(2026, 3, 16)) == []


def test_a_street_reports_its_year_and_two_lines_come_back():
    offices = make_offices(PACK)
    filings = several(offices, *NAMES[:5])
    due = todos_for(offices.head, moment(12, 1)).get()
    assert (due.step, due.due_at.date()) == ("freeze_batch", date(2026, 12, 31))

    ids = [filing.pk for filing in filings]
    batch = actions.freeze_batch(town=offices.county.town, filing_ids=ids, by=offices.head, at=moment(12, 20))
    verdicts = [LineVerdict(position, position not in {2, 4}, "章程缺少负责人的产生办法") for position in range(1, 6)]
    received = actions.receive_batch(batch_id=batch.pk, verdicts=verdicts, by=offices.reviewer, at=moment(12, 28))
    assert [line.outcome for line in batch.lines.order_by("position")] == ["accepted", "returned", "accepted", "returned", "accepted"]
    assert received.receipt == "receipt-990326-2026-000001"
    steps = [todo.step for todo in todos_for(offices.head, moment(12, 28))]
    assert sorted(steps) == ["freeze_batch", "mend_filing", "mend_filing"]

    # the filings hold all the while; the street mends the two and reports them in a batch of their own
    later = moment(12, 30)
    for order, filing in enumerate((filings[1], filings[3])):
        head = MemberDraft(f"新队长{order}", f"1370013{order:04d}", is_sponsor=True)
        draft = application(offices.county, name=filing.name, charter=f"{CHARTER}第四条 队长每年推选。", head=head)
        actions.mend_filing(filing_id=filing.pk, draft=draft, by=offices.head, at=later)
    again = actions.freeze_batch(town=offices.county.town, filing_ids=[filings[1].pk, filings[3].pk], by=offices.head, at=later)
    done = [LineVerdict(1, accepted=True), LineVerdict(2, accepted=True)]
    actions.receive_batch(batch_id=again.pk, verdicts=done, by=offices.reviewer, at=later + timedelta(days=5))
    for filing in filings:
        filing.refresh_from_db()
    assert {filing.state for filing in filings} == {FilingState.GRANTED}
    for person in (offices.community, offices.head, offices.reviewer):
        assert list(todos_for(person, later + timedelta(days=5))) == []


@pytest.mark.django_db(transaction=True)
def test_the_filing_is_one_unbroken_chain_in_the_audit():
    offices = make_offices(PACK)
    batch = actions.freeze_batch(
        town=offices.county.town, filing_ids=[one.pk for one in several(offices, *NAMES[:2])], by=offices.head, at=moment(12, 20)
    )
    verdicts = [LineVerdict(1, accepted=True), LineVerdict(2, accepted=True)]
    actions.receive_batch(batch_id=batch.pk, verdicts=verdicts, by=offices.reviewer, at=moment(12, 28))
    assert verify_chain().sound
