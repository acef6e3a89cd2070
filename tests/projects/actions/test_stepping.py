"""A step that a place adds to the procedure is done or waived, and nothing goes past it."""

import pytest
from django.db import IntegrityError, transaction

from tests import stories
from tests.cast import Cast
from tests.projects.actions.test_designing import steps_waiting
from tests.projects.added import ARCHIVE, FILING, HEARING, VISIT, with_added_steps
from wushe.audit.queries import entries_of
from wushe.inbox.models import Notice, Todo
from wushe.inbox.queries import todos_for
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.oversight import actions as oversight
from wushe.projects import actions as projects
from wushe.projects.errors import StepSettled, StepsOpen
from wushe.projects.models import Project, StepDone
from wushe.projects.states import ProjectState
from wushe.services import actions as services


@pytest.fixture
def signed(cast: Cast) -> Project:
    with_added_steps(cast)
    return stories.funded(cast)


def enter(cast: Cast, project: Project) -> None:
    services.enter_station(project_id=project.pk, draft=stories.entry_draft(cast), by=cast.managers[0], at=stories.ENTERED)


def complete(project: Project, code: str, by, *, at=stories.ENTERED) -> StepDone:
    return projects.complete_step(project_id=project.pk, code=code, text="已办", by=by, at=at)


def waive(project: Project, code: str, by, *, reason="本县已有统一备案", at=stories.ENTERED) -> StepDone:
    return projects.waive_step(project_id=project.pk, code=code, reason=reason, by=by, at=at)


def test_the_step_lies_on_its_actors_desk_with_its_day(cast: Cast, signed: Project):
    (todo,) = Todo.objects.open().filter(step="complete_step")
    assert (todo.subject_name, local_date(todo.due_at)) == (f"协议备案 · {signed.title}", stories.moment(5, 8).date())
    assert todo in todos_for(cast.reviewer, stories.SIGNED)
    assert todo not in todos_for(cast.managers[0], stories.SIGNED)


def test_nothing_goes_past_an_open_step(cast: Cast, signed: Project):
    with pytest.raises(StepsOpen) as refused:
        enter(cast, signed)
    assert ([step.zh for step in refused.value.steps], refused.value.source.article) == (["协议备案"], "五4")
    complete(signed, FILING, cast.reviewer)
    assert "complete_step" not in steps_waiting(signed)
    enter(cast, signed)
    assert stories.fresh(signed).state == ProjectState.DELIVERING
    (entry,) = entries_of("project", signed.number).filter(verb="projects.step_completed")
    assert entry.data == {"step": FILING, "text": "已办"}


def test_a_step_is_waived_with_a_reason_that_the_parties_read(cast: Cast, signed: Project):
    with pytest.raises(FieldRequired):
        waive(signed, FILING, cast.reviewer, reason=" ")
    with pytest.raises(NotPermitted):
        waive(signed, FILING, cast.head)
    assert waive(signed, FILING, cast.reviewer).is_waived
    told = Notice.objects.filter(verb="projects.step_waived").values_list("user__username", "data__reason")
    assert set(told) == {("head", "本县已有统一备案"), ("manager1", "本县已有统一备案")}
    enter(cast, signed)


def test_only_the_actor_does_the_step(cast: Cast, signed: Project):
    for person in (cast.head, cast.managers[0], cast.stranger):
        with pytest.raises(NotPermitted):
            complete(signed, FILING, person)


def test_a_step_is_done_once_and_when_its_turn_has_come(cast: Cast, signed: Project):
    with pytest.raises(StepNotAllowed):
        complete(signed, HEARING, cast.head)
    with pytest.raises(NotFound):
        complete(signed, "publish_project", cast.reviewer)
    complete(signed, FILING, cast.reviewer)
    with pytest.raises(StepSettled):
        waive(signed, FILING, cast.reviewer)
    with pytest.raises(StepSettled):
        complete(signed, FILING, cast.reviewer)


def test_steps_at_one_place_come_one_after_the_other_and_the_last_keeps_the_project_open(cast: Cast, signed: Project):
    complete(signed, FILING, cast.reviewer)
    enter(cast, signed)
    for title in ("邻里聚餐", "节气讲座"):
        stories.held(cast, signed, title=title)
    stories.supervised(cast, signed)
    services.finish_delivery(project_id=signed.pk, by=cast.managers[0], at=stories.FINISHED)
    with pytest.raises(StepNotAllowed):
        complete(signed, VISIT, cast.managers[0], at=stories.FINISHED)
    complete(signed, HEARING, cast.head, at=stories.FINISHED)
    (todo,) = Todo.objects.open().filter(step="complete_step")
    assert todo.body == cast.agencies[0].body
    stories.heard(cast, signed, 5, 4, 3)
    stories.evaluated(cast, signed)
    with pytest.raises(StepsOpen):
        oversight.accept_project(project_id=signed.pk, opinion="同意验收", by=cast.reviewer, at=stories.ACCEPTED)
    complete(signed, VISIT, cast.managers[0], at=stories.ACCEPTED)
    oversight.accept_project(project_id=signed.pk, opinion="同意验收", by=cast.reviewer, at=stories.ACCEPTED)
    for number in (1, 2, 3):
        stories.paid(cast, signed, number, at=stories.ACCEPTED)
    assert stories.fresh(signed).state == ProjectState.ACCEPTED
    complete(signed, ARCHIVE, cast.managers[0], at=stories.ACCEPTED)
    assert stories.fresh(signed).state == ProjectState.CLOSED


def test_the_database_keeps_one_answer_a_step_and_a_reason_for_each_waiver(cast: Cast, signed: Project):
    complete(signed, FILING, cast.reviewer)
    for row in ({"code": FILING, "is_waived": False}, {"code": HEARING, "is_waived": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StepDone.objects.create(project=signed, by=cast.reviewer, at=stories.ENTERED, **row)
