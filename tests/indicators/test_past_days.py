"""The board of a past day counts the places as they stood that day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.organisations.factories import ON, make_organisation
from wushe.indicators.queries import MEASURES, Facts, standing_of
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import now
from wushe.organisations.models import Kind
from wushe.regions.actions import SplitDraft, merge_regions, set_coverage, set_settlement, split_region
from wushe.regions.models import Region, Settlement

CHANGED = ON - timedelta(days=10)
BEFORE = CHANGED - timedelta(days=1)


def places(cast: Cast, target: str, on: date) -> list[Region]:
    return [result.place for result in standing_of(cast.county.county, on, target).results]


def test_a_community_counts_as_what_it_was_on_the_day(cast: Cast):
    community = cast.county.communities[0]
    set_settlement(region_id=community.pk, settlement=Settlement.RURAL, on=CHANGED, by=SYSTEM, at=now())
    met = [(community in places(cast, f"{kind}-organisations", day)) for day in (BEFORE, CHANGED) for kind in ("urban", "rural")]
    assert met == [True, False, False, True]


def test_a_place_taken_out_counted_until_then(cast: Cast):
    community = cast.county.communities[0]
    set_coverage(region_id=community.pk, counts=False, on=CHANGED, by=SYSTEM, at=now())
    assert [community in places(cast, "community-room-area", day) for day in (BEFORE, CHANGED)] == [True, False]


def merge(source: Region, target: Region) -> None:
    merge_regions(source_ids=[source.pk], target_id=target.pk, on=CHANGED, by=SYSTEM, at=now())


def count(region: Region, on: date) -> int:
    return int(MEASURES["organisations_per_community"]([region], Facts(region, on))[region.pk].numerator)


def test_a_merged_town_had_its_own_organisations_until_the_merger(cast: Cast):
    county = cast.county
    make_organisation(cast.reviewer, county.village, kind=Kind.COMMUNITY_ORGANISATION, uscc="", filed_on=BEFORE, registered_on=None)
    merge(county.other_town, county.town)
    assert [county.other_town in places(cast, "town-station-area", day) for day in (BEFORE, CHANGED)] == [True, False]
    assert (count(county.other_town, BEFORE), count(county.town, BEFORE), count(county.town, CHANGED)) == (1, 4, 5)


def test_a_merged_town_had_its_own_rate_until_the_merger(cast: Cast):
    county = cast.county
    make_organisation(
        cast.reviewer, county.village, kind=Kind.COMMUNITY_ORGANISATION, uscc="", members=3, filed_on=BEFORE, registered_on=None
    )
    merge(county.other_town, county.town)
    rates = [
        MEASURES["unfit_organisations_filed"]([region], Facts(region, day))[region.pk].denominator
        for region, day in ((county.other_town, BEFORE), (county.town, BEFORE), (county.town, CHANGED))
    ]
    assert (rates[0], rates[2] - rates[1]) == (1, 1)


def test_a_village_stands_beside_the_town_of_the_day(cast: Cast):
    merge(cast.county.other_town, cast.county.town)
    towns = [
        next(place.town for place in Facts(cast.county.county, day).places if place == cast.county.village) for day in (BEFORE, CHANGED)
    ]
    assert towns == [cast.county.other_town, cast.county.town]


def test_what_was_split_off_was_part_of_the_old_town_before(cast: Cast):
    county, moved = cast.county, cast.county.communities[0]
    make_organisation(cast.reviewer, moved, kind=Kind.COMMUNITY_ORGANISATION, uscc="", filed_on=BEFORE, registered_on=None)
    draft = SplitDraft(code="990326002000", name="新桥街道", child_ids=(moved.pk,))
    new = split_region(region_id=county.town.pk, draft=draft, on=CHANGED, by=SYSTEM, at=now())
    assert (count(county.town, BEFORE), count(county.town, CHANGED), count(new, CHANGED)) == (5, 4, 1)


@pytest.mark.parametrize("moved", [1, 3])
def test_a_board_asks_no_more_queries_the_more_places_moved(cast: Cast, moved: int):
    for community in cast.county.communities[:moved]:
        set_settlement(region_id=community.pk, settlement=Settlement.RURAL, on=CHANGED, by=SYSTEM, at=now())
        merge(community, cast.county.communities[3])
    standing_of(cast.county.county, BEFORE, "rural-organisations")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        standing_of(cast.county.county, BEFORE, "rural-organisations")
    assert len(asked) == 8
