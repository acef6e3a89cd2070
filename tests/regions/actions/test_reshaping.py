from datetime import date

import pytest

from tests.regions.factories import make_region, plant_county
from wushe.audit.queries import entries_of
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import now
from wushe.regions.actions import SplitDraft, merge_regions, split_region
from wushe.regions.errors import (
    ChangeInFuture,
    ChangeTooEarly,
    CodeMalformed,
    CodeTaken,
    LevelsDiffer,
    MergedIntoItself,
    NotItsChildren,
    SplitLeavesNothing,
    UnknownPlace,
)
from wushe.regions.models import Level, Region
from wushe.regions.queries import ancestors_on, children_on, parent_on, region_by_code, subtree_ids_on

pytestmark = pytest.mark.django_db
ON, BEFORE = date(2024, 7, 1), date(2024, 6, 30)


def merge(sources, target, on=ON):
    return merge_regions(source_ids=[source.pk for source in sources], target_id=target.pk, on=on, by=SYSTEM, at=now())


def split(region, children=(), code="990326002000", name="新桥街道", on=ON):
    draft = SplitDraft(code=code, name=name, child_ids=tuple(child.pk for child in children))
    return split_region(region_id=region.pk, draft=draft, on=on, by=SYSTEM, at=now())


def test_a_merged_town_ends_and_its_children_go_to_the_successor():
    place = plant_county()
    merge([place.other_town], place.town)
    place.village.refresh_from_db()
    place.other_town.refresh_from_db()
    assert (place.other_town.valid_until, place.other_town.successor) == (ON, place.town)
    assert (place.village.parent, place.village.town) == (place.town, place.town)
    assert place.village.full_name == "青原省云川市平湖县明德街道柳树村"
    assert region_by_code(place.other_town.code) is None


def test_the_tree_of_a_day_before_a_merger_stays_as_it_was():
    place = plant_county()
    merge([place.other_town], place.town)
    assert list(children_on(place.county, BEFORE)) == [place.town, place.other_town]
    assert list(children_on(place.county, ON)) == [place.town]
    assert (parent_on(place.village, BEFORE), parent_on(place.village, ON)) == (place.other_town, place.town)
    assert ancestors_on(place.village, BEFORE) == [place.nation, place.province, place.city, place.county, place.other_town]


def test_what_was_counted_in_a_merged_region_is_counted_in_its_successor():
    place = plant_county()
    first, second, third, _ = place.communities
    merge([first], second)
    merge([second], third)
    assert {first.pk, second.pk, third.pk} <= set(subtree_ids_on(third, ON.replace(day=2)))
    assert set(Region.objects.under(third)) == {first, second, third}
    assert first.pk in subtree_ids_on(first, BEFORE)
    assert second.pk not in subtree_ids_on(third, BEFORE)


def test_a_merger_is_recorded_for_source_and_target():
    place = plant_county()
    merge([place.other_town], place.town)
    assert entries_of("region", place.other_town.code).get().data == {"on": "2024-07-01", "into": place.town.code}
    assert entries_of("region", place.town.code).get().data == {"on": "2024-07-01", "took_in": [place.other_town.code]}


def test_a_split_makes_a_region_with_the_chosen_children():
    place = plant_county()
    first, second, *rest = place.communities
    new = split(place.town, [first, second])
    assert (new.full_name, new.initials, new.valid_from) == ("青原省云川市平湖县新桥街道", "xqjd", ON)
    assert list(children_on(new, ON)) == [first, second]
    assert list(children_on(place.town, ON)) == rest
    assert list(children_on(place.town, BEFORE)) == list(place.communities)
    assert set(Region.objects.under(new)) == {new, first, second}
    assert entries_of("region", new.code).get().data == {"on": "2024-07-01", "out_of": place.town.code}


def test_a_community_is_split_without_children():
    place = plant_county()
    new = split(place.communities[0], code="990326001005", name="东苑社区")
    assert (new.parent, new.settlement, new.community) == (place.town, place.communities[0].settlement, new)


def test_refused_mergers_change_nothing():
    place = plant_county()
    with pytest.raises(MergedIntoItself):
        merge([place.town, place.other_town], place.town)
    with pytest.raises(LevelsDiffer):
        merge([place.village], place.town)
    with pytest.raises(ChangeInFuture):
        merge([place.other_town], place.town, on=date(9999, 1, 1))
    with pytest.raises(ChangeTooEarly):
        merge([place.other_town], place.town, on=date(2020, 1, 1))
    with pytest.raises(UnknownPlace):
        merge_regions(source_ids=[0], target_id=place.town.pk, on=ON, by=SYSTEM, at=now())
    assert not Region.objects.filter(valid_until__isnull=False).exists()


def test_a_region_that_ended_is_merged_no_second_time():
    place = plant_county()
    merge([place.other_town], place.town)
    with pytest.raises(UnknownPlace):
        merge([place.other_town], place.town, on=date(2025, 1, 1))


def test_history_is_changed_at_its_end_only():
    place = plant_county()
    merge([place.other_town], place.town)
    with pytest.raises(ChangeTooEarly):
        split(place.town, [place.village], on=BEFORE)


def test_refused_splits_make_nothing():
    place = plant_county()
    count = Region.objects.count()
    with pytest.raises(NotItsChildren):
        split(place.town, [place.village])
    with pytest.raises(SplitLeavesNothing):
        split(place.town, place.communities)
    with pytest.raises(SplitLeavesNothing):
        split(place.town, [])
    with pytest.raises(CodeMalformed):
        split(place.town, place.communities[:1], code="9903")
    with pytest.raises(CodeTaken):
        split(place.town, place.communities[:1], code=place.other_town.code)
    assert Region.objects.count() == count


def test_an_artificial_level_stays_out_of_the_path_after_a_merger():
    place = plant_county()
    hidden = make_region("9990", "直辖", Level.CITY, place.province, is_artificial=True)
    county = make_region("999001", "独山市", Level.COUNTY, hidden)
    other = make_region("999002", "双溪市", Level.COUNTY, hidden)
    town = make_region("999002001", "溪口镇", Level.TOWN, other)
    merge([other], county)
    town.refresh_from_db()
    assert town.full_name == "青原省独山市溪口镇"
