"""The needs on the desk: list, board, one need, and what may be done with it."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests import stories
from tests.accounts.factories import make_holder
from tests.needs.factories import AT, PERSON, PHONE, make_need
from tests.web.moments import opened_at
from wushe.audit.models import Entry
from wushe.needs.actions import adopt_needs, ask_verdict
from wushe.needs.models import Need
from wushe.needs.states import NeedState
from wushe.projects import actions as projects

PROJECT = ("project", "project-990326-2026-000001", "幸福午餐")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def need(cast) -> Need:
    return make_need(cast.county.communities[0])


@pytest.fixture
def asked(cast, need) -> Need:
    adopt_needs(need_ids=[need.pk], project=PROJECT, by=cast.head, at=AT)
    ask_verdict(need_ids=[need.pk], project=PROJECT, by=cast.reviewer, at=AT)
    return need


def page_of(need, name="detail"):
    return reverse(f"desk:needs:{name}", args=[need.number])


def listed(client, **query):
    return [row.wish for row in client.get(reverse("desk:needs:list"), query).context["rows"]]


def test_the_list_narrows_and_sorts(cast, need):
    make_need(cast.county.village, wish="村口路灯坏了", field="community_governance", urgency="critical")
    client = signed_in(cast.reviewer)
    assert len(listed(client)) == 2
    for query in (
        {"q": "路灯"},
        {"field": "community_governance"},
        {"urgency": "critical"},
        {"place": cast.county.other_town.code},
        {"field": "community_governance", "age": "30", "state": "living"},
    ):
        assert listed(client, **query) == ["村口路灯坏了"]
    assert listed(client, q="没有这样的话") == listed(client, state="closed") == []
    assert len(listed(client, field="dragons", place="x", age="overdue", sort="-due")) == 2
    assert listed(signed_in(cast.head)) == [need.wish]


def test_high_above_the_codes_have_the_words_of_all_places(cast, need):
    page = signed_in(make_holder("county_station", region=cast.county.province)).get(reverse("desk:needs:list"))
    assert page.context["words"]["field"][need.field] == "养老服务"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(cast, count, django_assert_num_queries):
    for n in range(count):
        make_need(cast.county.communities[n])
    client = signed_in(cast.head)
    with django_assert_num_queries(6):
        client.get(reverse("desk:needs:list"))


def test_the_list_is_exported_without_anything_personal(cast, need):
    response = signed_in(cast.reviewer).get(reverse("desk:needs:list"), {"format": "csv"})
    text = b"".join(response).decode("utf-8-sig")
    assert need.number in text
    assert "养老服务" in text
    assert PERSON not in text
    assert PHONE not in text


def test_the_board_opens_every_number(cast, need):
    page = signed_in(cast.reviewer).get(reverse("desk:needs:board")).content.decode()
    assert f"?place={need.region.code}&amp;field=elderly_care&amp;state=living" in page
    assert f"?place={need.region.code}&amp;state=reported&amp;sort=-age" in page
    assert '0% <span class="text-muted">0/1</span>' in page
    Need.objects.all().delete()
    assert "这里没有未办结的需求" in signed_in(cast.reviewer).get(reverse("desk:needs:board")).content.decode()


def test_the_page_masks_the_resident_and_shows_superiors_even_less(cast, need):
    worker, county = (signed_in(user).get(page_of(need)).content.decode() for user in (cast.community, cast.reviewer))
    assert "张*" in worker
    assert "138****8000" in worker
    assert "138****8000" not in county
    for page in (worker, county):
        assert PERSON not in page
        assert PHONE not in page


def test_contact_is_shown_once_for_a_reason(cast, need):
    client = signed_in(cast.community)
    assert client.post(page_of(need, "reveal_contact"), {"reason": ""}).status_code == 422
    response = client.post(page_of(need, "reveal_contact"), {"reason": "约上门时间"})
    assert PERSON in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"
    assert Entry.objects.filter(subject=need.number).last().data == {"reason": "约上门时间"}
    assert PERSON not in client.get(page_of(need)).content.decode()


def test_the_town_declines_with_an_answer(cast, need):
    client = signed_in(cast.head)
    assert client.get(page_of(need, "decline_need")).status_code == 200
    assert client.post(page_of(need, "decline_need"), {"reason": ""}).status_code == 422
    response = client.post(page_of(need, "decline_need"), {"reason": "已由民政所办理"}, follow=True)
    assert "已由民政所办理" in response.content.decode()
    assert client.post(page_of(need, "decline_need"), {"reason": "再来一次"}).status_code == 422


def test_the_community_enters_an_objection_and_the_town_reads_it(cast, need):
    signed_in(cast.head).post(page_of(need, "decline_need"), {"reason": "已由民政所办理"})
    client = signed_in(cast.community)
    assert page_of(need, "record_contest") in client.get(page_of(need)).content.decode()
    assert client.get(page_of(need, "record_contest")).status_code == 200
    assert client.post(page_of(need, "record_contest"), {"reason": ""}).status_code == 422
    client.post(page_of(need, "record_contest"), {"reason": "不归他们管"})
    page = signed_in(cast.head).get(page_of(need)).content.decode()
    assert "不归他们管" in page
    assert "已由民政所办理" in page


def test_a_proposed_duplicate_is_confirmed_by_a_person(cast, need):
    twin = make_need(cast.county.communities[0])
    client = signed_in(cast.head)
    assert need.number in client.get(page_of(twin)).content.decode()
    client.post(page_of(twin, "mark_duplicate"), {"of": need.number})
    twin.refresh_from_db()
    assert twin.duplicate_of == need
    again = client.post(page_of(twin, "mark_duplicate"), {"of": twin.number}, follow=True)
    assert "不能归并到" in again.content.decode()


def test_the_community_enters_the_verdict(cast, asked):
    client = signed_in(cast.community)
    assert client.get(page_of(asked, "record_verdict")).status_code == 200
    assert client.post(page_of(asked, "record_verdict"), {"comment": "饭菜很好"}).status_code == 422
    response = client.post(page_of(asked, "record_verdict"), {"satisfied": "yes", "comment": "饭菜很好"}, follow=True)
    assert "饭菜很好" in response.content.decode()
    assert Need.objects.get().state == NeedState.CLOSED


def test_attempts_stand_on_the_page_and_do_not_close_too_early(cast, asked):
    client = signed_in(cast.community)
    assert client.get(page_of(asked, "attempt_verdict")).status_code == 200
    assert client.post(page_of(asked, "attempt_verdict"), {"note": ""}).status_code == 422
    page = client.post(page_of(asked, "attempt_verdict"), {"note": "无人接听"}, follow=True).content.decode()
    assert "无人接听" in page
    assert "已在 1 天联系过" in page
    refused = client.post(page_of(asked, "close_without_verdict"), follow=True).content.decode()
    assert "办理结果由居民评价" in refused


@pytest.mark.parametrize("name", ["list", "board"])
def test_only_those_who_may_see_needs_come_in(cast, name):
    assert signed_in(cast.stranger).get(reverse(f"desk:needs:{name}")).status_code == 403
    assert Client().get(reverse(f"desk:needs:{name}")).status_code == 302


def test_a_need_elsewhere_is_not_there(cast, need):
    assert signed_in(cast.other_head).get(page_of(need)).status_code == 404


def test_programs_read_the_list_page_by_page(cast, need, monkeypatch):
    monkeypatch.setattr("wushe.web.common.listing.Listing.__init__.__defaults__", (1,))
    other = make_need(cast.county.communities[1])
    client = signed_in(cast.reviewer)
    first = client.get(reverse("desk:needs:list"), {"format": "json", "sort": "number", "total": "1"}).json()
    assert [row["number"] for row in first["rows"]] == [min(need.number, other.number)]
    assert first["total"] == 2
    last = client.get(first["next"]).json()
    assert [row["number"] for row in last["rows"]] == [max(need.number, other.number)]
    assert "next" not in last
    assert PERSON not in str(first) + str(last)


def test_programs_filter_by_codes(cast, need):
    client = signed_in(cast.reviewer)
    found = client.get(reverse("desk:needs:list"), {"format": "json", "field": need.field, "place": need.region.code}).json()["rows"]
    assert [(row["number"], row["place"], row["state"]) for row in found] == [(need.number, need.region.code, "reported")]
    assert client.get(reverse("desk:needs:list"), {"format": "json", "field": "dragons"}).json()["rows"] == []


def test_the_chart_of_the_board_counts_every_open_need(cast, need):
    context = signed_in(cast.reviewer).get(reverse("desk:needs:board")).context
    assert context["chart"].labels == ["养老服务"]
    assert sum(sum(values) for values in context["chart"].series.values()) == context["living"] == 1


def spent_on_the_page(user, need) -> list[str]:
    with opened_at(stories.HELD):
        page = BeautifulSoup(signed_in(user).get(page_of(need)).content, "html.parser")
    return [link["href"] for link in page.select("main a[href]") if "/money/expenses/" in link["href"]]


def test_whoever_sees_the_money_sees_what_was_spent_for_a_need(cast):
    project = stories.delivering(cast)
    stories.paid(cast, project)
    need = project.project_needs.get().need
    numbers = []
    for for_need, voucher_no in ((need, "支-1"), (None, "支-2")):
        draft = stories.expense_draft(cast, project, need=for_need, voucher_no=voucher_no)
        numbers.append(projects.record_expense(project_id=project.pk, draft=draft, by=cast.managers[0], at=stories.HELD).number)
    ways = [reverse("desk:money:expense", args=[number]) for number in reversed(numbers)]
    assert spent_on_the_page(cast.finance, need) == ways
    assert spent_on_the_page(cast.community, need) == []
    projects.terminate_project(project_id=project.pk, reason="机构退出", by=cast.reviewer, at=stories.HELD)
    assert spent_on_the_page(cast.finance, need) == ways
    with opened_at(stories.HELD):
        assert "以前的项目" in signed_in(cast.head).get(page_of(need)).content.decode()
