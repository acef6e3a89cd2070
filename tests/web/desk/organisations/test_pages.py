"""The register on the desk: found, read, entered, taken through its life."""

import json
from datetime import date

import pytest
from django.urls import reverse

from tests.accounts.factories import BEFORE
from tests.organisations.applications import DECIDED, granted, make_offices
from tests.organisations.factories import OTHER_USCC, make_organisation
from tests.web.moments import opened_at
from tests.web.over import refused_at_once
from wushe.accounts.models import Post
from wushe.organisations.models import Kind, Organisation
from wushe.organisations.rules import state_of
from wushe.organisations.states import State

pytestmark = pytest.mark.django_db

LIST = reverse("desk:organisations:list")


@pytest.fixture
def offices():
    return make_offices()


def url(name, organisation):
    return reverse(f"desk:organisations:{name}", args=[organisation.number])


def profile(offices, **other):
    return {
        "name": "和平社区编织社",
        "region": offices.county.communities[1].code,
        "purpose_class": "mutual_help",
        "service_fields": ["culture_sport"],
        "members": "8",
    } | other


def test_the_register_is_searched_sorted_and_exported(offices, as_user):
    granted(offices)
    make_organisation(offices.reviewer, offices.county.town)
    client = as_user(offices.head)
    with opened_at(DECIDED):
        assert "晨光社会工作服务中心" in client.get(LIST, {"sort": "-members"}).content.decode()
        assert "晨光" not in client.get(LIST, {"q": "广场", "kind": "community_organisation"}).content.decode()
        assert "晨光" not in client.get(LIST, {"state": "ending"}).content.decode()
        rows = json.loads(client.get(LIST, {"format": "json", "state": "filed"}).content)["rows"]
        text = b"".join(client.get(LIST, {"format": "csv"}).streaming_content).decode()
        assert "广场舞队" not in as_user(offices.stranger).get(LIST).content.decode()
    assert [(row["name"], row["state"], row["members"]) for row in rows] == [("东风社区广场舞队", "filed", 12)]
    assert "社会工作服务机构" in text


def test_the_page_shows_the_life_the_conditions_and_the_people_masked(offices, as_user):
    organisation = granted(offices).organisation
    with opened_at(DECIDED):
        page = as_user(offices.head).get(url("detail", organisation)).content.decode()
        assert as_user(offices.stranger).get(url("detail", organisation)).status_code == 404
    told = ("还差 3 项登记条件", "社会团体登记管理条例", "990326001-2026-0001", "赵*", "进入筹建")
    assert [words for words in told if words not in page] == []
    assert "赵玉梅" not in page


def test_premises_that_are_shared_are_shown(offices, as_user):
    organisation = granted(offices).organisation
    other = {"uscc": "", "name": "东风书法社", "kind": Kind.COMMUNITY_ORGANISATION, "registered_on": None, "premises": "东风社区文体活动室"}
    make_organisation(offices.reviewer, offices.county.communities[0], **other)
    with opened_at(DECIDED):
        assert "东风书法社" in as_user(offices.head).get(url("detail", organisation)).content.decode()


def test_a_group_is_entered_and_taken_through_its_life(offices, as_user):
    head, county = as_user(offices.head), as_user(offices.reviewer)
    with opened_at(DECIDED):
        register = reverse("desk:organisations:register_organisation")
        assert head.get(register).status_code == 200
        assert head.post(register, profile(offices, founded_on="2030-01-01", kind="community_organisation")).status_code == 422
        head.post(register, profile(offices, founded_on="2024-01-01", kind="community_organisation"))
        row = Organisation.objects.get()
        head.post(url("begin_preparing", row), {"day": "2025-01-01", "document": ""})
        assert "新备案请走申请程序：社区初审 → 镇（街）决定 → 区县接收。" in head.get(url("record_filing", row)).content.decode()
        assert head.post(url("record_filing", row), {"day": "2024-06-01"}).status_code == 422
        head.post(url("record_filing", row), {"day": "2025-06-01", "document": "明街备1号"})
        assert head.get(url("record_registration", row)).status_code == 403
        county.post(url("record_registration", row), {"day": "2026-01-05", "uscc": OTHER_USCC, "document": "登记证书"})
        page = county.get(url("detail", row)).content.decode()
        head.post(url("update_organisation", row), profile(offices, uscc=OTHER_USCC, members="9"))
        changed = profile(offices, uscc=OTHER_USCC, name="和平编织中心", what="更名", amended_on="2026-02-01", document="章程修正案")
        assert head.post(url("amend_organisation", row), changed | {"what": ""}).status_code == 422
        head.post(url("amend_organisation", row), changed)
        assert "更名" in head.get(url("detail", row)).content.decode()
        head.post(url("deregister_organisation", row), {"day": "2026-03-01", "reason": "会员大会决定"})
        assert refused_at_once(head, url("deregister_organisation", row), {"day": "2026-03-01", "reason": "会员大会决定"})
        assert refused_at_once(head, url("amend_organisation", row), changed)
        assert refused_at_once(head, url("plan_guidance", row), {"planned_on": "2026-03-20", "plan": "看章程"})
    row.refresh_from_db()
    days = (date(2024, 2, 1), date(2025, 2, 1), date(2025, 7, 1), date(2026, 1, 6), date(2026, 3, 2))
    assert [state_of(row, day) for day in days] == [State.GROUP, State.PREPARING, State.FILED, State.REGISTERED, State.DEREGISTERED]
    assert (row.name, row.members, "登记证书" in page) == ("和平编织中心", 8, True)


def test_somebody_with_two_towns_enters_an_organisation_in_either(offices, as_user):
    Post.objects.create(user=offices.head, role="town_station_head", region=offices.county.other_town, since=BEFORE)
    head, village = as_user(offices.head), offices.county.village
    with opened_at(DECIDED):
        register = reverse("desk:organisations:register_organisation")
        typed = profile(offices, region=village.code, founded_on="2024-01-01", kind="community_organisation")
        head.post(register, typed)
    assert Organisation.objects.get().region == village


def test_a_filing_that_ends_soon_is_listed_and_renewed(as_user):
    offices = make_offices("example-quarterly")
    organisation = granted(offices, field="culture_sport").organisation
    client = as_user(offices.head)
    with opened_at(DECIDED):
        assert client.post(url("renew_filing", organisation), {}).status_code == 422
    Organisation.objects.update(filed_until=date(2026, 3, 20))
    with opened_at(DECIDED):
        assert organisation.name in client.get(LIST, {"state": "ending"}).content.decode()
        assert "备案即将到期" in client.get(url("detail", organisation)).content.decode()
        client.post(url("renew_filing", organisation), {"document": "续1号"})
    organisation.refresh_from_db()
    assert organisation.filed_until == date(2029, 3, 20)
