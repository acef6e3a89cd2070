from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import Cast, credit_code
from tests.organisations.factories import AT, ON, make_organisation
from tests.policies.factories import load_policy
from tests.workforce.factories import certify, make_worker, place
from wushe.indicators.queries import MEASURES, Facts, Figure, Standing, Status, standing_of, standings
from wushe.indicators.queries.standings import result_of
from wushe.kernel.errors import NotFound
from wushe.organisations.models import Kind, Organisation, PurposeClass
from wushe.regions.actions import name_pilot
from wushe.regions.models import Region


def file(cast: Cast, community: Region, purpose: PurposeClass = PurposeClass.SERVICE, *, on: date = ON - timedelta(days=30)) -> None:
    make_organisation(
        cast.reviewer, community, kind=Kind.COMMUNITY_ORGANISATION, purpose_class=purpose, uscc="", filed_on=on, registered_on=None
    )


def standing(cast: Cast, target: str) -> Standing:
    return standing_of(cast.county.county, ON, target)


def test_every_target_of_the_policy_has_a_standing(cast: Cast):
    assert len(standings(cast.county.county, ON)) == 20


def test_a_community_below_the_number_is_short_by_what_is_missing(cast: Cast):
    community = cast.county.communities[0]
    for _ in range(9):
        file(cast, community)
    result = next(each for each in standing(cast, "urban-organisations").results if each.place == community)
    assert (result.status, result.figure.numerator, result.gap) == (Status.SHORT, Decimal(9), Decimal(6))
    assert len(result.figure.rows) == 9


def test_organisations_count_from_the_day_on_which_they_were_filed(cast: Cast):
    community = cast.county.communities[0]
    file(cast, community, on=ON)
    counts = []
    for day in (ON - timedelta(days=1), ON):
        found = standing_of(cast.county.county, day, "urban-organisations")
        counts += [result.figure.numerator for result in found.results if result.place == community]
    assert counts == [Decimal(0), Decimal(1)]


def test_exactly_half_does_not_exceed_half(cast: Cast):
    community = cast.county.communities[0]
    for purpose in (PurposeClass.SERVICE, PurposeClass.CULTURE):
        file(cast, community, purpose)
    result = next(each for each in standing(cast, "service-share-community").results if each.place == community)
    assert (result.status, result.figure.value) == (Status.SHORT, Decimal("0.5"))


def test_the_pack_says_which_classes_count_and_whether_evidence_is_asked(cast: Cast):
    community = cast.county.communities[0]
    for evidence in ("章程第三条", ""):
        shown = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None, "purpose_evidence": evidence}
        make_organisation(cast.reviewer, community, filed_on=ON - timedelta(days=30), **shown)
    share = MEASURES["organisations_service_share"]
    figure = share([community], Facts(community, ON))[community.pk]
    assert (figure.value, figure.proven) == (1, (1, 1))
    lists = "codes:\n  organisation_purposes:\n    version: '9'\n    article: '二'\n    items:\n"
    lists += "      - {code: service, zh: 服务性, en: Service, extra: {counts_for_share: true, needs_evidence: true}}\n"
    load_policy(cast.county.county, replace=(("codes:\n", lists), ('version: "1.5.0"', 'version: "9.0.0"')))
    figure = share([community], Facts(community, ON))[community.pk]
    assert (figure.value, figure.proven) == (Decimal("0.5"), (1, 0))


def test_a_share_of_nothing_is_no_data_and_not_nought(cast: Cast):
    result = next(each for each in standing(cast, "service-share-community").results if each.place == cast.county.village)
    assert result.status == Status.NO_DATA


def test_a_pseudo_unit_does_not_count(cast: Cast):
    town = cast.county.other_town
    type(town).objects.filter(pk=town.pk).update(counts_for_coverage=False)
    places = {result.place for result in standing(cast, "town-station-area").results}
    assert town not in places


def test_a_target_without_facts_says_so(cast: Cast):
    found = standing(cast, "rollout-started")
    assert (found.has_facts, found.met, found.short) == (False, 0, 0)
    assert found.no_data == len(found.results)


def test_an_unknown_target_is_not_found(cast: Cast):
    with pytest.raises(NotFound):
        standing(cast, "no-such-target")


def test_pilot_places_are_counted_from_the_day_on_which_they_were_named(cast: Cast):
    county, street = cast.county.county, cast.county.town
    streets, villages = MEASURES["pilot_streets"], MEASURES["pilot_villages"]
    assert streets([county], Facts(county, ON)) == {}
    pilot = name_pilot(region_id=street.pk, name="联动试点", document="1号", since=ON, by=cast.reviewer, at=AT)
    assert streets([county], Facts(county, ON - timedelta(days=1))) == {}
    figure = streets([county], Facts(county, ON))[county.pk]
    assert (figure.value, [row.number for row in figure.rows]) == (1, [pilot.number])
    assert villages([county], Facts(county, ON))[county.pk].value == 0
    name_pilot(region_id=cast.county.village.pk, name="联动试点", document="1号", since=ON, by=cast.reviewer, at=AT)
    assert villages([county], Facts(county, ON))[county.pk].value == 1


def test_a_target_for_marked_places_means_no_others(cast: Cast):
    load_policy(cast.county.county, "shijiazhuang-2016")
    assert standing(cast, "village-posts").results == ()
    village = cast.county.village
    name_pilot(region_id=village.pk, name="有条件的村", document="名单", since=ON, mark="able_village", by=cast.reviewer, at=AT)
    assert [result.place for result in standing(cast, "village-posts").results] == [village]
    assert standing_of(cast.county.county, ON - timedelta(days=1), "village-posts").results == ()


def test_an_agency_counts_with_at_least_one_licensed_worker(cast: Cast):
    town, measure = cast.county.town, MEASURES["social_work_agencies"]
    assert measure([town], Facts(town, ON))[town.pk].value == 4
    Organisation.objects.filter(pk=cast.agencies[0].pk).update(professionals=0)
    figure = measure([town], Facts(town, ON))[town.pk]
    assert (figure.value, [row.number for row in figure.rows if not row.counted]) == (3, [cast.agencies[0].number])
    worker = make_worker(cast)
    certify(cast, worker)
    place(cast, worker, body=cast.agencies[0].body, position="project_worker", since=ON - timedelta(days=30))
    assert measure([town], Facts(town, ON))[town.pk].value == 4


def test_an_agency_that_is_only_filed_does_not_count(cast: Cast):
    town = cast.county.town
    filed = make_organisation(cast.reviewer, town, name="春晖社会工作服务队", uscc="", filed_on=ON - timedelta(days=30), registered_on=None)
    figure = MEASURES["social_work_agencies"]([town], Facts(town, ON))[town.pk]
    assert (figure.value, [row.number for row in figure.rows if not row.counted]) == (4, [filed.number])


def test_only_community_organisations_count_where_the_text_says_so(cast: Cast):
    load_policy(cast.county.county, "hubei-2021")
    community = cast.county.communities[0]
    for kind in ("community_organisation", "volunteer_team", "hub", "charity", "federation"):
        make_organisation(cast.reviewer, community, kind=kind, uscc="", filed_on=ON - timedelta(days=30), registered_on=None)
    make_organisation(cast.reviewer, community, uscc=credit_code(90))
    facts = Facts(community, ON)
    figure = MEASURES["community_organisations_per_community"]([community], facts)[community.pk]
    assert (figure.value, len(figure.rows)) == (2, 2)
    assert MEASURES["organisations_per_community"]([community], facts)[community.pk].value == 6


@pytest.mark.parametrize(
    ("target", "counted", "of", "expected"),
    [
        ("pilot-communities", 3, None, (1, None)),
        ("pilot-communities", 5, None, (None, 1)),
        ("service-share-county", 2, 4, (1, None)),
        ("county-station-area", 90, None, (10, None)),
    ],
)
def test_whoever_is_short_is_told_by_how_much(cast: Cast, target, counted, of, expected):
    asked = standing(cast, target).target
    figure = Figure(Decimal(counted), None if of is None else Decimal(of), ())
    result = result_of(asked, cast.county.county, figure)
    assert (result.status, result.gap, result.over) == (Status.SHORT, *expected)
