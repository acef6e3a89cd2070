from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.policies.factories import load_policy
from tests.workforce.factories import AT, ON, certify, make_posts, make_worker, place, post
from wushe.accounts.queries import Scope
from wushe.kernel.actors import SYSTEM
from wushe.policies.queries import Policy, policy_for
from wushe.regions.actions import merge_regions, name_pilot, record_population, set_coverage, set_settlement
from wushe.regions.models import Level, Region, Settlement
from wushe.workforce.actions import move_worker
from wushe.workforce.queries import LOCAL, PROFESSIONAL, WorkerFilter, alarms_in, crews_of, place_rules, staffed_places, workers_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(cast: Cast) -> Policy:
    """The county counts posts by residents."""
    load_policy(cast.county.county, "shijiazhuang-2016")
    return policy_for(cast.county.county, ON)


def rows(cast: Cast, policy: Policy, state: str = "", level: Level = Level.COMMUNITY) -> list[Region]:
    return list(staffed_places(Scope(regions=(cast.county.town,)), level, policy, state, ON).order_by("code"))


def count(cast: Cast, order: int, residents: int) -> Region:
    community = cast.county.communities[order]
    for year, number in ((2024, 1), (2025, residents)):
        record_population(region_id=community.pk, year=year, residents=number, source="年报", by=cast.head, at=AT)
    return community


def test_residents_ask_for_whole_posts_with_the_source_of_their_count(cast: Cast, policy: Policy):
    count(cast, 0, 5001)
    count(cast, 1, 5000)
    make_posts(cast, region=cast.county.communities[0])
    make_posts(cast, region=cast.county.communities[1])
    found = rows(cast, policy)
    assert [(row.required, row.set_up, row.filled) for row in found] == [(2, 1, 0), (1, 1, 0), (None, 0, 0), (None, 0, 0)]
    assert (found[0].residents, found[0].counted_in, found[0].counted_by) == (5001, 2025, "年报")
    assert [row.name for row in rows(cast, policy, "short")] == [cast.county.communities[0].name]
    assert [row.name for row in rows(cast, policy, "vacant")] == [each.name for each in cast.county.communities[:2]]
    rule = place_rules(policy).post_rule(found[0])
    assert rule is not None
    assert rule.id == "community-posts"


def test_a_town_without_residents_is_asked_for_a_plain_number(cast: Cast, policy: Policy):
    scope = Scope(regions=(cast.county.county,))
    asked = {row.name: row.required for row in staffed_places(scope, Level.TOWN, policy, "", ON)}
    assert asked == {cast.county.town.name: None, cast.county.other_town.name: None}
    Region.objects.filter(pk=cast.county.other_town.pk).update(settlement="rural")
    asked = {row.name: row.required for row in staffed_places(scope, Level.TOWN, policy, "", ON)}
    assert asked[cast.county.other_town.name] == 2


def test_a_missing_leader_is_an_alarm_where_the_policy_wants_one(cast: Cast):
    load_policy(cast.county.county, "xiamen-2014")
    policy = policy_for(cast.county.county, ON)
    first, second, *others = cast.county.communities
    worker = make_worker(cast, region=first)
    place(cast, worker, region=first, position="community_head", is_leader=True)
    assert rows(cast, policy, "no_leader") == [second, *others]
    counted = alarms_in(staffed_places(Scope(regions=(cast.county.town,)), Level.COMMUNITY, policy, "", ON), policy, ON)
    assert counted == {"no_leader": 3, "short": 4, "vacant": 0, "grids": 0}
    crew = crews_of([first], policy, ON)[first.pk]
    assert [posting.worker_id for posting in crew.leaders] == [worker.pk]
    assert place_rules(policy).wants_leader(second) is not None
    assert {row.required for row in rows(cast, policy)} == {1}


def test_a_large_community_is_asked_for_one_post_more_where_the_policy_says_what_is_large(cast: Cast):
    text = "values:\n  - {key: posts.large_community_from, zh: 人口较多的社区, en: Large community, value: 5000, unit: persons, article: 三(二)}\n\ntargets:\n"
    load_policy(cast.county.county, "xiamen-2014", replace=(("targets:\n", text),))
    policy = policy_for(cast.county.county, ON)
    count(cast, 0, 5000)
    count(cast, 1, 4999)
    found = rows(cast, policy)
    assert [row.required for row in found] == [2, 1, 1, 1]
    rules = place_rules(policy)
    assert [rules.asked(rules.post_rule(row), row.residents) for row in found[:2]] == [2, 1]


def test_a_village_is_asked_for_a_post_once_it_is_marked(cast: Cast, policy: Policy):
    scope, village = Scope(regions=(cast.county.other_town,)), cast.county.village
    assert staffed_places(scope, Level.COMMUNITY, policy, "", ON).get().required is None
    name_pilot(region_id=village.pk, name="有条件的村", document="名单", since=ON, mark="able_village", by=cast.reviewer, at=AT)
    row = staffed_places(scope, Level.COMMUNITY, policy, "", ON).get()
    assert (row.required, place_rules(policy).post_rule(row).id) == (1, "village-posts")


def test_the_two_teams_of_a_place_stand_side_by_side(cast: Cast, policy: Policy):
    home = cast.county.communities[0]
    people = [make_worker(cast, order, region=home) for order in (1, 2, 3)]
    for worker in people[:2]:
        certify(cast, worker, certificate=f"2022{worker.pk}")
    for worker, position in zip(people, ("project_worker", "community_worker", "community_member"), strict=True):
        place(cast, worker, region=home, position=position)
    crew = crews_of([home], policy, ON)[home.pk]
    assert [[posting.worker for posting in crew.teams[team]] for team in (PROFESSIONAL, LOCAL)] == [people[:1], people[1:2]]
    assert home not in rows(cast, policy, "unpaired")
    assert len(rows(cast, policy, "unpaired")) == 3


def test_the_share_of_licensed_staff_counts_everybody_once(cast: Cast, policy: Policy):
    home = cast.county.communities[0]
    head, member, other = (make_worker(cast, order, region=home) for order in (1, 2, 3))
    certify(cast, head)
    place(cast, head, region=home, position="community_head")
    place(cast, head, region=home, position="party_member", full_time=False)
    place(cast, member, region=home, position="community_member")
    place(cast, other, region=home, position="grid_worker", grids=("一",))
    crew = crews_of([home], policy, ON)[home.pk]
    assert (len(crew.staff), crew.licensed_staff, crew.licensed_share) == (2, 1, Decimal("0.5"))


def test_grids_out_of_bounds_mark_their_place(cast: Cast, policy: Policy):
    home = cast.county.communities[1]
    place(cast, make_worker(cast), region=home, position="grid_worker", grids=("一", "二", "三"))
    place(cast, make_worker(cast, 2), region=home, position="community_worker")
    assert rows(cast, policy, "grids") == [home]
    assert alarms_in(staffed_places(Scope(regions=(cast.county.county,)), Level.COMMUNITY, policy, "", ON), policy, ON)["grids"] == 1
    assert len(crews_of([home], policy, ON)[home.pk].off_grid) == 2


def test_licensed_people_in_other_posts_and_community_workers_at_the_town_are_found(cast: Cast):
    worker = make_worker(cast)
    certify(cast, worker)
    posting = place(cast, worker, position="community_worker")

    def found(standing: str) -> list[str]:
        chosen = WorkerFilter(standing=standing, professional=("station_worker",), community=("community_worker",))
        return [row.number for row in workers_in(Scope(regions=(cast.county.county,)), chosen, ON)]

    assert (found("elsewhere"), found("in_town"), found("unplaced")) == ([worker.number], [worker.number], [])
    draft = {"region": cast.county.communities[0], "position": "station_worker", "since": date(2026, 5, 1)}
    move_worker(posting=posting, draft=post(cast, **draft), reason="回归社区", by=cast.head, at=AT)
    assert (found("elsewhere"), found("in_town")) == ([], [])


def test_places_of_a_past_day_are_those_that_stood_and_counted_then(cast: Cast, policy: Policy):
    changed = ON - timedelta(days=10)
    before, town, other = changed - timedelta(days=1), cast.county.town, cast.county.other_town
    merge_regions(source_ids=[other.pk], target_id=town.pk, on=changed, by=SYSTEM, at=AT)
    set_settlement(region_id=town.pk, settlement=Settlement.RURAL, on=changed, by=SYSTEM, at=AT)
    set_coverage(region_id=cast.county.communities[0].pk, counts=False, on=changed, by=SYSTEM, at=AT)

    def names(region: Region, day: date) -> list[str]:
        return [row.name for row in staffed_places(Scope(regions=(region,)), Level.COMMUNITY, policy, "", day).order_by("code")]

    communities = [each.name for each in cast.county.communities]
    assert (names(town, before), names(other, before)) == (communities, [cast.county.village.name])
    assert (names(town, changed), names(other, changed)) == ([*communities[1:], cast.county.village.name], [])
    scope = Scope(regions=(cast.county.county,))
    asked = [staffed_places(scope, Level.TOWN, policy, "", day).get(pk=town.pk).required for day in (before, changed)]
    assert asked == [None, 2]
