from datetime import timedelta
from decimal import Decimal

import pytest

from tests.accounts.factories import make_holder
from tests.needs.factories import AT, PERSON, PHONE, make_need
from tests.policies.factories import load_policy
from tests.regions.factories import plant_county
from wushe.accounts.queries import Scope, scope_of
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.needs.actions import decline_need
from wushe.needs.models import Need
from wushe.needs.permissions import Permission
from wushe.needs.queries import NeedFilter, conversion_of, in_a_list, need_by_number, needs_board, needs_in, outcomes, verdict_share_of
from wushe.needs.states import NeedState, Verdict

LATER = AT + timedelta(days=20)


@pytest.fixture
def needs(cast):
    load_policy(cast.place.county)
    return [
        make_need(cast.home, wish="独居老人希望有人送午饭"),
        make_need(cast.place.communities[1], wish="孩子放学后没人照看 wifi", field="child_welfare", group="child", urgency="urgent"),
        make_need(
            cast.place.village,
            wish="村口路灯坏了",
            field="community_governance",
            at=AT + timedelta(days=10),
            person="李 四",
            phone="029-12345678",
        ),
    ]


def found(scope, at=LATER, **chosen):
    return sorted(need.wish[:2] for need in needs_in(scope, NeedFilter(**chosen), at))


def scope_at(*regions):
    return Scope(regions=regions)


def test_everyone_sees_the_needs_of_their_place(cast, needs):
    on = local_date(AT)
    assert found(scope_of(cast.worker, Permission.VIEW_NEED, on)) == ["独居"]
    assert found(scope_of(cast.head, Permission.VIEW_NEED, on)) == ["孩子", "独居"]
    assert found(scope_of(cast.county, Permission.VIEW_NEED, on)) == ["孩子", "村口", "独居"]
    assert found(scope_at(cast.place.nation)) == found(scope_at(cast.place.province)) == ["孩子", "村口", "独居"]
    assert found(scope_of(make_holder("expert", region=cast.place.county), Permission.VIEW_NEED, on)) == []
    assert found(scope_at(plant_county("98", "远山县").county)) == []


@pytest.mark.parametrize(
    ("chosen", "wishes"),
    [
        ({"field": "child_welfare"}, ["孩子"]),
        ({"group": "elderly"}, ["村口", "独居"]),
        ({"urgency": "urgent"}, ["孩子"]),
        ({"source": "visit"}, []),
        ({"state": "reported"}, ["孩子", "村口", "独居"]),
        ({"older_than": 15}, ["孩子", "独居"]),
        ({"overdue": True}, ["孩子", "村口", "独居"]),
        ({"text": "路灯"}, ["村口"]),
        ({"text": "灯坏了"}, ["村口"]),
        ({"text": "饭"}, ["独居"]),
        ({"text": "WiFi"}, ["孩子"]),
        ({"text": "wi"}, ["孩子"]),
        ({"text": "100%"}, []),
        ({"text": "老%午饭"}, []),
        ({"text": "独居老人希望"}, ["独居"]),
        ({"text": PHONE}, ["孩子", "独居"]),
        ({"text": "13800138001"}, []),
        ({"text": "138001"}, []),
        ({"text": PERSON}, ["孩子", "独居"]),
        ({"text": "李四"}, ["村口"]),
        ({"text": "张秀"}, []),
        ({"text": "2"}, ["孩子"]),
        ({"text": "need-990326-2026-000003"}, ["村口"]),
        ({"text": "need-990326"}, ["孩子", "村口", "独居"]),
        ({"text": "路灯", "field": "child_welfare"}, []),
    ],
)
def test_filters_and_search(cast, needs, chosen, wishes):
    assert found(scope_at(cast.place.county), **chosen) == wishes


def test_a_place_narrows_the_list(cast, needs):
    assert found(scope_at(cast.place.county), region=cast.place.town) == ["孩子", "独居"]
    assert found(scope_at(cast.place.town), region=cast.place.village) == []


def test_the_clock_has_to_run_out(cast, needs):
    assert found(scope_at(cast.place.county), at=AT, overdue=True) == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_however_long(cast, needs, count, django_assert_num_queries):
    scope = scope_at(cast.place.county)
    with django_assert_num_queries(2):
        for need in in_a_list(needs_in(scope, NeedFilter(), LATER)).order_by("-created_at")[:count]:
            assert need.number
            assert need.region.name
            assert need.region.town.name


def test_the_board_counts_by_place_and_field(cast, needs, django_assert_num_queries):
    decline_need(need_id=needs[1].pk, reason="已办理", by=cast.head, at=AT)
    with django_assert_num_queries(3):
        board = needs_board(scope_at(cast.place.county), AT + timedelta(days=10))
    assert [(row.place.name, cell.field, cell.living, cell.waiting, cell.overdue) for row in board for cell in row.cells.values()] == [
        ("东风社区", "elderly_care", 1, 1, 1),
        ("柳树村", "community_governance", 1, 1, 0),
    ]
    assert [(row.place.name, row.living, row.overdue, row.reported, row.adopted, row.waiting_since) for row in board] == [
        ("东风社区", 1, 1, 1, 0, needs[0].created_at),
        ("和平社区", 0, 0, 1, 0, None),
        ("柳树村", 1, 0, 1, 0, needs[2].created_at),
    ]


def test_what_became_of_needs_is_counted_town_by_town(cast, needs, django_assert_num_queries):
    decline_need(need_id=needs[1].pk, reason="已办理", by=cast.head, at=AT)
    for one, state, verdict in ((needs[0], NeedState.CLOSED, Verdict.SATISFIED), (needs[2], NeedState.CLOSED, Verdict.NONE)):
        Need.objects.filter(pk=one.pk).update(state=state, verdict=verdict, verdict_at=AT if verdict else None)
    with django_assert_num_queries(2):
        rows = outcomes(cast.place.county)
    assert [(row.place.name, row.reported, row.adopted, row.answered, row.judged, row.unheard) for row in rows] == [
        ("明德街道", 2, 1, 1, 1, 0),
        ("石桥镇", 1, 1, 0, 0, 1),
    ]
    assert conversion_of(rows) == Decimal("0.67")
    assert (conversion_of([]), verdict_share_of([])) == (None, None)


def test_an_answer_without_a_project_is_an_end_without_a_verdict(cast, needs):
    decline_need(need_id=needs[1].pk, reason="已办理", by=cast.head, at=AT)
    Need.objects.filter(pk=needs[0].pk).update(state=NeedState.CLOSED, verdict=Verdict.SATISFIED, verdict_at=AT)
    Need.objects.filter(pk=needs[2].pk).update(contested_count=1, contest_reason="不归他们管", reopened_count=1)
    rows = outcomes(cast.place.county)
    assert [(row.verdict_share, row.waiting, row.reopened, row.contested) for row in rows] == [(Decimal("0.5"), 0, 0, 0), (None, 1, 1, 1)]
    assert verdict_share_of(rows) == Decimal("0.5")


def test_above_the_county_the_board_counts_by_county(cast, needs):
    board = needs_board(scope_at(cast.place.province), AT)
    assert {(row.place.name, cell.field, cell.living) for row in board for cell in row.cells.values()} == {
        ("平湖县", "child_welfare", 1),
        ("平湖县", "community_governance", 1),
        ("平湖县", "elderly_care", 1),
    }


def test_a_need_shows_itself_to_its_place_alone(cast, needs):
    need = Need.objects.get(wish__contains="独居")
    assert need_by_number(need.number, user=cast.worker, at=AT) == need
    with pytest.raises(NotFound):
        need_by_number(need.number, user=make_holder("community_worker", region=cast.place.village, username="wang"), at=AT)
