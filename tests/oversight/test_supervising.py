"""The findings of a look are answered once and in time; a failed look holds the money back until the second is passed."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest

from tests import stories
from wushe.files.errors import FileTypeRefused
from wushe.files.models import File
from wushe.inbox.models import Notice, Todo
from wushe.kernel.errors import FieldRequired, NotPermitted, StepNotAllowed
from wushe.kernel.workdays import end_of_day
from wushe.oversight.actions import Proof, answer_findings, evaluate_project, hold_second_look, supervise_project
from wushe.oversight.errors import CorrectedTooEarly, FindingsMissing, ItemsUnanswered, NothingToAnswer, VisitOutsideDelivery
from wushe.projects.actions import return_payment, withdraw_payment
from wushe.projects.errors import TrancheNotFree
from wushe.projects.models import TrancheState

PHOTO = b"\xff\xd8\xff\xe0 photo of a room \xff\xd9"


@pytest.fixture
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def states(project):
    return [stories.tranche(project, number).state for number in (1, 2, 3)]


def answered(cast, look, *, text="已补齐", only=None):
    findings = look.findings.all() if only is None else only
    return answer_findings(supervision_id=look.pk, answers={row.pk: text for row in findings}, by=cast.managers[0], at=stories.HELD)


def looked_again(cast, first, draft=None):
    return hold_second_look(supervision_id=first.pk, draft=draft or stories.look(), by=cast.reviewer, at=stories.HELD)


def to_do(step):
    return Todo.objects.open().filter(step=step)


def test_a_failed_look_holds_back_what_was_free_and_passing_frees_it(cast):
    project = stories.delivering(cast)
    assert states(project) == [TrancheState.FREE, TrancheState.WAITING, TrancheState.WAITING]
    look = stories.supervised(cast, project, "记录不全")
    assert states(project) == [TrancheState.BLOCKED, TrancheState.BLOCKED, TrancheState.WAITING]
    assert not to_do("request_payment").exists()
    with pytest.raises(TrancheNotFree):
        stories.requested(cast, project)
    answered(cast, look)
    looked_again(cast, look)
    assert states(project) == [TrancheState.FREE, TrancheState.FREE, TrancheState.WAITING]
    assert to_do("request_payment").count() == 1


def test_a_later_failed_look_holds_back_the_tranche_that_the_first_has_freed(cast):
    project = stories.delivering(cast)
    stories.paid(cast, project)
    stories.supervised(cast, project)
    assert states(project) == [TrancheState.PAID, TrancheState.FREE, TrancheState.WAITING]
    stories.supervised(cast, project, "记录不全")
    assert states(project) == [TrancheState.PAID, TrancheState.BLOCKED, TrancheState.WAITING]


def test_what_was_asked_for_is_not_held_back(cast):
    project = stories.delivering(cast)
    stories.requested(cast, project)
    stories.supervised(cast, project, "记录不全")
    assert states(project)[0] == TrancheState.REQUESTED


@pytest.mark.parametrize("taken_back", ["returned", "withdrawn"])
def test_a_request_that_is_taken_back_after_a_failed_look_is_held_back_with_the_others(cast, taken_back):
    project = stories.delivering(cast)
    payment = stories.requested(cast, project)
    look = stories.supervised(cast, project, "记录不全")
    if taken_back == "returned":
        return_payment(payment_id=payment.pk, reason="先整改", by=cast.reviewer, at=stories.HELD)
    else:
        withdraw_payment(payment_id=payment.pk, by=cast.managers[0], at=stories.HELD)
    assert states(project) == [TrancheState.BLOCKED, TrancheState.BLOCKED, TrancheState.WAITING]
    assert stories.tranche(project).block_reason == stories.tranche(project, 2).block_reason != ""
    assert not to_do("request_payment").exists()
    answered(cast, look)
    looked_again(cast, look)
    assert states(project) == [TrancheState.FREE, TrancheState.FREE, TrancheState.WAITING]


def test_findings_of_a_passed_look_are_answered_too(cast):
    project = stories.delivering(cast)
    draft = replace(stories.look(), findings=("签到表缺一页",), correct_by=stories.CORRECT_BY)
    look = supervise_project(project_id=project.pk, draft=draft, by=cast.reviewer, at=stories.HELD)
    assert to_do("answer_findings").get().due_at == end_of_day(stories.CORRECT_BY)
    answered(cast, look)
    assert not to_do("answer_findings").exists()
    assert not to_do("hold_second_look").exists()
    assert Notice.objects.filter(user=cast.reviewer, verb="oversight.findings_answered").count() == 1


def test_the_agency_answers_the_most_urgent_look_first(cast):
    project = stories.delivering(cast)
    late = replace(stories.look(), findings=("签到表缺一页",), correct_by=date(2026, 7, 20))
    passed = supervise_project(project_id=project.pk, draft=late, by=cast.reviewer, at=stories.HELD)
    failed = stories.supervised(cast, project, "记录不全")
    assert to_do("answer_findings").get().due_at == end_of_day(stories.CORRECT_BY)
    answered(cast, failed)
    assert to_do("answer_findings").get().due_at == end_of_day(late.correct_by)
    answered(cast, passed)
    assert not to_do("answer_findings").exists()


def test_an_answer_stands(cast):
    project = stories.delivering(cast)
    look = stories.supervised(cast, project, "记录不全", "缺签到表")
    one, other = look.findings.order_by("pk")
    answered(cast, look, only=[one])
    for again in ([one], [one, other], []):
        with pytest.raises(NothingToAnswer):
            answered(cast, look, text="改口", only=again)
    answered(cast, look, only=[other])
    assert list(look.findings.order_by("pk").values_list("answer", flat=True)) == ["已补齐", "已补齐"]


def test_nothing_is_answered_after_the_second_look_or_the_end_of_delivery(cast):
    project = stories.delivering(cast)
    first = stories.supervised(cast, project, "记录不全")
    answered(cast, first)
    second = looked_again(cast, first, stories.look("仍不全"))
    with pytest.raises(NothingToAnswer):
        answered(cast, first)
    stories.services.finish_delivery(project_id=project.pk, by=cast.managers[0], at=stories.FINISHED)
    with pytest.raises(StepNotAllowed):
        answered(cast, second)


def test_a_look_has_a_day_on_which_there_was_something_to_see(cast):
    project = stories.delivering(cast)
    entered = stories.ENTERED.date()
    for day in (date(2026, 5, 6), date(2026, 6, 2)):
        with pytest.raises(VisitOutsideDelivery) as refused:
            supervise_project(project_id=project.pk, draft=replace(stories.look(), held_on=day), by=cast.reviewer, at=stories.HELD)
        assert (refused.value.earliest, refused.value.latest) == (entered, stories.HELD.date())
    first = stories.supervised(cast, project, "记录不全")
    answered(cast, first)
    with pytest.raises(VisitOutsideDelivery):
        looked_again(cast, first, replace(stories.look(), held_on=entered))


def test_corrections_are_due_after_the_visit(cast):
    project = stories.delivering(cast)
    draft = replace(stories.look(), findings=("签到表缺一页",))
    for day, refusal in ((None, FindingsMissing), (stories.HELD.date(), CorrectedTooEarly)):
        with pytest.raises(refusal):
            supervise_project(project_id=project.pk, draft=replace(draft, correct_by=day), by=cast.reviewer, at=stories.HELD)


@pytest.mark.usefixtures("_own_folder")
def test_a_file_is_stored_with_the_look_and_not_without_it(cast):
    project = stories.delivering(cast)
    first, *rest = stories.look().marks
    shown = replace(stories.look(), marks=(replace(first, evidence="", file=Proof(BytesIO(PHOTO), "现场.jpg")), *rest))
    with pytest.raises(VisitOutsideDelivery):
        supervise_project(project_id=project.pk, draft=replace(shown, held_on=date(2026, 6, 2)), by=cast.reviewer, at=stories.HELD)
    with pytest.raises(NotPermitted):
        supervise_project(project_id=project.pk, draft=shown, by=cast.managers[0], at=stories.HELD)
    assert not File.objects.exists()
    look = supervise_project(project_id=project.pk, draft=shown, by=cast.reviewer, at=stories.HELD)
    assert look.marks.get(item=first.item).file == File.objects.get()


@pytest.mark.usefixtures("_own_folder")
def test_a_file_that_is_refused_leaves_no_look(cast):
    project = stories.delivering(cast)
    first, *rest = stories.look().marks
    wrong = replace(stories.look(), marks=(replace(first, file=Proof(BytesIO(b"\x00\x01\x02\xfe"), "照片.jpg")), *rest))
    with pytest.raises(FileTypeRefused):
        supervise_project(project_id=project.pk, draft=wrong, by=cast.reviewer, at=stories.HELD)
    assert not project.supervisions.exists()


@pytest.mark.usefixtures("_own_folder")
def test_a_file_of_an_evaluation_is_stored_with_the_report_and_not_without_it(cast):
    project = stories.finished(cast)
    stories.heard(cast, project, 5)
    stories.appointed(cast, project)
    report = stories.report()
    first, *rest = report.judged
    shown = replace(report, judged=(replace(first, file=Proof(BytesIO(PHOTO), "台账.jpg")), *rest))
    for wrong, refusal in ((replace(shown, summary=" "), FieldRequired), (replace(shown, judged=shown.judged[:1]), ItemsUnanswered)):
        with pytest.raises(refusal):
            evaluate_project(project_id=project.pk, draft=wrong, by=cast.judge, at=stories.FINISHED)
    assert not File.objects.exists()
    done = evaluate_project(project_id=project.pk, draft=shown, by=cast.judge, at=stories.FINISHED)
    assert done.items.get(item=first.item).file == File.objects.get()
    assert [row["file"]["name"] for row in done.content["items"] if row["file"]] == ["台账.jpg"]
