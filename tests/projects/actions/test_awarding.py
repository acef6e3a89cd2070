from datetime import date

import pytest

from tests import stories
from tests.accounts.factories import BEFORE
from tests.cast import moment
from tests.projects.actions.test_designing import steps_waiting
from wushe.accounts.models import Post, User
from wushe.inbox.models import Notice
from wushe.inbox.queries import waiting_on
from wushe.kernel.clock import local_date
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, NotFound, StepNotAllowed
from wushe.projects.actions import answer_objection, award_tender, raise_objection
from wushe.projects.errors import (
    AlreadyAnswered,
    AlreadyAwarded,
    AlreadyObjected,
    NotABidder,
    NotTheFirstRanked,
    ObjectionWindowClosed,
    PanelNotDone,
    TooFewExperts,
)
from wushe.projects.queries import outcome_of, ranking
from wushe.projects.states import ProjectState


def award(cast, project, order=0, by=None, **other):
    return award_tender(
        project_id=project.pk, draft=stories.award_draft(project, order, **other), by=by or cast.reviewer, at=stories.AWARDED
    )


def answer(cast, objection, *, upheld, text="经复核，评分无误"):
    return answer_objection(objection_id=objection.pk, upheld=upheld, answer=text, by=cast.reviewer, at=stories.OBJECTED)


def test_the_first_of_the_ranking_wins_and_the_window_opens(cast):
    project = stories.scored(cast)
    made = award(cast, project)
    assert (made.bid.agency, made.price, made.recommended_by) == (cast.agencies[0], stories.PRICES[0], cast.experts[2])
    assert [(row["place"], row["total"]) for row in made.ranking] == [(1, "90.74"), (2, "82.00"), (3, "72.62")]
    assert local_date(made.objections_until) == date(2026, 4, 24)
    told = Notice.objects.filter(verb="projects.tender_awarded").values_list("user__username", flat=True)
    assert set(told) == {"head", "manager1", "manager2", "manager3"}
    (todo,) = waiting_on("project", project.number)
    # while bidders may still object nobody can draw it up
    assert (todo.step, todo.starts_at, local_date(todo.due_at)) == ("draw_up_agreement", made.objections_until, date(2026, 5, 15))


def test_every_loser_is_told_why(cast):
    project = stories.scored(cast)
    second, third = ranking(stories.tender_of(project))[1:]
    made = award(cast, project, lost={second.bid.pk: "培训方案不够具体", third.bid.pk: " "})
    assert {lost.bid: lost.reason for lost in made.lost_bids.all()} == {second.bid: "培训方案不够具体", third.bid: made.reasons}
    outcomes = [outcome_of(row.bid, made.tender) for row in ranking(made.tender)]
    assert [(each.place, each.of, each.won, str(each.total)) for each in outcomes] == [
        (1, 3, True, "90.74"),
        (2, 3, False, "82.00"),
        (3, 3, False, "72.62"),
    ]
    assert sum(mark.mean for mark in outcomes[1].marks) == outcomes[1].total


def test_before_the_award_no_bidder_has_an_outcome(cast):
    tender = stories.tender_of(stories.scored(cast))
    assert [outcome_of(bid, tender) for bid in tender.bids.all()] == [None, None, None]


def test_an_award_of_before_gives_its_reasons_to_the_losers(cast):
    made = award(cast, stories.scored(cast))
    made.lost_bids.all().delete()
    (lost,) = [bid for bid in made.tender.bids.all() if bid.agency == cast.agencies[1]]
    assert outcome_of(lost, made.tender).reason == made.reasons


def test_another_than_the_first_needs_a_reason(cast):
    project = stories.scored(cast)
    with pytest.raises(NotTheFirstRanked) as refused:
        award(cast, project, 1)
    assert refused.value.first == cast.agencies[0].name
    made = award(cast, project, 1, against_ranking="第一名放弃中标")
    assert made.reasons == "得分第一，报价合理\n第一名放弃中标"


def test_an_award_has_reasons_and_a_bid_of_the_tender(cast):
    project = stories.scored(cast)
    with pytest.raises(FieldRequired):
        award(cast, project, reasons=" ")
    with pytest.raises(NotFound):
        award(cast, project, bid_id=0)


def test_a_tender_is_awarded_once(cast):
    project = stories.awarded(cast)
    with pytest.raises(AlreadyAwarded) as refused:
        award(cast, project)
    assert refused.value.award == stories.award_of(project).number


def test_the_award_waits_for_every_sheet(cast):
    project = stories.opened(cast)
    stories.lock(project, cast.experts[0])
    with pytest.raises(PanelNotDone) as refused:
        award(cast, project)
    assert len(refused.value.waiting) == 2


def test_the_award_needs_a_whole_panel(cast):
    project = stories.opened(cast)
    stories.declare(project, cast.experts[2], at=stories.SCORED, conflict="亲属关系")
    for expert in cast.experts[:2]:
        stories.lock(project, expert)
    with pytest.raises(TooFewExperts) as refused:
        award(cast, project)
    assert (refused.value.seated, refused.value.required) == (2, 3)


def test_nothing_is_awarded_before_scoring(cast):
    project = stories.closed(cast)
    with pytest.raises(StepNotAllowed):
        award(cast, project)


def test_the_panel_does_not_award(cast):
    project = stories.scored(cast)
    Post.objects.create(user=cast.experts[0], role="county_station", region=cast.county.county, since=BEFORE)
    with pytest.raises(CheckerIsMaker):
        award(cast, project, by=User.objects.get(pk=cast.experts[0].pk))


def test_an_objection_has_the_days_of_the_law_for_its_answer(cast):
    project = stories.awarded(cast)
    objection = stories.object_to(cast, project)
    assert local_date(objection.due_at) == date(2026, 4, 29)
    assert steps_waiting(project) == {"draw_up_agreement", "answer_objection"}


def test_only_bidders_object_in_words_once_and_in_time(cast):
    project = stories.awarded(cast)

    def object_as(order, *, text="评分有误", at=stories.OBJECTED):
        return raise_objection(project_id=project.pk, agency=cast.agencies[order], text=text, by=cast.managers[order], at=at)

    with pytest.raises(NotABidder) as outside:
        object_as(3)
    assert outside.value.source.article == "52"
    with pytest.raises(FieldRequired):
        object_as(1, text=" ")
    with pytest.raises(ObjectionWindowClosed):
        object_as(1, at=moment(4, 25))
    first = object_as(1)
    with pytest.raises(AlreadyObjected) as refused:
        object_as(1)
    assert refused.value.objection == first.number


def test_nobody_objects_to_an_award_that_is_not_made(cast):
    project = stories.scored(cast)
    with pytest.raises(StepNotAllowed) as refused:
        stories.object_to(cast, project)
    assert (refused.value.step, refused.value.state) == ("raise_objection", ProjectState.SCORING)


def test_a_dismissed_objection_leaves_the_award(cast):
    project = stories.awarded(cast)
    objection = stories.object_to(cast, project)
    answer(cast, objection, upheld=False)
    assert stories.fresh(project).state == ProjectState.AWARDED
    assert steps_waiting(project) == {"draw_up_agreement"}
    assert Notice.objects.get(verb="projects.objection_answered").user == cast.managers[1]
    with pytest.raises(AlreadyAnswered):
        answer(cast, objection, upheld=True)


def test_an_upheld_objection_withdraws_the_award_and_another_follows(cast):
    project = stories.awarded(cast)
    first, second = stories.object_to(cast, project), stories.object_to(cast, project, 2)
    answer(cast, first, upheld=True)
    assert stories.fresh(project).state == ProjectState.SCORING
    assert steps_waiting(project) == {"award_tender", "answer_objection"}
    answer(cast, second, upheld=True)
    assert steps_waiting(project) == {"award_tender"}
    made = award(cast, project, 2, against_ranking="质疑成立，取消第一名资格")
    assert (made.bid.agency, stories.tender_of(project).awards.count()) == (cast.agencies[2], 2)


def test_an_answer_about_a_withdrawn_award_leaves_the_objection_to_the_next_one_waiting(cast):
    project = stories.awarded(cast)
    first, second = stories.object_to(cast, project), stories.object_to(cast, project, 2)
    answer(cast, first, upheld=True)
    award(cast, project, 2, against_ranking="质疑成立，取消第一名资格")
    third = stories.object_to(cast, project)
    answer(cast, second, upheld=False)
    assert "answer_objection" in steps_waiting(project)
    answer(cast, third, upheld=False)
    assert "answer_objection" not in steps_waiting(project)


def test_an_answer_has_words(cast):
    project = stories.awarded(cast)
    objection = stories.object_to(cast, project)
    with pytest.raises(FieldRequired):
        answer(cast, objection, upheld=False, text=" ")
