from datetime import timedelta
from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.workforce.factories import AT, ISSUED, ON, certify, make_worker
from wushe.accounts.queries import Scope
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.policies.errors import UnknownCode
from wushe.workforce.actions import correct_exam, follow_exam, note_exam, record_title_exam, release_worker
from wushe.workforce.errors import ExamNotedAlready, LicensedAlready, NotYet, ScoreOutOfRange, WorkerLeft
from wushe.workforce.facts import professionals, title_holders
from wushe.workforce.models import Exam, TitleExam, Worker
from wushe.workforce.queries import ExamFilter, exam_by_id, exams_in, pipeline
from wushe.workforce.states import ExamState, Step

pytestmark = pytest.mark.django_db


def noted(cast: Cast, worker: Worker | None = None) -> Exam:
    return note_exam(worker=worker or make_worker(cast), year=ON.year, level="assistant", by=cast.head, at=AT)


def walk(cast: Cast, exam: Exam, *steps: Step) -> Exam:
    for step in steps:
        exam = follow_exam(exam=exam, step=step, by=cast.head, at=AT)
    return exam


def test_from_the_wish_to_the_result(cast: Cast):
    exam = walk(cast, noted(cast), Step.ENTER_EXAM, Step.SIT_EXAM, Step.PASS_EXAM)
    assert exam.state == ExamState.PASSED
    assert [entry.verb for entry in Entry.objects.filter(subject=exam.worker.number).order_by("id")][1:] == [
        "workforce.note_exam",
        "workforce.enter_exam",
        "workforce.sit_exam",
        "workforce.pass_exam",
    ]


@pytest.mark.parametrize("step", [Step.SIT_EXAM, Step.PASS_EXAM, Step.FAIL_EXAM])
def test_steps_come_in_their_order(cast: Cast, step: Step):
    with pytest.raises(StepNotAllowed):
        walk(cast, noted(cast), step)


def test_a_wrong_step_is_set_right_with_a_reason(cast: Cast):
    exam = walk(cast, noted(cast), Step.DROP_EXAM)
    with pytest.raises(FieldRequired):
        correct_exam(exam=exam, state=ExamState.ENTERED, reason=" ", by=cast.head, at=AT)
    assert correct_exam(exam=exam, state=ExamState.ENTERED, reason="误点", by=cast.head, at=AT).state == ExamState.ENTERED
    assert Entry.objects.latest("id").data["before"] == "dropped"


def test_a_person_has_an_exam_of_a_year_and_level_once(cast: Cast):
    exam = noted(cast)
    with pytest.raises(ExamNotedAlready):
        noted(cast, exam.worker)
    with pytest.raises(UnknownCode):
        note_exam(worker=exam.worker, year=ON.year, level="wizard", by=cast.head, at=AT)


def test_who_left_begins_nothing(cast: Cast):
    worker = make_worker(cast)
    release_worker(worker=worker, left_on=ON, reason="辞职", by=cast.head, at=AT)
    with pytest.raises(WorkerLeft):
        noted(cast, worker)


def test_only_stations_follow_exams_of_their_people(cast: Cast):
    exam = noted(cast)
    for by in (cast.other_head, cast.worker, cast.community, cast.auditor, cast.managers[0], cast.stranger):
        with pytest.raises(NotPermitted):
            follow_exam(exam=exam, step=Step.ENTER_EXAM, by=by, at=AT)
        with pytest.raises(NotPermitted):
            correct_exam(exam=exam, state=ExamState.PASSED, reason="误点", by=by, at=AT)
        with pytest.raises(NotPermitted):
            record_title_exam(worker=exam.worker, held_on=ON, score=Decimal(80), by=by, at=AT)
    with pytest.raises(NotFound):
        exam_by_id(exam.pk, Scope(regions=(cast.county.other_town,)))


def test_who_came_further_counts_in_all_the_steps_before(cast: Cast):
    walk(cast, noted(cast), Step.ENTER_EXAM, Step.SIT_EXAM, Step.FAIL_EXAM)
    noted(cast, make_worker(cast, 2))
    (row,) = pipeline(Scope(regions=(cast.county.county,)), ON.year)
    counts = [row.reached[state] for state in (ExamState.INTERESTED, ExamState.ENTERED, ExamState.SAT, ExamState.PASSED, ExamState.FAILED)]
    assert (row.place, counts) == (cast.county.town, [2, 1, 1, 0, 1])


def test_the_list_knows_whose_certificate_is_entered(cast: Cast):
    exam = walk(cast, noted(cast), Step.ENTER_EXAM, Step.SIT_EXAM, Step.PASS_EXAM)
    scope = Scope(regions=(cast.county.county,))
    assert exams_in(scope, ON.year).get().certified is False
    certify(cast, exam.worker)
    assert exams_in(scope, ON.year, ExamFilter(state=ExamState.PASSED)).get().certified is True
    assert exams_in(scope, ON.year, ExamFilter(reached=ExamState.SAT, at=exam.worker.region)).get() == exam
    assert not exams_in(scope, ON.year, ExamFilter(reached=ExamState.DROPPED))
    assert not exams_in(scope, ON.year, ExamFilter(at=cast.county.other_town))


def test_a_local_exam_passes_at_the_mark_of_the_policy_and_a_new_score_corrects_the_old(cast: Cast):
    worker = make_worker(cast)
    for score, passed in (("59.5", False), ("60", True)):
        exam = record_title_exam(worker=worker, held_on=ON, score=Decimal(score), by=cast.head, at=AT)
        assert (exam.passed, exam.pass_mark) == (passed, 60)
    assert TitleExam.objects.count() == 1
    assert title_holders(ON) == {worker.pk}
    assert not professionals(ON)


def test_a_local_exam_that_cannot_be_is_refused(cast: Cast):
    worker = make_worker(cast)
    with pytest.raises(NotYet):
        record_title_exam(worker=worker, held_on=ON + timedelta(days=1), score=Decimal(80), by=cast.head, at=AT)
    for score in (-1, 101):
        with pytest.raises(ScoreOutOfRange):
            record_title_exam(worker=worker, held_on=ON, score=Decimal(score), by=cast.head, at=AT)
    certify(cast, worker)
    with pytest.raises(LicensedAlready):
        record_title_exam(worker=worker, held_on=ISSUED, score=Decimal(80), by=cast.head, at=AT)
