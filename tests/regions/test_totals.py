"""Mergers and splits lose nothing and move nothing in the past: checked on random trees, facts and changes."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.regions.factories import SINCE, make_region
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import now
from wushe.regions.actions import SplitDraft, merge_regions, split_region
from wushe.regions.models import Level, Region, Tenure
from wushe.regions.queries import subtree_ids_on

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2022, 3, 1), date(2023, 9, 1)
DAYS = (SINCE, FIRST - timedelta(days=1), FIRST, SECOND - timedelta(days=1), SECOND)
Facts = dict[int, list[tuple[date, int]]]


def plant(shape):
    """A county for each list; in it a town for each number; in it so many communities."""
    nation = make_region("0", "全国", Level.NATION, None)
    province = make_region("91", "青原省", Level.PROVINCE, nation)
    city = make_region("9103", "云川市", Level.CITY, province)
    leaves = []
    for c, towns in enumerate(shape, 1):
        county = make_region(f"9103{c:02d}", f"县{c}", Level.COUNTY, city)
        for t, communities in enumerate(towns, 1):
            town = make_region(f"9103{c:02d}{t:03d}", f"镇{c}{t}", Level.TOWN, county)
            leaves += [make_region(f"{town.code[:9]}{n:03d}", f"村{n}", Level.COMMUNITY, town) for n in range(1, communities + 1)]
    return leaves


def change(data, on, number):
    """Merge or split somewhere, wherever the tree allows it."""
    level = data.draw(st.sampled_from([Level.COUNTY, Level.TOWN, Level.COMMUNITY]))
    living = list(Region.objects.filter(level=level, valid_until__isnull=True).order_by("pk"))
    target = data.draw(st.sampled_from(living))
    sources = [region for region in living if region != target]
    if sources and data.draw(st.booleans()):
        chosen = data.draw(st.lists(st.sampled_from(sources), min_size=1, max_size=2, unique=True))
        merge_regions(source_ids=[region.pk for region in chosen], target_id=target.pk, on=on, by=SYSTEM, at=now())
        return
    children = list(target.children.filter(valid_until__isnull=True).order_by("pk"))
    if len(children) == 1:
        return
    size = data.draw(st.integers(1, len(children) - 1)) if children else 0
    draft = SplitDraft(code=f"99{number:010d}", name="新区", child_ids=tuple(child.pk for child in children[:size]))
    split_region(region_id=target.pk, draft=draft, on=on, by=SYSTEM, at=now())


def totals_on(day, facts: Facts):
    """By the query under test: all that happened until the day in what belonged to the region on the day."""
    regions = Region.objects.existing(day)
    return {
        region.pk: sum(value for pk in subtree_ids_on(region, day) for when, value in facts.get(pk, []) if when <= day)
        for region in regions
    }


def totals_by_hand(day, facts: Facts):
    """By climbing the dated tree from each fact."""
    above = {
        t.region_id: t.parent_id for t in Tenure.objects.all() if t.period.lower <= day and (t.period.upper is None or day < t.period.upper)
    }
    totals = defaultdict(int)
    for leaf, rows in facts.items():
        node = leaf
        while node is not None:
            totals[node] += sum(value for when, value in rows if when <= day)
            node = above.get(node)
    return {pk: totals[pk] for pk in Region.objects.existing(day).values_list("pk", flat=True)}


def totals_today(facts: Facts):
    """By the ancestors that each row repeats."""
    placed = {region.pk: region for region in Region.objects.filter(pk__in=facts)}
    totals = defaultdict(int)
    for leaf, rows in facts.items():
        for pk in (*placed[leaf].ancestor_ids, Region.objects.get(level=Level.NATION).pk):
            totals[pk] += sum(value for _, value in rows)
    return totals


@settings(max_examples=25, deadline=None)
@given(data=st.data(), shape=st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=3), min_size=1, max_size=2))
def test_totals_survive_mergers_and_splits(data, shape):
    with transaction.atomic():
        leaves = plant(shape)
        fact = st.tuples(st.dates(SINCE, SECOND), st.integers(0, 100))
        facts = {leaf.pk: data.draw(st.lists(fact, max_size=3)) for leaf in leaves}
        for number, on in enumerate((FIRST, SECOND), 1):
            past = {day: totals_on(day, facts) for day in DAYS if day < on}
            today = totals_today(facts)
            above = set(Region.objects.filter(level__lt=Level.COUNTY).values_list("pk", flat=True))
            change(data, on, number)
            assert {day: totals_on(day, facts) for day in past} == past
            after = totals_today(facts)
            assert {pk: after[pk] for pk in above} == {pk: today[pk] for pk in above}
            for day in DAYS:
                if day >= on:
                    break
                assert totals_by_hand(day, facts) == past[day]
        last = totals_on(SECOND, facts)
        assert last == totals_by_hand(SECOND, facts)
        living = Region.objects.filter(valid_until__isnull=True).values_list("pk", flat=True)
        assert {pk: after[pk] for pk in living} == last
        transaction.set_rollback(True)
