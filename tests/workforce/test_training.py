from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.workforce.factories import AT, ON, make_course, make_session, make_worker
from wushe.accounts.queries import Scope
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted
from wushe.policies.errors import UnknownCode
from wushe.workforce.actions import PlanDraft, cancel_session, plan_training, record_attendance
from wushe.workforce.errors import MinutesOutOfRange, SessionAttended, SessionCancelled, SessionOutsideYear
from wushe.workforce.models import Course, Plan, Session
from wushe.workforce.queries import course_by_number, courses_in, plans_in

pytestmark = pytest.mark.django_db


def plan(cast: Cast, **other: object) -> PlanDraft:
    draft = PlanDraft(cast.county.county, ON.year, "提高机构实务能力", class_hours=48, seats=200, cost=Decimal("30000.00"))
    return replace(draft, **other)


def test_a_plan_stands_beside_what_was_done_of_it(cast: Cast):
    plan_training(draft=plan(cast), by=cast.reviewer, at=AT)
    session = make_session(cast)
    record_attendance(session=session, present=[make_worker(cast).number], by=cast.reviewer, at=AT)
    (standing,) = plans_in(Scope(regions=(cast.county.county,)), ON.year, ON)
    assert (standing.minutes, standing.seats, standing.plan.class_hours) == (90, 1, 48)


def test_a_plan_written_again_replaces_the_first_and_the_audit_keeps_both(cast: Cast):
    for hours in (48, 60):
        plan_training(draft=plan(cast, class_hours=hours), by=cast.reviewer, at=AT)
    assert Plan.objects.get().class_hours == 60
    assert [entry.data["class_hours"] for entry in Entry.objects.filter(verb="workforce.plan_training").order_by("id")] == [48, 60]


def test_a_town_plans_and_teaches_for_itself_alone(cast: Cast):
    plan_training(draft=plan(cast, region=cast.county.town), by=cast.head, at=AT)
    course = make_course(cast, region=cast.county.town, by=cast.head)
    make_session(cast, course, by=cast.head)
    for by in (cast.head, cast.worker, cast.community, cast.auditor, cast.managers[0], cast.finance, cast.stranger):
        with pytest.raises(NotPermitted):
            plan_training(draft=plan(cast), by=by, at=AT)
        with pytest.raises(NotPermitted):
            make_course(cast, by=by)
    with pytest.raises(NotPermitted):
        make_session(cast, course, by=cast.other_head)


def test_courses_of_the_places_above_concern_a_town_and_those_of_other_towns_do_not(cast: Cast):
    own, above = make_course(cast, region=cast.county.town), make_course(cast)
    town, other = Scope(regions=(cast.county.town,)), Scope(regions=(cast.county.other_town,))
    assert set(courses_in(town, ON.year)) == {own, above}
    assert set(courses_in(other, ON.year)) == {above}
    with pytest.raises(NotFound):
        course_by_number(own.number, other)


@pytest.mark.parametrize(("change", "refusal"), [({"title": " "}, FieldRequired), ({"kind": "magic"}, UnknownCode)])
def test_a_course_has_a_title_and_a_known_kind(cast: Cast, change, refusal):
    with pytest.raises(refusal):
        make_course(cast, **change)
    assert not Course.objects.exists()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"minutes": 0}, MinutesOutOfRange),
        ({"minutes": 721}, MinutesOutOfRange),
        ({"held_on": date(ON.year + 1, 1, 5)}, SessionOutsideYear),
        ({"place": ""}, FieldRequired),
    ],
)
def test_a_session_that_cannot_be_is_refused(cast: Cast, change, refusal):
    with pytest.raises(refusal):
        make_session(cast, **change)
    assert not Session.objects.exists()


def test_a_pin_names_one_session_of_a_day(cast: Cast, monkeypatch):
    drawn = iter([7, 7, 8])
    monkeypatch.setattr("wushe.workforce.actions.training.randbelow", lambda _most: next(drawn))
    course = make_course(cast)
    assert [make_session(cast, course).pin for _each in range(2)] == ["000007", "000008"]


def test_a_session_to_which_nobody_came_is_cancelled_once(cast: Cast):
    session = make_session(cast, held_on=ON + timedelta(days=3))
    with pytest.raises(FieldRequired):
        cancel_session(session=session, reason=" ", by=cast.reviewer, at=AT)
    with pytest.raises(NotPermitted):
        cancel_session(session=session, reason="暴雨", by=cast.head, at=AT)
    assert cancel_session(session=session, reason="暴雨", by=cast.reviewer, at=AT).cancelled_reason == "暴雨"
    with pytest.raises(SessionCancelled):
        cancel_session(session=session, reason="暴雨", by=cast.reviewer, at=AT)
    held = make_session(cast)
    record_attendance(session=held, present=[make_worker(cast).number], by=cast.reviewer, at=AT)
    with pytest.raises(SessionAttended):
        cancel_session(session=held, reason="暴雨", by=cast.reviewer, at=AT)
