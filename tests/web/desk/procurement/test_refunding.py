"""Unspent money on the pages: recorded by finance, judged by the county, read by those who may."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import stories
from tests.cast import Cast
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.projects.models import Project

SignIn = Callable[[User], Client]
PAPER = b"\xff\xd8\xff\xe0 a paper \xff\xd9"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page_of(name: str, project: Project, *more: str) -> str:
    return reverse(f"desk:procurement:{name}", args=[project.number, *more])


def typed(cast: Cast, **other: object) -> dict[str, object]:
    filled = {"source": cast.source.number, "amount": "1200", "refunded_on": stories.HELD.date().isoformat()}
    return filled | {"voucher_no": "回单-1", "reason": "活动未开展", "paper": SimpleUploadedFile("回单.jpg", PAPER)} | other


def test_finance_records_and_the_county_approves(cast: Cast, as_user: SignIn):
    project = stories.ended(cast)
    finance, county, agency, rival = (as_user(each) for each in (cast.finance, cast.reviewer, cast.managers[0], cast.managers[1]))
    record, payments = page_of("record-refund", project), page_of("payments", project)
    with opened_at(stories.HELD):
        assert [record in each.get(payments).content.decode() for each in (finance, county, agency)] == [True, False, False]
        assert agency.post(record, typed(cast)).status_code == 403
        refused = finance.post(record, typed(cast, amount="31200.01"))
        assert (refused.status_code, "31,200.00" in refused.content.decode()) == (422, True)
        assert finance.get(record).status_code == 200
        assert finance.post(record, typed(cast)).status_code == 302
        refund = project.refunds.get()
        approve, refuse = page_of("approve-refund", project, refund.number), page_of("refuse-refund", project, refund.number)
        shown = county.get(payments).content.decode()
        assert (approve in shown, refuse in shown, approve in finance.get(payments).content.decode()) == (True, True, False)
        assert finance.post(approve).status_code == 403
        assert county.post(approve).status_code == 302
        assert "回单-1" in agency.get(payments).content.decode()
        assert "回单-1" not in rival.get(payments).content.decode()
        detail = reverse("desk:projects:detail", args=[project.number])
        assert "回单-1" in county.get(detail).content.decode()
        # the history gives the reason to the parties alone
        assert ["活动未开展" in each.get(detail).content.decode() for each in (county, agency, rival)] == [True, True, False]
        assert county.get(reverse("files:download_file", args=[refund.paper.number])).status_code == 200
        assert rival.get(reverse("files:download_file", args=[refund.paper.number])).status_code == 404


def test_what_came_back_shows_at_its_source_in_the_book_and_in_public(cast: Cast, as_user: SignIn):
    project = stories.ended(cast)
    refund = stories.refunded(cast, project)
    finance = as_user(cast.finance)
    with opened_at(stories.HELD):
        assert "结余退回" in finance.get(reverse("desk:money:source", args=[cast.source.number])).content.decode()
        assert "1,200.00" in finance.get(reverse("desk:money:entry", args=[refund.entry_number])).content.decode()
        public = Client().get(reverse("portal:projects:detail", args=[project.number])).content.decode()
    assert "30,000.00" in public
    assert "1,200.00" in public


def test_the_county_refuses_with_a_reason(cast: Cast, as_user: SignIn):
    project = stories.ended(cast)
    refund = stories.recorded_refund(cast, project)
    county = as_user(cast.reviewer)
    refuse = page_of("refuse-refund", project, refund.number)
    with opened_at(stories.HELD):
        assert county.get(refuse).status_code == 200
        assert county.post(refuse, {"reason": ""}).status_code == 422
        assert county.post(refuse, {"reason": "金额与回单不符"}).status_code == 302
        assert "金额与回单不符" in as_user(cast.finance).get(page_of("payments", project)).content.decode()
        assert county.post(page_of("approve-refund", project, refund.number), follow=True).status_code == 200
        assert county.get(page_of("refuse-refund", project, "refund-0")).status_code == 404
    refund.refresh_from_db()
    assert refund.entry_number == ""
