from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.accounts.factories import make_holder
from tests.organisations.factories import AT, ON, OTHER_USCC, draft, make_organisation
from tests.regions.factories import plant_county
from wushe.organisations.actions import NewSanction, deregister_organisation, record_sanction, register_organisation
from wushe.organisations.facts import living_organisations
from wushe.organisations.models import Kind, Organisation
from wushe.organisations.queries import Check, Condition, organisations_in, qualification_of, qualified_agencies

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return plant_county()


@pytest.fixture
def clerk(place):
    return make_holder("county_station", region=place.county)


def unmet(organisation, on=ON, minimum=2):
    return [check.condition for check in qualification_of(organisation, on, minimum) if not check.met]


def test_a_registered_agency_with_enough_social_workers_qualifies(place, clerk):
    agency = make_organisation(clerk, place.town)
    (found,) = qualified_agencies(place.county, ON, 3)
    assert (found, found.state) == (agency, "registered")
    assert unmet(agency, minimum=3) == []
    assert list(qualified_agencies(place.other_town, ON, 3)) == []


def test_each_missing_condition_bars_and_is_named(place, clerk):
    agency = make_organisation(clerk, place.town)
    assert unmet(agency, minimum=4) == [Condition.HAS_PROFESSIONALS]
    assert qualification_of(agency, ON, 4)[2] == Check(Condition.HAS_PROFESSIONALS, met=False, found=3, wanted=4)
    assert unmet(agency, on=date(2021, 5, 31)) == [Condition.IS_REGISTERED, Condition.HAS_PROFESSIONALS]
    assert unmet(agency, on=date(2019, 1, 1)) == [Condition.IS_REGISTERED, Condition.HAS_PROFESSIONALS]
    record_sanction(organisation=agency, draft=NewSanction(since=ON, reason="虚报", document="3号"), by=clerk, at=AT)
    assert unmet(agency) == [Condition.IS_UNSANCTIONED]
    federation = make_organisation(clerk, place.town, kind=Kind.FEDERATION, uscc=OTHER_USCC)
    assert unmet(federation) == [Condition.IS_AGENCY]
    assert list(qualified_agencies(place.county, ON, 1)) == []
    assert list(qualified_agencies(place.county, ON - timedelta(days=1), 1)) == [agency]


def test_a_party_organisation_is_asked_for_only_where_the_place_asks_and_a_paper_shows_it(place, clerk):
    agency = make_organisation(clerk, place.town)
    assert list(qualified_agencies(place.county, ON, 1)) == [agency]
    for known in ({"party_organisation": False}, {"party_organisation": True}, {"party_organisation": True, "party_evidence": "批复3号"}):
        Organisation.objects.filter(pk=agency.pk).update(**known)
        agency.refresh_from_db()
        met = "party_evidence" in known
        assert (agency in qualified_agencies(place.county, ON, 1, party_organisation=True)) == met
        assert qualification_of(agency, ON, 1, party_organisation=True)[-1] == Check(Condition.HAS_PARTY_ORGANISATION, met=met)
    assert unmet(agency) == []


def test_an_unknown_number_of_social_workers_is_not_nought_but_does_not_qualify(place, clerk):
    unknown = {"professionals": None, "professionals_as_of": None, "professionals_evidence": ""}
    agency = make_organisation(clerk, place.town, **unknown)
    assert qualification_of(agency, ON, 0)[2] == Check(Condition.HAS_PROFESSIONALS, met=False, found=None, wanted=0)
    assert list(qualified_agencies(place.county, ON, 0)) == []


def test_list_and_conditions_agree(place, clerk):
    agency = make_organisation(clerk, place.town)
    deregister_organisation(organisation=agency, deregistered_on=date(2026, 2, 1), reason="解散", by=clerk, at=AT)
    agency.refresh_from_db()
    for on in (date(2019, 1, 1), date(2021, 6, 1), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)):
        assert (agency in qualified_agencies(place.county, on, 1)) == (unmet(agency, on, 1) == [])


def test_organisations_of_a_region_and_their_facts_on_the_day(place, clerk, django_assert_num_queries):
    agency = make_organisation(clerk, place.town)
    group = register_organisation(
        draft=replace(draft(place.village, kind="charity", name="柳树互助队", uscc=""), registered_on=None, founded_on=ON), by=clerk, at=AT
    )
    assert list(organisations_in(place.county, ON)) == [agency, group]
    assert list(organisations_in(place.other_town, ON)) == [group]
    with django_assert_num_queries(1):
        rows = living_organisations(ON).order_by("pk").values_list("region_id", "settlement", "kind", "state", "purpose_class")
        assert list(rows) == [
            (place.town.pk, "", "agency", "registered", "service"),
            (place.village.pk, "rural", "charity", "group", "service"),
        ]
    assert list(living_organisations(ON - timedelta(days=1))) == [agency]
