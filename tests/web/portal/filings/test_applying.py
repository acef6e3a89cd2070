"""A founder applies on the portal, follows the application and corrects it, without an account and without a script."""

import re
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.organisations.applications import APPLIED, CHARTER, DECIDED, REVIEWED, TAIL, applied, granted, make_offices
from tests.web.moments import opened_at
from wushe.organisations import actions
from wushe.organisations.models import Filing
from wushe.organisations.queries import roster_of
from wushe.organisations.states import FilingState

pytestmark = pytest.mark.django_db

APPLY, OPEN = reverse("portal:filings:apply_for_filing"), reverse("portal:filings:open_application")
ROSTER = "陈桂芳 13900130001 发起人\n孙淑珍，11010519491231002X\n\n何秀云\n马春燕 010-12345678"


@pytest.fixture
def offices():
    return make_offices()


@pytest.fixture
def client() -> Client:
    return Client()


def typed(**other):
    values = {
        "submission": str(uuid4()),
        "name": "东风社区广场舞队",
        "purpose_class": "culture",
        "field": "culture_sport",
        "founded_on": "2024-05-01",
        "scope": "组织居民跳广场舞",
        "premises": "东风社区活动室",
        "head_name": "赵玉梅",
        "head_phone": "13800138000",
        "roster": ROSTER,
        "charter": CHARTER,
        "consent": "on",
    }
    return values | other


def apply_at(offices):
    return f"{APPLY}?place={offices.county.communities[0].code}"


def test_the_place_comes_first(offices, client):
    assert "组织在哪个社区（村）活动" in client.get(APPLY).content.decode()
    found = client.get(APPLY, {"place_text": "东风社区"})
    assert found["Location"] == apply_at(offices)


def test_the_form_says_what_the_place_asks_for(offices, client):
    page = client.get(apply_at(offices)).content.decode()
    assert "成员达到规定人数" in page
    assert "5 个工作日" in page or "5 工作日" in page


def test_a_founder_hands_in_and_gets_a_code(offices, client):
    with opened_at(APPLIED):
        answer = client.post(apply_at(offices), typed(), follow=True)
    page = answer.content.decode()
    filing = Filing.objects.get()
    assert re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", page)
    assert (filing.members, filing.name in page) == (5, True)
    people = roster_of(filing)
    assert [(one.person, one.phone, one.identity, one.is_sponsor) for one in people[1:]] == [
        ("陈桂芳", "13900130001", "", True),
        ("孙淑珍", "", "11010519491231002X", False),
        ("何秀云", "", "", False),
        ("马春燕", "01012345678", "", False),
    ]


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"roster": "陈桂芳"}, "不符合备案条件：成员达到规定人数 ≥ 5 人（平台默认）"),
        ({"roster": f"{ROSTER}\n13900130009"}, "第5行没有姓名"),
        ({"roster": ROSTER.replace("孙淑珍，11010519491231002X", "孙淑珍，110105194912310021")}, "花名册第2行的证件号码有误"),
        ({"consent": ""}, "未经名单中人员同意"),
        ({"head_phone": "12"}, "这不是11位手机号"),
    ],
)
def test_what_was_typed_stays_when_something_is_wrong(offices, client, other, sentence):
    sent = typed(**other)
    with opened_at(APPLIED):
        answer = client.post(apply_at(offices), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert sent["scope"] in page
    assert sent["roster"].splitlines()[-1] in page
    assert not Filing.objects.exists()


def test_a_wrong_number_of_the_head_is_told_beside_its_field(offices, client):
    with opened_at(APPLIED):
        answer = client.post(apply_at(offices), typed(head_identity="110105194912310021"))
    wrong = BeautifulSoup(answer.content, "html.parser").select("main [aria-invalid]")
    assert [(field["name"], field["value"]) for field in wrong] == [("head_identity", "110105194912310021")]


def test_an_empty_application_is_told_of_the_consent_too(offices, client):
    refused = client.post(apply_at(offices), {})
    page = BeautifulSoup(refused.content, "html.parser")
    assert (refused.status_code, page.select_one("#id_name_error") is not None) == (422, True)
    assert "未经名单中人员同意" in page.select_one("#id_consent_error").get_text()


def test_the_code_shows_where_it_is_and_lets_correct_what_was_returned(offices, client):
    receipt = applied(offices)
    opening = {"code": receipt.code, "tail": TAIL}
    with opened_at(APPLIED):
        assert "待社区初审" in client.post(OPEN, opening).content.decode()
    actions.return_application(filing_id=receipt.filing.pk, opinion="请补写章程第四条", by=offices.community, at=REVIEWED)
    with opened_at(REVIEWED):
        page = client.post(OPEN, opening).content.decode()
        assert "请补写章程第四条" in page
        assert "刘玉兰 13900130000 发起人" in page
        better = typed(**opening, charter=f"{CHARTER}第四条 公开账目。")
        refused = client.post(reverse("portal:filings:correct_application"), better | {"roster": ""})
        assert refused.status_code == 422
        answer = client.post(reverse("portal:filings:correct_application"), better)
    assert answer["Location"] == OPEN
    filing = Filing.objects.get()
    assert (filing.state, filing.charter, filing.members) == (FilingState.SUBMITTED, better["charter"], 5)


def test_a_wrong_code_opens_nothing(offices, client):
    applied(offices)
    with opened_at(APPLIED):
        for path in (OPEN, reverse("portal:filings:correct_application")):
            answer = client.post(path, {"code": "AAAA-AAAA", "tail": TAIL})
            assert (answer.status_code, "广场舞" in answer.content.decode()) == (422, False)


def test_everybody_can_check_a_number(offices, client):
    filing = granted(offices)
    with opened_at(DECIDED):
        found = client.get(reverse("portal:filings:find"), {"number": filing.certificate}, follow=True)
        page = found.content.decode()
        assert "该备案有效" in page
        assert "赵玉梅" not in page
        assert client.get(reverse("portal:filings:check", args=["990326001-2026-0009"])).status_code == 404


def test_a_filing_that_was_not_granted_is_not_confirmed(offices, client):
    applied(offices)
    assert client.get(reverse("portal:filings:check", args=["none"])).status_code == 404
    assert client.get(reverse("portal:filings:receipt"))["Location"] == OPEN


def test_one_address_cannot_flood_the_community(offices, client, settings):
    settings.PUBLIC_POSTS = 1
    client.post(apply_at(offices), typed())
    held = client.post(apply_at(offices), typed(name="东风社区合唱队"))
    assert held.status_code == 422
    assert "15 分钟" in held.content.decode()
    assert Filing.objects.count() == 1
