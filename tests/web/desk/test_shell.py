"""The desk around its parts: to-dos, news, search, audit, posts and the menu."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.cast import Cast, moment
from tests.stories import approved, reported_need, submitted
from wushe.audit.models import Entry
from wushe.inbox.models import Todo
from wushe.kernel import clock
from wushe.web.common.verbs import VERBS


@pytest.fixture
def page(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clock, "now", lambda: moment(3, 12))

    def opened(user, name, **query):
        client.force_login(user)
        response = client.get(reverse(name), query)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return opened


def test_the_inbox_groups_what_waits_for_me_by_its_due_date(page, cast):
    reported_need(cast)
    reported_need(cast, at=moment(3, 11), submission=uuid4())
    soup = page(cast.head, "desk:inbox")
    assert [group.get_text(strip=True) for group in soup.select("tr.group")] == ["已逾期", "七天内到期"]
    assert len(soup.select("tbody tr:not(.group)")) == Todo.objects.count()


def test_the_inbox_leads_those_who_record_needs_to_the_form(page, cast):
    record = reverse("field:needs:record_need")
    assert page(cast.community, "desk:inbox").select_one(f'main a[href="{record}"]')
    assert not page(cast.judge, "desk:inbox").select_one(f'main a[href="{record}"]')


def test_the_inbox_shows_one_kind_of_todo(page, cast):
    submitted(cast)
    reported_need(cast, submission=uuid4())
    assert len(page(cast.head, "desk:inbox", step="triage_need").select("tbody tr:not(.group)")) == 1
    assert page(cast.head, "desk:inbox", step="nothing").select(".chips [aria-current]")


@pytest.mark.parametrize("times", [1, 3])
def test_the_inbox_takes_the_same_queries_however_long(client, cast, times, django_assert_num_queries):
    for _ in range(times):
        reported_need(cast, submission=uuid4())
    client.force_login(cast.head)
    with django_assert_num_queries(5):
        client.get(reverse("desk:inbox"))


def test_an_inbox_without_todos_says_what_would_be_here(page, cast):
    assert "没有待办事项" in page(cast.stranger, "desk:inbox").select_one(".ws-empty").get_text()


def test_news_are_read_once(client, cast):
    approved(cast)
    client.force_login(cast.head)
    soup = BeautifulSoup(client.get(reverse("desk:news")).content, "html.parser")
    assert soup.select_one(".ws-bar .count").get_text() == "1"
    client.post(reverse("desk:mark-news-read"), {"up_to": soup.select_one("[name=up_to]")["value"]})
    assert not BeautifulSoup(client.get(reverse("desk:news")).content, "html.parser").select(".ws-bar .count")


def test_a_search_for_words_offers_the_lists(page, cast):
    assert page(cast.reviewer, "desk:search", q="助餐").h1.get_text(strip=True).endswith("“助餐”")


def test_a_search_shows_what_contains_the_words_in_every_register_that_i_may_read(page, cast):
    project = submitted(cast)
    found = page(cast.reviewer, "desk:search", q=project.title[:4])
    assert reverse("desk:projects:detail", args=[project.number]) in {a["href"] for a in found.select("main a")}
    assert reverse("desk:projects:detail", args=[project.number]) not in {
        a["href"] for a in page(cast.stranger, "desk:search", q=project.title[:4]).select("main a")
    }


def test_a_search_that_finds_nothing_says_what_to_try(page, cast):
    assert "缩短关键词" in page(cast.reviewer, "desk:search", q="没有这样的内容").select_one(".ws-empty").get_text()


def test_a_number_opens_its_page(client, cast):
    project = submitted(cast)
    client.force_login(cast.reviewer)
    address = reverse("desk:projects:detail", args=[project.number])
    assert client.get(reverse("desk:search"), {"q": project.number}).headers["Location"] == address


def test_the_audit_is_filtered_by_person_act_subject_and_day(page, cast):
    project = approved(cast)
    shown = page(cast.auditor, "desk:audit", subject=project.number, actor=cast.reviewer.name, verb="projects.design_approved")
    assert len(shown.select("tbody tr")) == 1
    acts = Entry.objects.filter(at__gte=moment(3, 9, 0), at__lt=moment(3, 10, 0)).count()
    assert len(page(cast.auditor, "desk:audit", since="2026-03-09", until="2026-03-09").select("tbody tr")) == acts
    assert page(cast.auditor, "desk:audit", since="no day").select("tbody tr")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_acts_that_differ_read_differently(language):
    with translation.override(language):
        counted = Counter(str(words) for words in VERBS.values())
    assert [words for words, times in counted.items() if times > 1] == []


@pytest.mark.django_db(transaction=True)
def test_the_audit_is_exported_and_verified(client, cast):
    client.force_login(cast.auditor)
    lines = b"".join(client.get(reverse("desk:audit"), {"format": "csv"}).streaming_content).decode().splitlines()
    assert len(lines) == Entry.objects.count() + 1
    assert "链条完好" in client.post(reverse("desk:verify-audit"), follow=True).content.decode()


def test_the_audit_is_for_auditors(client, cast):
    client.force_login(cast.head)
    response = client.get(reverse("desk:audit"))
    assert response.status_code == 403
    assert "审计员" in response.content.decode()


def test_me_lists_my_posts(page, cast):
    assert cast.county.town.name in page(cast.head, "desk:me").select_one("main").get_text()


def test_the_rail_has_nothing_that_i_may_not_open(page, cast):
    addresses = {a["href"] for a in page(cast.auditor, "desk:me").select(".ws-rail a")}
    assert reverse("desk:audit") in addresses
    assert reverse("desk:audit") not in {a["href"] for a in page(cast.head, "desk:me").select(".ws-rail a")}


def test_the_rail_has_nine_entries_at_most_whoever_looks(page, cast):
    lengths = {name: len(page(user, "desk:me").select(".ws-rail a")) for name, user in cast.everyone().items()}
    assert {name: length for name, length in lengths.items() if length > 9} == {}


def test_the_pages_of_a_section_are_tabs_and_the_rail_knows_the_section(page, cast):
    soup = page(cast.head, "desk:filings:list")
    group, own = soup.select(".ws-tabs [aria-current]")
    assert (group["href"], own["href"]) == (reverse("desk:organisations:list"), reverse("desk:filings:list"))
    assert (group["aria-current"], own["aria-current"]) == ("true", "page")
    assert soup.select_one(".ws-rail [aria-current]")["href"] == reverse("desk:organisations:list")
    assert not soup.select(".ws-crumbs")


def test_below_a_section_the_way_back_names_the_thing(client, cast):
    project = approved(cast)
    client.force_login(cast.reviewer)
    soup = BeautifulSoup(client.get(reverse("desk:projects:publish-tender", args=[project.number])).content, "html.parser")
    assert [(a["href"], a.get_text()) for a in soup.select(".ws-crumbs a")] == [
        (reverse("desk:projects:list"), "项目"),
        (reverse("desk:projects:detail", args=[project.number]), project.title),
    ]


def test_a_page_of_another_part_leads_back_to_its_project(client, cast):
    project = approved(cast)
    client.force_login(cast.reviewer)
    soup = BeautifulSoup(client.get(reverse("desk:delivery:activities", args=[project.number])).content, "html.parser")
    assert soup.select_one(".ws-crumbs a:last-of-type")["href"] == reverse("desk:projects:detail", args=[project.number])
    assert soup.select_one(".ws-rail [aria-current]")["href"] == reverse("desk:projects:list")


def test_what_a_list_is_filtered_by_is_said_and_taken_away_by_a_press(client, cast):
    reported_need(cast)
    client.force_login(cast.head)
    answer = client.get(reverse("desk:needs:list"), {"q": "老", "state": "reported"})
    chips = BeautifulSoup(answer.content, "html.parser").select(".ws-filters + .chips a.pill")
    assert [chip["href"] for chip in chips] == ["?state=reported", "?q=%E8%80%81"]


def test_a_todo_is_late_the_day_after_its_due_date(page, cast, monkeypatch):
    need = reported_need(cast).need
    due = Todo.objects.get(subject=need.number).due_at
    monkeypatch.setattr(clock, "now", lambda: due)
    assert page(cast.head, "desk:inbox").select("tr.group.today")
    monkeypatch.setattr(clock, "now", lambda: due + timedelta(days=1))
    assert page(cast.head, "desk:inbox").select("tr.group.late")
