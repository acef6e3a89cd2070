"""Everybody finds filed and registered organisations, and nobody finds a person."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.organisations.applications import APPLIED, DECIDED, granted, make_offices, passed, several
from tests.organisations.factories import make_organisation
from tests.web.moments import opened_at

pytestmark = pytest.mark.django_db

LIST = reverse("portal:organisations:list")


@pytest.fixture
def offices():
    return make_offices()


@pytest.fixture
def client() -> Client:
    return Client()


def test_the_directory_is_searched_and_filtered(offices, client):
    granted(offices)
    make_organisation(offices.reviewer, offices.county.town)
    with opened_at(DECIDED):
        every = client.get(LIST).content.decode()
        assert ("广场舞队" in every, "晨光社会工作服务中心" in every) == (True, True)
        assert "晨光" not in client.get(LIST, {"q": "广场"}).content.decode()
        assert "晨光" in client.get(LIST, {"q": "52990326MJX000001m"}).content.decode()
        assert "广场舞队" in client.get(LIST, {"q": "990326001-2026-0001"}).content.decode()
        assert "广场舞队" not in client.get(LIST, {"state": "registered"}).content.decode()
        assert "晨光" not in client.get(LIST, {"place": offices.county.communities[0].code}).content.decode()
        assert "没有符合条件的组织" in client.get(LIST, {"q": "无此组织"}).content.decode()


def test_a_place_is_found_by_its_name_and_has_the_words_of_its_policy(offices, client):
    granted(offices, client_groups=("elderly",))
    make_organisation(offices.reviewer, offices.county.other_town)
    with opened_at(DECIDED):
        here = client.get(LIST, {"where": "东风社区"}).content.decode()
        assert ("广场舞队" in here, "晨光" in here, 'name="group"' in here) == (True, False, True)
        both = client.get(LIST, {"where": "社区"}).content.decode()
        assert ("是哪个地方" in both, "和平社区" in both) == (True, True)
        found = {
            "place": offices.county.communities[0].code,
            "group": "elderly",
            "field": "culture_sport",
            "kind": "community_organisation",
        }
        assert "广场舞队" in client.get(LIST, found).content.decode()
        assert "广场舞队" not in client.get(LIST, found | {"group": "child"}).content.decode()
        assert 'name="group"' not in client.get(LIST).content.decode()


def test_the_blank_form_is_that_of_the_place(offices, client):
    with opened_at(DECIDED):
        page = client.get(reverse("portal:filings:blank"), {"place": offices.county.communities[0].code}).content.decode()
        assert [words for words in ("东风社区", "☐ 文体娱乐", "花名册", "意见、签名、盖章、日期") if words not in page] == []
        assert client.get(reverse("portal:filings:blank"), {"place": "1"}).status_code == 302


def test_the_directory_is_a_file_too(offices, client):
    granted(offices)
    with opened_at(DECIDED):
        rows = json.loads(b"".join(client.get(LIST, {"format": "json"})))["organisations"]
        text = b"".join(client.get(LIST, {"format": "csv"}).streaming_content).decode()
    assert [(row["name"], row["state"], row["members"]) for row in rows] == [("东风社区广场舞队", "filed", 12)]
    assert ("东风社区广场舞队" in text, ",已备案," in text, "filed" in text) == (True, True, False)


def test_a_group_that_prepares_is_not_public(offices, client):
    organisation = passed(offices).organisation
    with opened_at(DECIDED):
        assert organisation.name not in client.get(LIST).content.decode()
        assert client.get(reverse("portal:organisations:detail", args=[organisation.number])).status_code == 404


def test_the_public_page_names_no_person(offices, client):
    organisation = granted(offices).organisation
    with opened_at(DECIDED):
        page = client.get(reverse("portal:organisations:detail", args=[organisation.number])).content.decode()
    assert "990326001-2026-0001" in page
    assert "赵" not in page
    assert "13800138000" not in page


def test_the_directory_asks_as_often_for_three_as_for_one(offices, client, django_assert_num_queries):
    several(offices, "书法社")
    with opened_at(DECIDED), django_assert_num_queries(1):
        client.get(LIST)
    several(offices, "合唱团", "编织社", at=APPLIED)
    with opened_at(DECIDED), django_assert_num_queries(1):
        client.get(LIST)
