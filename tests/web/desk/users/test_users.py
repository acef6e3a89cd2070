"""The administrator's pages: people, posts, passwords; and a person's own password."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.accounts.factories import make_holder, make_user
from tests.cast import Cast, moment
from tests.stories import reported_need
from wushe.accounts.models import Post, User
from wushe.kernel import clock

LIST = reverse("desk:users:list")
CREATE = reverse("desk:users:create_user")
PASSWORD = reverse("desk:change_password")
SECRET = "a long secret"
NEW = {"name": "周明", "username": "zhouming", "phone": ""}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment(3, 12))


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.admin)
    return client


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def names(response) -> list[str]:
    return [row.get_text(strip=True) for row in soup(response).select("tbody td:nth-child(2)")]


def page(user: User, name: str = "detail", *rest) -> str:
    return reverse(f"desk:users:{name}", args=[user.number, *rest])


def test_the_rail_leads_to_the_list(desk):
    assert LIST in {a["href"] for a in soup(desk.get(reverse("desk:me"))).select(".ws-rail a")}


def test_people_are_found_by_name_role_place_and_sign_in(desk, cast):
    User.objects.filter(pk=cast.worker.pk).update(is_active=False)
    assert "head" in names(desk.get(LIST))
    assert names(desk.get(LIST, {"q": "other_"})) == ["other_head"]
    assert names(desk.get(LIST, {"role": "town_station_head"})) == ["head", "other_head"]
    assert names(desk.get(LIST, {"role": "town_station_head", "place": cast.county.town.code})) == ["head"]
    assert names(desk.get(LIST, {"active": "no"})) == ["worker"]
    assert "没有符合条件的人员" in desk.get(LIST, {"q": "nobody"}).content.decode()


def test_a_place_that_several_have_offers_them(desk):
    response = desk.get(LIST, {"place_text": "社区"})
    assert len(soup(response).select("[data-place-list] input[type=radio]")) == 4


def test_an_administrator_of_a_town_sees_its_people_and_those_without_a_post(client, cast):
    client.force_login(make_holder("system_admin", region=cast.county.other_town, username="town_admin"))
    assert sorted(names(client.get(LIST))) == ["judge", "other_head", "stranger", "town_admin"]
    assert client.get(page(cast.head)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long(desk, cast, count, django_assert_num_queries):
    for n in range(count):
        make_holder("expert", region=cast.county.county, username=f"more{n}")
    with django_assert_num_queries(4):
        desk.get(LIST)


def test_the_list_is_exported(desk):
    lines = b"".join(desk.get(LIST, {"format": "csv"}).streaming_content).decode().splitlines()
    assert len(lines) == User.objects.count() + 1
    assert any("head" in line and "社工站站长" in line for line in lines)


@pytest.mark.parametrize("who", ["head", "reviewer", "auditor", "manager", "stranger"])
def test_the_pages_are_for_administrators(client, cast, who):
    client.force_login(cast.everyone()[who])
    post = Post.objects.get(user=cast.worker)
    pages = [LIST, CREATE, page(cast.worker), page(cast.worker, "appoint"), page(cast.worker, "end_post", post.pk)]
    pages += [page(cast.worker, name) for name in ("disable_user", "enable_user", "give_password")]
    assert [client.post(address).status_code for address in pages] == [403] * len(pages)


def test_a_person_with_what_waits_for_them(desk, cast):
    reported_need(cast)
    shown = soup(desk.get(page(cast.head)))
    assert cast.county.town.name in shown.main.get_text()
    assert shown.find("h2", string="待办情况").find_next("td", class_="num").get_text() == "1"


def test_a_new_user_signs_in_with_the_first_password_and_chooses_their_own(desk, cast):
    response = desk.post(CREATE, NEW)
    first = soup(response).select_one("#password").get_text()
    assert "no-store" in response.headers["Cache-Control"]
    person = Client()
    assert person.post(reverse("portal:sign-in"), {"username": "zhouming", "password": first}).status_code == 302
    assert person.get(reverse("desk:inbox")).headers["Location"] == PASSWORD
    assert person.get(reverse("portal:home")).status_code == 200
    typed = {"old": first, "new": "my own secret", "again": "my own secret"}
    assert person.post(PASSWORD, typed).headers["Location"] == reverse("desk:me")
    assert person.get(reverse("desk:inbox")).status_code == 200


def test_a_taken_user_name_is_said_beside_the_field(desk):
    response = desk.post(CREATE, NEW | {"username": "head"})
    assert response.status_code == 422
    shown = soup(response)
    assert "head" in shown.select_one("#id_username_error").get_text()
    assert shown.select_one("#id_name")["value"] == "周明"


@pytest.mark.parametrize(("field", "typed"), [("username", "周明"), ("phone", "12"), ("name", "")])
def test_what_cannot_be_is_said_beside_the_field(desk, field, typed):
    response = desk.post(CREATE, NEW | {field: typed})
    assert response.status_code == 422
    assert soup(response).select_one(f"#id_{field}_error")


def test_a_name_and_a_phone_are_corrected(desk, cast):
    form = page(cast.head, "update_user")
    assert soup(desk.get(form)).select_one("#id_name")["value"] == cast.head.name
    wrong = desk.post(form, {"name": "周明", "phone": "12"})
    assert (wrong.status_code, soup(wrong).select_one("#id_name")["value"]) == (422, "周明")
    assert desk.post(form, {"name": "周明", "phone": "138 0013 8000"}).status_code == 302
    shown = soup(desk.get(page(cast.head))).main.get_text()
    assert "周明" in shown
    assert "13800138000" in shown


def test_a_post_is_opened_at_a_place(desk, cast):
    assert len(soup(desk.get(page(cast.stranger, "appoint"))).select("tbody tr")) == 12
    form = page(cast.stranger, "appoint") + "?role=expert"
    assert soup(desk.get(form)).select_one("#id_since")["value"] == "2026-03-12"
    typed = {"region_text": "平湖县", "title": "律师", "since": "2026-03-12", "until": ""}
    assert desk.post(form, typed).headers["Location"] == page(cast.stranger)
    assert "律师" in desk.get(page(cast.stranger)).content.decode()


def test_a_post_is_opened_at_an_organisation(desk, cast):
    form = page(cast.stranger, "appoint") + "?role=agency_manager"
    assert len(soup(desk.get(form)).select("datalist option")) == len(cast.agencies)
    typed = {"body": "社会工作", "since": "2026-03-12"}
    assert "青禾社会工作服务中心" in soup(desk.post(form, typed)).select_one("#id_body_error").get_text()
    assert soup(desk.post(form, typed | {"body": "没有"})).select_one("#id_body_error")
    desk.post(form, typed | {"body": "青禾"})
    assert Post.objects.get(user=cast.stranger).body == cast.agencies[1].body


def test_a_refused_post_keeps_what_was_typed(desk, cast):
    form = page(cast.head, "appoint") + "?role=auditor"
    response = desk.post(form, {"region_text": "平湖县", "title": "审计", "since": "2026-03-12"})
    assert response.status_code == 422
    shown = soup(response)
    assert "分立" in shown.select_one(".ws-errors").get_text()
    assert shown.select_one("#id_title")["value"] == "审计"


def test_a_post_is_ended(desk, cast):
    post = Post.objects.get(user=cast.head)
    form = page(cast.head, "end_post", post.pk)
    assert soup(desk.get(form)).select_one("#id_until")["value"] == "2026-03-12"
    assert soup(desk.post(form, {"until": "2026-03-01"})).select_one("#id_until_error")
    assert desk.post(form, {"until": "2026-03-12"}).headers["Location"] == page(cast.head)
    assert desk.get(page(cast.worker, "end_post", post.pk)).status_code == 404


def test_ones_own_last_administration_does_not_end(desk, cast):
    form = page(cast.admin, "end_post", Post.objects.get(user=cast.admin).pk)
    assert "最后一个管理岗位" in soup(desk.post(form, {"until": "2026-04-01"})).select_one("#id_until_error").get_text()


def test_sign_in_is_stopped_and_allowed(desk, cast):
    head = Client()
    head.force_login(cast.head)
    desk.post(page(cast.head, "disable_user"))
    assert head.get(reverse("desk:inbox")).status_code == 302
    assert "停止登录" in soup(desk.get(page(cast.head))).select_one(".pill").get_text()
    desk.post(page(cast.head, "enable_user"))
    head.force_login(User.objects.get(pk=cast.head.pk))
    assert head.get(reverse("desk:inbox")).status_code == 200


def test_nobody_stops_their_own_account(desk, cast):
    assert "自己的账号" in desk.post(page(cast.admin, "disable_user"), follow=True).content.decode()
    assert desk.post(page(cast.admin, "give_password")).status_code == 409


def test_a_new_password_ends_sessions(desk, cast):
    head = Client()
    head.force_login(cast.head)
    assert desk.get(page(cast.head, "give_password")).status_code == 200
    shown = soup(desk.post(page(cast.head, "give_password"))).select_one("#password").get_text()
    assert head.get(reverse("desk:inbox")).status_code == 302
    assert User.objects.get(pk=cast.head.pk).check_password(shown)


def test_an_account_that_serves_elsewhere_says_whose_it_is(client, cast):
    Post.objects.create(user=cast.head, role="expert", region=cast.county.other_town, since=moment(3, 1).date())
    client.force_login(make_holder("system_admin", region=cast.county.town, username="town_admin"))
    shown = soup(client.get(page(cast.head)))
    assert cast.county.other_town.name in shown.aside.get_text()
    assert not shown.aside.select("form")
    assert len(shown.select("main td a")) == 1


@pytest.fixture
def person(db: None) -> User:
    user = make_user("zhaomin")
    user.set_password(SECRET)
    user.save()
    return user


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("old", {"old": "wrong", "new": "my own secret", "again": "my own secret"}),
        ("new", {"old": SECRET, "new": SECRET, "again": SECRET}),
        ("new", {"old": SECRET, "new": "short", "again": "short"}),
        ("new", {"old": SECRET, "new": "12345678901234", "again": "12345678901234"}),
        ("again", {"old": SECRET, "new": "my own secret", "again": "another secret"}),
    ],
)
def test_a_password_that_cannot_be_is_said_beside_its_field(client, person, field, typed):
    client.force_login(person)
    response = client.post(PASSWORD, typed)
    assert response.status_code == 422
    assert soup(response).select_one(f"#id_{field}_error")


def test_changing_the_password_keeps_this_browser_and_ends_the_others(client, person):
    other = Client()
    other.force_login(person)
    client.force_login(person)
    assert client.get(PASSWORD).status_code == 200
    client.post(PASSWORD, {"old": SECRET, "new": "my own secret", "again": "my own secret"})
    assert client.get(reverse("desk:me")).status_code == 200
    assert other.get(reverse("desk:me")).status_code == 302
