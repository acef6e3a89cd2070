from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, moment
from tests.policies.factories import load_policy
from tests.workforce.factories import certify, make_worker, place
from wushe.accounts.models import User
from wushe.kernel import clock

SignIn = Callable[[User], Client]
PAGE = reverse("desk:workers:allowances")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: moment(6, 1))


def text_of(response: HttpResponse) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_the_month_of_a_place_is_listed_line_by_line_and_handed_out(cast: Cast, as_user: SignIn):
    load_policy(cast.county.town, "example-quarterly")
    worker = make_worker(cast)
    certify(cast, worker)
    place(cast, worker)
    desk = as_user(cast.head)
    shown = text_of(desk.get(PAGE, {"month": "2026-05"}))
    assert "李晓燕" in shown
    assert "31 / 31" in shown
    assert "100.00" in desk.get(PAGE, {"month": "2026-05", "format": "csv"}).getvalue().decode()
    assert "1 / 30" in text_of(desk.get(PAGE, {"month": "2027-01"}))
    assert "按截至今天的天数计算" in text_of(desk.get(PAGE, {"month": "x"}))


def test_a_county_reads_what_its_towns_pay_by_which_rule(cast: Cast, as_user: SignIn):
    load_policy(cast.county.town, "example-quarterly")
    worker = make_worker(cast)
    certify(cast, worker)
    place(cast, worker)
    desk = as_user(cast.reviewer)
    shown = text_of(desk.get(PAGE, {"month": "2026-05"}))
    assert "示例，不是任何地方的标准" in shown
    assert "31 / 31" in shown
    assert "31 / 31" not in text_of(desk.get(PAGE, {"month": "2026-05", "place": cast.county.other_town.code}))


def test_who_keeps_no_register_reads_no_list_and_without_a_rule_nothing_is_paid(cast: Cast, as_user: SignIn):
    assert "没有规定职业水平证书津贴" in as_user(cast.head).get(PAGE).content.decode()
    for user in (cast.worker, cast.community, cast.auditor, cast.managers[0], cast.stranger):
        assert as_user(user).get(PAGE).status_code == 403
