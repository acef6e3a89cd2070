from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests import stories
from tests.accounts.factories import BEFORE, make_holder
from tests.policies.factories import load_next
from tests.projects.actions.test_designing import steps_waiting
from wushe.accounts.models import Post, User
from wushe.inbox.models import Notice, Todo
from wushe.kernel.errors import FieldRequired, StepNotAllowed
from wushe.policies.queries import policy_for
from wushe.projects.actions import award_tender, open_bids, publish_tender, score_bids
from wushe.projects.errors import (
    BidsStillSealed,
    ExpertHasConflict,
    ExpertNotEligible,
    InterestsNotDeclared,
    NotOnThePanel,
    PanelFull,
    PointsComputed,
    ScoreOutOfRange,
    ScoresIncomplete,
    ScoresLocked,
    TooFewBids,
    TooFewExperts,
)
from wushe.projects.queries import bids_of, criterion_means, experts_of, ranking, score_table
from wushe.projects.states import ProjectState


def score(project, expert, scores, *, lock=False):
    return score_bids(project_id=project.pk, scores=scores, lock=lock, by=expert, at=stories.SCORED)


def test_opening_makes_every_bid_readable_at_once(cast):
    project = stories.opened(cast)
    bids = list(bids_of(stories.tender_of(project)))
    assert [(bid.price, bid.opened_at, bool(bid.plan)) for bid in bids] == [(price, stories.OPENED, True) for price in stories.PRICES]
    assert (project.state, steps_waiting(project)) == (ProjectState.SCORING, {"score_bids"})


def test_the_panel_is_asked_for_interests_once_the_bidders_have_names(cast):
    project = stories.closed(cast)
    assert {notice.user for notice in Notice.objects.filter(verb="projects.experts_appointed")} == set(cast.experts)
    assert "declare_interests" not in steps_waiting(project)
    with pytest.raises(StepNotAllowed):
        stories.declare(project, cast.experts[0])
    open_bids(project_id=project.pk, by=cast.reviewer, at=stories.OPENED)
    assert steps_waiting(project) == {"declare_interests"}


def test_bids_stay_sealed_until_closing_has_passed(cast):
    project = stories.closed(cast)
    with pytest.raises(BidsStillSealed):
        open_bids(project_id=project.pk, by=cast.reviewer, at=stories.CLOSES)
    open_bids(project_id=project.pk, by=cast.reviewer, at=stories.CLOSES + timedelta(seconds=1))


def test_two_bids_are_too_few(cast):
    project = stories.tendering(cast)
    stories.seat(cast, project)
    for order in range(2):
        stories.bid(cast, project, order)
    with pytest.raises(TooFewBids) as refused:
        open_bids(project_id=project.pk, by=cast.reviewer, at=stories.OPENED)
    assert (refused.value.received, refused.value.required, refused.value.source.article) == (2, 3, "36")


def test_the_number_of_bids_is_that_of_the_day_of_publication(cast):
    project = stories.closed(cast)
    five = "values:\n  - {key: tender.minimum_qualified_bids, zh: 有效投标, en: Qualified bids, value: 5, unit: bids, default: true, note: {zh: 试验, en: Test}}\n"
    load_next("platform", valid_from=date(2026, 4, 1), replace=(("values:\n", five),))
    assert policy_for(project.region, stories.OPENED.date()).require("tender.minimum_qualified_bids").value == 5
    open_bids(project_id=project.pk, by=cast.reviewer, at=stories.OPENED)
    assert stories.fresh(project).state == ProjectState.SCORING


def test_one_bid_is_enough_for_a_single_source(cast):
    project = stories.approved(cast)
    draft = stories.call(method="single_source", method_reason="只有一家能够提供")
    publish_tender(project_id=project.pk, draft=draft, by=cast.reviewer, at=stories.PUBLISHED)
    stories.bid(cast, project)
    stories.seat(cast, project)
    open_bids(project_id=project.pk, by=cast.reviewer, at=stories.OPENED)
    assert stories.fresh(project).state == ProjectState.SCORING


def test_a_panel_of_two_is_too_small(cast):
    project = stories.tendering(cast)
    for order in range(3):
        stories.bid(cast, project, order)
    stories.seat(cast, project, cast.experts[:2])
    with pytest.raises(TooFewExperts) as refused:
        open_bids(project_id=project.pk, by=cast.reviewer, at=stories.OPENED)
    assert (refused.value.seated, refused.value.required) == (2, 3)


def test_a_draft_has_nothing_to_open(cast):
    project = stories.drafted(cast)
    with pytest.raises(StepNotAllowed):
        open_bids(project_id=project.pk, by=cast.reviewer, at=stories.OPENED)
    with pytest.raises(StepNotAllowed):
        stories.seat(cast, project)


def test_who_may_not_sit_on_the_panel(cast):
    project = stories.tendering(cast)
    stories.bid(cast, project)
    insider, bidder = cast.head, cast.managers[0]
    for person in (insider, bidder, cast.reviewer):
        Post.objects.create(user=person, role="expert", region=cast.county.city, since=BEFORE)
    stories.seat(cast, project, [cast.experts[0]])
    found = {}
    for person in (cast.stranger, insider, bidder, cast.reviewer, cast.experts[0]):
        with pytest.raises(ExpertNotEligible) as refused:
            stories.seat(cast, project, [User.objects.get(pk=person.pk)])
        found[person.username] = refused.value.reason
    assert found == {
        "stranger": "not_an_expert",
        "head": "made_the_project",
        "manager1": "works_for_a_bidder",
        "reviewer": "made_the_project",
        "expert1": "already_seated",
    }


def test_an_expert_whose_agency_bids_later_does_not_score(cast):
    project = stories.opened(cast)
    Post.objects.create(user=cast.experts[0], role="agency_manager", body=cast.agencies[0].body, since=BEFORE)
    with pytest.raises(ExpertNotEligible):
        stories.lock(project, User.objects.get(pk=cast.experts[0].pk))


def test_a_conflict_ends_the_seat_and_asks_for_another_expert(cast):
    project = stories.opened(cast)
    score(project, cast.experts[0], stories.sheet(project))
    stories.declare(project, cast.experts[0], at=stories.SCORED, conflict="与投标机构负责人有亲属关系")
    assert experts_of(stories.tender_of(project))[0].scores.count() == 0
    assert "appoint_experts" in steps_waiting(project)
    with pytest.raises(ExpertHasConflict):
        stories.lock(project, cast.experts[0])
    with pytest.raises(ExpertHasConflict):
        stories.declare(project, cast.experts[0], at=stories.SCORED)
    fourth = make_holder("expert", region=cast.county.city, username="expert4")
    stories.seat(cast, project, [fourth], at=stories.SCORED)
    assert "appoint_experts" not in steps_waiting(project)
    stories.declare(project, fourth, at=stories.SCORED)
    assert Todo.objects.open().filter(step="score_bids", user=fourth).exists()


def test_the_last_conflict_leaves_the_award_to_the_others(cast):
    project = stories.closed(cast)
    fourth = make_holder("expert", region=cast.county.city, username="expert4")
    stories.seat(cast, project, [fourth])
    stories.opened(cast, project)
    stories.declare(project, fourth)
    for expert in cast.experts:
        stories.lock(project, expert)
    assert "award_tender" not in steps_waiting(project)
    stories.declare(project, fourth, at=stories.SCORED, conflict="亲属关系")
    assert steps_waiting(project) == {"award_tender"}
    award_tender(project_id=project.pk, draft=stories.award_draft(project), by=cast.reviewer, at=stories.AWARDED)


def test_a_conflict_is_named(cast):
    project = stories.opened(cast)
    with pytest.raises(FieldRequired):
        stories.declare(project, cast.experts[0], conflict=" ")


def test_scores_wait_for_declaration_and_opening(cast):
    project = stories.closed(cast)
    with pytest.raises(InterestsNotDeclared):
        score(project, cast.experts[0], [])
    # as it stands where interests were declared before the bidders had names
    experts_of(stories.tender_of(project)).update(declared_at=stories.SEATED, has_conflict=False)
    with pytest.raises(StepNotAllowed):
        score(project, cast.experts[0], [])


def test_points_can_be_changed_until_the_lock_and_not_after(cast):
    project = stories.opened(cast)
    expert, sheet = cast.experts[0], stories.sheet(project)
    score(project, expert, sheet[:3])
    score(project, expert, [replace(sheet[0], points=Decimal(1), comment="报价过高")])
    seat = experts_of(stories.tender_of(project)).get(user=expert)
    assert (seat.scores.count(), seat.scores.get(bid_id=sheet[0].bid_id, criterion=sheet[0].criterion).points) == (3, 1)
    with pytest.raises(ScoresIncomplete) as refused:
        score(project, expert, sheet[:3], lock=True)
    assert refused.value.missing == len(sheet) - 3
    stories.lock(project, expert)
    with pytest.raises(ScoresLocked):
        score(project, expert, sheet)
    with pytest.raises(ScoresLocked):
        stories.declare(project, expert)


@pytest.mark.parametrize("change", [{"points": Decimal("10.1")}, {"points": Decimal(-1)}, {"criterion": "magic"}, {"bid_id": 0}])
def test_points_stay_in_range(cast, change):
    project = stories.opened(cast)
    draft = replace(stories.sheet(project)[0], **change)
    with pytest.raises(ScoreOutOfRange):
        score(project, cast.experts[0], [draft])


def test_a_panel_with_locked_points_is_not_enlarged(cast):
    project = stories.opened(cast)
    stories.lock(project, cast.experts[0])
    with pytest.raises(PanelFull) as refused:
        stories.seat(cast, project, [make_holder("expert", region=cast.county.city, username="expert4")], at=stories.SCORED)
    assert (refused.value.seats, refused.value.unlocked) == (0, 2)


def test_a_conflict_after_the_first_lock_leaves_a_seat_to_fill(cast):
    project = stories.opened(cast)
    stories.lock(project, cast.experts[0])
    stories.lock(project, cast.experts[2])
    stories.declare(project, cast.experts[1], at=stories.SCORED, conflict="亲属关系")
    assert steps_waiting(project) == {"appoint_experts"}
    fourth = make_holder("expert", region=cast.county.city, username="expert4")
    stories.seat(cast, project, [fourth], at=stories.SCORED)
    stories.declare(project, fourth, at=stories.SCORED)
    stories.lock(project, fourth)
    assert steps_waiting(project) == {"award_tender"}
    award_tender(project_id=project.pk, draft=stories.award_draft(project), by=cast.reviewer, at=stories.AWARDED)


def test_the_ranking_is_the_mean_of_all_sheets_once_they_are_locked(cast):
    project = stories.opened(cast)
    for expert in cast.experts:
        assert ranking(stories.tender_of(project)) == []
        stories.lock(project, expert)
    rows = ranking(stories.tender_of(project))
    assert [(row.place, row.price, row.total) for row in rows] == [
        (1, stories.PRICES[0], Decimal("90.74")),
        (2, stories.PRICES[2], Decimal("82.00")),
        (3, stories.PRICES[1], Decimal("72.62")),
    ]
    means = criterion_means(stories.tender_of(project))
    assert (means[rows[0].bid.pk, "needs"], means[rows[0].bid.pk, "price"]) == (9, Decimal("9.74"))


def test_points_lie_side_by_side_once_all_have_locked(cast):
    project = stories.opened(cast)
    tender = stories.tender_of(project)
    for expert in cast.experts[:2]:
        stories.lock(project, expert)
    assert score_table(tender, stories.SCORED.date()) is None
    score(project, cast.experts[2], stories.sheet(project, [Decimal("0.6")] * 3), lock=True)
    table = score_table(tender, stories.SCORED.date())
    rows = {row.criterion["code"]: row.bids for row in table.rows}
    assert [expert.user for expert in table.experts] == list(cast.experts)
    assert (rows["needs"][0].given, rows["needs"][0].mean) == ((Decimal(9), Decimal(9), Decimal(6)), Decimal(8))
    assert [(points.given, points.mean) for points in rows["price"]] == [((), Decimal("9.74")), ((), Decimal("9.62")), ((), Decimal(10))]
    assert [total.mean for total in table.totals] == [Decimal("81.74"), Decimal("69.62"), Decimal("76.00")]
    assert [row.total for row in ranking(tender)] == [Decimal("81.74"), Decimal("76.00"), Decimal("69.62")]


def test_nobody_gives_points_for_the_price(cast):
    project = stories.opened(cast)
    draft = replace(stories.sheet(project)[0], criterion="price")
    with pytest.raises(PointsComputed) as refused:
        score(project, cast.experts[0], [draft])
    assert refused.value.criterion == "price"


def test_a_tender_of_before_the_formula_keeps_the_points_that_experts_give(cast):
    project = stories.opened(cast)
    tender = stories.tender_of(project)
    tender.criteria = [{key: value for key, value in row.items() if key != "formula"} for row in tender.criteria]
    tender.save(update_fields=["criteria"])
    for expert in cast.experts:
        stories.lock(project, expert)
    assert [row.total for row in ranking(tender)] == [Decimal("90.00"), Decimal("80.00"), Decimal("70.00")]


def test_a_formula_of_a_later_pack_does_not_reach_a_published_tender(cast):
    project = stories.opened(cast)
    load_next("platform", valid_from=date(2026, 4, 1), replace=(("      formula: lowest_price\n", ""),))
    for expert in cast.experts:
        stories.lock(project, expert)
    assert ranking(stories.tender_of(project))[0].total == Decimal("90.74")


def test_equal_totals_are_ranked_by_price(cast):
    project = stories.opened(cast)
    for expert in cast.experts:
        score(project, expert, stories.sheet(project, [Decimal("0.8")] * 3), lock=True)
    assert [row.price for row in ranking(stories.tender_of(project))] == sorted(stories.PRICES)


def test_a_stranger_has_no_seat(cast):
    project = stories.opened(cast)
    with pytest.raises(NotOnThePanel):
        score(project, cast.stranger, [])
