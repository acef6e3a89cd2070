"""What shows an item of a supervision, an evaluation or an expense is opened by those whom it concerns, and by nobody else."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from tests import stories
from tests.cast import Cast
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.files.actions import store_file
from wushe.files.models import File
from wushe.oversight import actions as oversight
from wushe.oversight.models import Evaluation
from wushe.oversight.rules import digest_of
from wushe.projects import actions as projects
from wushe.projects.models import Project

SignIn = Callable[[User], Client]
PHOTO = b"\xff\xd8\xff\xe0 photo of a room \xff\xd9"
KINDS = ("supervision", "evaluation", "expense")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def photo(cast: Cast, django_capture_on_commit_callbacks) -> File:
    with django_capture_on_commit_callbacks(execute=True):
        return store_file(upload=BytesIO(PHOTO), name="现场.jpg", by=cast.reviewer, at=stories.REPORTED)


def shot() -> oversight.Proof:
    """The same photo as a form sends it."""
    return oversight.Proof(BytesIO(PHOTO), "现场.jpg")


def address_of_the_photo() -> str:
    return reverse("files:download_file", args=[File.objects.latest("pk").number])


def looked_at(cast: Cast, _stored: File) -> tuple[Project, str]:
    project, sheet = stories.delivering(cast), stories.look()
    marks = (replace(sheet.marks[0], file=shot()), *sheet.marks[1:])
    look = oversight.supervise_project(project_id=project.pk, draft=replace(sheet, marks=marks), by=cast.reviewer, at=stories.HELD)
    return project, reverse("desk:oversight:supervision", args=[project.number, look.number])


def evaluated(cast: Cast, _stored: File) -> tuple[Project, str]:
    project, sheet = stories.finished(cast), stories.report()
    stories.heard(cast, project, 5, 5, 4)
    stories.appointed(cast, project)
    judged = (replace(sheet.judged[0], file=shot()), *sheet.judged[1:])
    oversight.evaluate_project(project_id=project.pk, draft=replace(sheet, judged=judged), by=cast.judge, at=stories.FINISHED)
    return project, reverse("desk:oversight:report", args=[project.number])


def spent(cast: Cast, photo: File) -> tuple[Project, str]:
    project = stories.delivering(cast)
    stories.paid(cast, project)
    expense = projects.record_expense(
        project_id=project.pk, draft=stories.expense_draft(cast, project), by=cast.managers[0], at=stories.HELD
    )
    expense.voucher = photo
    expense.save(update_fields=["voucher"])
    return project, reverse("desk:procurement:payments", args=[project.number])


SHOWN = dict(zip(KINDS, (looked_at, evaluated, spent), strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_evidence_is_shown_to_the_place_and_to_those_who_take_part(cast: Cast, as_user: SignIn, photo: File, kind: str):
    _project, page = SHOWN[kind](cast, photo)
    address = address_of_the_photo()
    with opened_at(stories.HELD):
        for user in (cast.reviewer, cast.head, cast.managers[0], cast.auditor):
            assert address in as_user(user).get(page).content.decode()
            assert as_user(user).get(address).getvalue() == PHOTO


@pytest.mark.parametrize("kind", KINDS)
def test_evidence_is_for_nobody_else(cast: Cast, as_user: SignIn, photo: File, kind: str):
    SHOWN[kind](cast, photo)
    address = address_of_the_photo()
    with opened_at(stories.HELD):
        for user in (cast.managers[1], cast.other_head, cast.experts[0], cast.admin, cast.stranger):
            assert as_user(user).get(address).status_code == 404
        assert Client().get(address).status_code == 302


def test_an_evaluator_sees_the_evidence_of_their_own_project(cast: Cast, as_user: SignIn, photo: File):
    _project, report = evaluated(cast, photo)
    with opened_at(stories.HELD):
        assert "现场.jpg" in as_user(cast.judge).get(report).content.decode()


def test_an_evaluator_who_is_not_appointed_sees_none(cast: Cast, as_user: SignIn, photo: File):
    _project, look = looked_at(cast, photo)
    with opened_at(stories.HELD):
        assert as_user(cast.judge).get(look).status_code == 404


def test_a_look_leads_from_the_project_to_its_items(cast: Cast, as_user: SignIn, photo: File):
    project, page = looked_at(cast, photo)
    with opened_at(stories.HELD):
        assert page in as_user(cast.head).get(reverse("desk:projects:detail", args=[project.number])).content.decode()
        shown = as_user(cast.head).get(page).content.decode()
        assert as_user(cast.managers[1]).get(page).status_code == 404
    assert "服务进度与协议相符" in shown
    assert "查阅服务记录" in shown


def test_the_report_says_the_same_on_screen_and_on_paper(cast: Cast, photo: File, as_user: SignIn):
    project, report = evaluated(cast, photo)
    with opened_at(stories.FINISHED):
        client = as_user(cast.reviewer)
        page = client.get(report).content.decode()
        paper = Document(BytesIO(client.get(report, {"format": "docx"}).content))
        assert client.get(report, {"format": "pdf"}).content.startswith(b"%PDF")
    text = "\n".join(
        [*(p.text for p in paper.paragraphs), *(cell.text for table in paper.tables for row in table.rows for cell in row.cells)]
    )
    evaluation = Evaluation.objects.get(project=project)
    kept = (evaluation.number, digest_of(evaluation.content))
    for said in ("不合格", "承接机构", "回收率 100.0%", "五社参与", "声明无利益冲突", "加强志愿者培训", "系统计算", "评估机构评分", *kept):
        assert said in page
        assert said in text
    assert "现场.jpg" not in text
    assert paper.tables[-1].rows[0].cells[0].text.startswith(f"评估机构（盖章）\n{evaluation.content['evaluator']}")


def test_what_an_agency_spends_is_no_business_of_its_rivals(cast: Cast, photo: File, as_user: SignIn):
    project, payments = spent(cast, photo)
    with opened_at(stories.HELD):
        own, rival = as_user(cast.managers[0]), as_user(cast.managers[1])
        for page in (payments, reverse("desk:projects:detail", args=[project.number])):
            assert "活动材料" in own.get(page).content.decode()
            assert "支-1" not in rival.get(page).content.decode()
        assert "平湖文具店" in own.get(payments).content.decode()
        assert "平湖文具店" not in rival.get(payments).content.decode()
        assert "每周上门三次" not in rival.get(reverse("desk:procurement:agreement", args=[project.number])).content.decode()
