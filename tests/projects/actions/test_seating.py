from datetime import timedelta

import pytest

from tests import stories
from tests.accounts.factories import make_holder
from tests.projects.actions.test_designing import steps_waiting
from wushe.audit.models import Entry
from wushe.inbox.models import Notice, Todo
from wushe.kernel.errors import FieldRequired, NotPermitted, StepNotAllowed
from wushe.projects.actions import ask_for_release, award_tender, cancel_tender, open_bids, release_expert
from wushe.projects.errors import ExpertHasConflict, ExpertNotEligible, ExpertNotReleasable, NotOnThePanel, ScoresLocked
from wushe.projects.queries import experts_of, keeps_to_itself, score_table, seats_of
from wushe.projects.states import ProjectState

LATE = stories.moment(4, 21)


def seat_of(project, user):
    return experts_of(stories.tender_of(project)).get(user=user)


def release(cast, project, user, *, at=LATE, reason="到期未提交评分，多次联系无回音"):
    return release_expert(expert_id=seat_of(project, user).pk, reason=reason, by=cast.reviewer, at=at)


def ask(project, user, *, at=stories.SCORED, reason="外出学习，不能按期评分"):
    return ask_for_release(project_id=project.pk, reason=reason, by=user, at=at)


def fourth_expert(cast):
    return make_holder("expert", region=cast.county.city, username="expert4")


def test_a_late_expert_is_released_and_another_seated(cast):
    project = stories.opened(cast)
    late = cast.experts[0]
    stories.keep(project, late, stories.bids_of(stories.tender_of(project)))
    seat = release(cast, project, late)
    assert (seat.released_at, seat.released_by, seat.scores.count()) == (LATE, cast.reviewer, 0)
    assert not Todo.objects.open().filter(user=late).exists()
    assert Notice.objects.get(user=late, verb="projects.expert_released").data == {"reason": seat.release_reason}
    assert "appoint_experts" in steps_waiting(project)
    fourth = fourth_expert(cast)
    stories.seat(cast, project, [fourth], at=LATE)
    assert Todo.objects.open().get(user=fourth).step == "declare_interests"
    assert "appoint_experts" not in steps_waiting(project)
    for expert in (fourth, *cast.experts[1:]):
        stories.declare(project, expert, at=LATE)
        stories.lock(project, expert, at=LATE)
    assert [expert.user for expert in score_table(stories.tender_of(project), LATE.date()).experts] == [*cast.experts[1:], fourth]
    award_tender(project_id=project.pk, draft=stories.award_draft(project), by=cast.reviewer, at=LATE)
    assert stories.fresh(project).state == ProjectState.AWARDED


def test_who_never_declared_is_released_too(cast):
    project = stories.closed(cast)
    open_bids(project_id=project.pk, by=cast.reviewer, at=stories.OPENED)
    assert release(cast, project, cast.experts[0]).has_conflict is None


def test_the_new_expert_passes_the_same_checks_and_the_old_one_does_not_return(cast):
    project = stories.opened(cast)
    release(cast, project, cast.experts[0])
    for person, reason in ((cast.experts[0], "was_released"), (cast.stranger, "not_an_expert")):
        with pytest.raises(ExpertNotEligible) as refused:
            stories.seat(cast, project, [person], at=LATE)
        assert refused.value.reason == reason
    fourth = fourth_expert(cast)
    stories.seat(cast, project, [fourth], at=LATE)
    stories.declare(project, fourth, at=LATE, conflict="亲属关系")
    assert "appoint_experts" in steps_waiting(project)


def test_a_released_expert_takes_no_further_part(cast):
    project = stories.opened(cast)
    release(cast, project, cast.experts[0])
    for act in (stories.declare, stories.lock, ask):
        with pytest.raises(NotOnThePanel):
            act(project, cast.experts[0], at=LATE)


def test_nobody_is_released_without_a_ground(cast):
    project = stories.opened(cast)
    stories.lock(project, cast.experts[1])
    stories.declare(project, cast.experts[2], at=stories.SCORED, conflict="亲属关系")
    for person, at in ((cast.experts[0], stories.SCORED), (cast.experts[1], LATE), (cast.experts[2], LATE)):
        with pytest.raises(ExpertNotReleasable):
            release(cast, project, person, at=at)
    release(cast, project, cast.experts[0])
    with pytest.raises(ExpertNotReleasable):
        release(cast, project, cast.experts[0], at=LATE + timedelta(days=1))


def test_an_expert_asks_to_be_released_and_the_county_answers(cast):
    project = stories.opened(cast)
    ask(project, cast.experts[0])
    assert "release_expert" in steps_waiting(project)
    assert [seat.ground for seat in seats_of(stories.tender_of(project), project, stories.SCORED)] == ["asked", None, None]
    assert keeps_to_itself(project, "projects.release_asked", sees_evidence=True)
    release(cast, project, cast.experts[0], at=stories.SCORED)
    assert "release_expert" not in steps_waiting(project)
    assert Entry.objects.get(verb="projects.expert_released").data == {"ground": "asked"}


def test_who_asked_may_still_go_on(cast):
    project = stories.opened(cast)
    for expert in cast.experts[:2]:
        ask(project, expert)
    stories.lock(project, cast.experts[0])
    assert "release_expert" in steps_waiting(project)
    stories.lock(project, cast.experts[1])
    assert "release_expert" not in steps_waiting(project)
    with pytest.raises(ExpertNotReleasable):
        release(cast, project, cast.experts[0])


def test_before_the_opening_only_a_wish_ends_a_seat(cast):
    project = stories.closed(cast)
    with pytest.raises(ExpertNotReleasable):
        release(cast, project, cast.experts[0], at=stories.SEATED)
    ask(project, cast.experts[0], at=stories.SEATED)
    release(cast, project, cast.experts[0], at=stories.SEATED)
    todo = Todo.objects.open().get(step="appoint_experts", subject=project.number)
    assert todo.due_at == stories.tender_of(project).closes_at
    stories.seat(cast, project, [fourth_expert(cast)])
    open_bids(project_id=project.pk, by=cast.reviewer, at=stories.OPENED)
    assert not Todo.objects.open().filter(user=cast.experts[0]).exists()


def test_points_are_not_shown_while_a_seat_is_empty(cast):
    project = stories.opened(cast)
    for expert in cast.experts[1:]:
        stories.lock(project, expert)
    release(cast, project, cast.experts[0])
    assert score_table(stories.tender_of(project), LATE.date()) is None
    assert steps_waiting(project) == {"appoint_experts"}


def test_a_release_from_a_larger_panel_leaves_the_award_to_the_others(cast):
    project = stories.closed(cast)
    fourth = fourth_expert(cast)
    stories.seat(cast, project, [fourth])
    stories.opened(cast, project)
    for expert in cast.experts:
        stories.lock(project, expert)
    release(cast, project, fourth)
    assert steps_waiting(project) == {"award_tender"}


def test_refusals_of_asking_and_releasing(cast):
    project = stories.opened(cast)
    seat = seat_of(project, cast.experts[0])
    with pytest.raises(NotPermitted):
        release_expert(expert_id=seat.pk, reason="未评分", by=cast.head, at=LATE)
    with pytest.raises(FieldRequired):
        release(cast, project, cast.experts[0], reason=" ")
    with pytest.raises(FieldRequired):
        ask(project, cast.experts[0], reason=" ")
    stories.lock(project, cast.experts[1])
    with pytest.raises(ScoresLocked):
        ask(project, cast.experts[1])
    stories.declare(project, cast.experts[2], at=stories.SCORED, conflict="亲属关系")
    with pytest.raises(ExpertHasConflict):
        ask(project, cast.experts[2])
    ask(project, cast.experts[0])
    cancel_tender(project_id=project.pk, reason="重新公告", by=cast.reviewer, at=LATE)
    assert "release_expert" not in steps_waiting(project)
    with pytest.raises(StepNotAllowed):
        release_expert(expert_id=seat.pk, reason="未评分", by=cast.reviewer, at=LATE)
