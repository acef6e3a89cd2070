"""What the agency may still do about money when the project has ended, and that a refused voucher leaves nothing behind."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import stories
from tests.cast import Cast
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.files.models import File
from wushe.projects.actions import approve_payment, return_payment, terminate_project
from wushe.projects.models import Expense, Project

SignIn = Callable[[User], Client]
PHOTO = b"\xff\xd8\xff\xe0 a voucher \xff\xd9"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page_of(name: str, project: Project) -> str:
    return reverse(f"desk:procurement:{name}", args=[project.number])


def voucher(cast: Cast, project: Project, **other: str) -> dict[str, object]:
    line = project.budget_lines.get(position=1)
    filled = {"budget_line": line.pk, "source": cast.source.number, "amount": "500", "spent_on": "2026-05-20"}
    return (
        filled | {"payee": "平湖文具店", "memo": "活动材料", "voucher_no": "支-1", "voucher": SimpleUploadedFile("小票.jpg", PHOTO)} | other
    )


def test_the_agency_of_a_closed_project_accounts_for_the_last_tranche(cast: Cast, as_user: SignIn):
    project = stories.accepted(cast)
    for number in (1, 2, 3):
        stories.paid(cast, project, number, at=stories.ACCEPTED)
    form = page_of("record-expense", project)
    with opened_at(stories.FINISHED):
        agency = as_user(cast.managers[0])
        assert form in agency.get(page_of("payments", project)).content.decode()
        assert agency.post(form, voucher(cast, project)).status_code == 302
    assert Expense.objects.get(project=project).voucher.name == "小票.jpg"


def test_after_a_termination_the_page_offers_no_request(cast: Cast, as_user: SignIn):
    project = stories.funded(cast)
    ask = reverse("desk:procurement:request-payment", args=[project.number, 1])
    agency = as_user(cast.managers[0])
    with opened_at(stories.PAID):
        assert ask in agency.get(page_of("payments", project)).content.decode()
        terminate_project(project_id=project.pk, reason="机构退出", by=cast.reviewer, at=stories.PAID)
        page = agency.get(page_of("payments", project)).content.decode()
        assert (ask in page, "只拨付终止前已审核同意的款项" in page) == (False, True)
        refused = agency.post(ask, {"invoice_no": "票-1"})
    assert refused.status_code == 422
    assert "书面结算" in refused.content.decode()


def test_a_refused_expense_leaves_no_file(cast: Cast, as_user: SignIn):
    project = stories.delivering(cast)
    stories.paid(cast, project)
    with opened_at(stories.HELD):
        refused = as_user(cast.managers[0]).post(page_of("record-expense", project), voucher(cast, project, amount="30000.01"))
    assert (refused.status_code, File.objects.count()) == (422, 0)


def test_a_request_is_returned_and_withdrawn_on_the_page(cast: Cast, as_user: SignIn):
    project = stories.funded(cast)
    payment = stories.requested(cast, project)
    send_back = reverse("desk:procurement:return-payment", args=[project.number, payment.number])
    take_back = reverse("desk:procurement:withdraw-payment", args=[project.number, payment.number])
    agency, county, town = as_user(cast.managers[0]), as_user(cast.reviewer), as_user(cast.head)
    with opened_at(stories.PAID):
        shown = [send_back in each.get(page_of("payments", project)).content.decode() for each in (agency, county, town)]
        assert shown == [False, True, False]
        assert take_back in agency.get(page_of("payments", project)).content.decode()
        assert town.post(send_back, {"reason": "发票抬头有误"}).status_code == 403
        assert county.post(send_back, {"reason": ""}).status_code == 422
        assert county.post(send_back, {"reason": "发票抬头有误"}).status_code == 302
        told = agency.get(page_of("payments", project)).content.decode()
        asked = reverse("desk:procurement:request-payment", args=[project.number, 1])
        assert ("发票抬头有误" in told, payment.number in told, asked in told) == (True, True, True)
        page = county.get(reverse("desk:projects:detail", args=[project.number])).content.decode()
        assert page.count("发票抬头有误") == 2
        second = stories.requested(cast, project)
        take_back = reverse("desk:procurement:withdraw-payment", args=[project.number, second.number])
        assert agency.post(take_back).status_code == 302
        assert "已撤回" in agency.get(page_of("payments", project)).content.decode()
        refused = county.post(reverse("desk:procurement:return-payment", args=[project.number, second.number]), {"reason": "晚了"})
    assert (refused.status_code, "依据：" in refused.content.decode()) == (422, True)


def test_the_invoice_is_shown_to_who_approves_pays_and_reads_and_to_no_rival(cast: Cast, as_user: SignIn):
    project = stories.funded(cast)
    payment = stories.requested(cast, project)
    about = "第 1 期，31,200.00 元，发票号码 票-1，最迟 2026年"
    agency, rival, county, finance = (as_user(each) for each in (*cast.managers[:2], cast.reviewer, cast.finance))
    detail = reverse("desk:projects:detail", args=[project.number])
    readers = (agency, rival, county, finance)
    with opened_at(stories.PAID):
        for page in (page_of("payments", project), detail):
            assert ["发票 票-1" in each.get(page).content.decode() for each in readers] == [True, False, True, True]
        assert [about in each.get(page_of("payments", project)).content.decode() for each in readers] == [False, False, True, True]
        approve_payment(payment_id=payment.pk, by=cast.reviewer, at=stories.PAID)
        for client, step in ((finance, "pay-tranche"), (county, "return-payment")):
            form = reverse(f"desk:procurement:{step}", args=[project.number, payment.number])
            assert about in client.get(form).content.decode()
        return_payment(payment_id=payment.pk, reason="发票抬头有误", by=cast.reviewer, at=stories.PAID)
        for page in (page_of("payments", project), detail):
            assert [f"{payment.number} · 发票 票-1" in each.get(page).content.decode() for each in readers] == [True, False, True, True]
            assert ["发票抬头有误" in each.get(page).content.decode() for each in readers] == [True, False, True, True]


def test_after_a_termination_what_is_unpaid_is_not_paid_any_more(cast: Cast, as_user: SignIn):
    project = stories.ended(cast)
    with opened_at(stories.HELD):
        county = as_user(cast.reviewer)
        addresses = (page_of("payments", project), reverse("desk:projects:detail", args=[project.number]))
        pages = [county.get(address).content.decode() for address in addresses]
    assert [(page.count("不再拨付"), page.count("条件未到")) for page in pages] == [(2, 0), (2, 0)]


def test_a_tranche_says_on_a_narrow_screen_what_its_numbers_are(cast: Cast, as_user: SignIn):
    project = stories.funded(cast)
    county = as_user(cast.reviewer)
    with opened_at(stories.PAID):
        for page in (page_of("payments", project), reverse("desk:projects:detail", args=[project.number])):
            cells = BeautifulSoup(county.get(page).content, "html.parser").find("td", attrs={"data-label": "比例"}).parent
            shown = [(cell["data-label"], cell.get_text()) for cell in cells.select("td[data-label]")]
            assert shown == [("期次", "1"), ("比例", "40%"), ("金额", "¥31,200.00")]
