"""Federations on the desk, for the town that keeps them and the manager who comments."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.accounts.factories import make_holder
from tests.cast import moment
from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, make_organisation
from tests.web.moments import opened_at
from tests.web.over import refused_at_once
from wushe.organisations.models import BoardSeat, Kind, Membership

pytestmark = pytest.mark.django_db

LIST = reverse("desk:federations:list")


@pytest.fixture
def offices():
    return make_offices()


@pytest.fixture
def federation(offices):
    other = {"uscc": "", "registered_on": None, "filed_on": date(2024, 5, 1)}
    return make_organisation(offices.reviewer, offices.county.town, kind=Kind.FEDERATION, name="明德联合会", **other)


def url(name, federation, *more):
    return reverse(f"desk:federations:{name}", args=[federation.number, *more])


def test_the_town_keeps_the_federation(offices, federation, as_user):
    head = as_user(offices.head)
    team = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None, "name": "东风志愿队"}
    row = make_organisation(offices.reviewer, offices.county.communities[0], **team)
    with opened_at(AT):
        assert head.get(url("admit_member", federation)).status_code == 200
        refused = head.post(url("admit_member", federation), {"kind": "youth_league", "name": "", "joined_on": "2026-02-01"})
        assert (refused.status_code, "2026-02-01" in refused.content.decode()) == (422, True)
        head.post(url("admit_member", federation), {"kind": "youth_league", "name": "街道团委", "joined_on": "2026-02-01"})
        head.post(url("admit_member", federation), {"kind": "community_organisation", "organisation": row.pk, "joined_on": "2026-02-01"})
        league, joined = Membership.objects.order_by("pk")
        seat = {"person": "周明", "position": "会长", "membership": league.pk, "seated_on": "2026-02-01"}
        head.post(url("fill_board_seat", federation), seat)
        head.post(url("record_pledge", federation, joined.pk), {"text": "经费公开", "pledged_on": "2026-02-02"})
        seen = {"reviewer": league.pk, "reviewed_on": "2026-02-20", "keeps": "no", "text": "经费还没有公开"}
        assert head.post(url("record_peer_review", federation, joined.pk), seen | {"reviewer": joined.pk}).status_code == 422
        head.post(url("record_peer_review", federation, joined.pk), seen)
        page = head.get(url("member", federation, joined.pk)).content.decode()
        assert [words for words in ("街道团委", "经费还没有公开", "有待改进") if words not in page] == []
        review = joined.peer_reviews.get().pk
        assert head.post(url("withdraw_peer_review", federation, joined.pk, review), {"reason": ""}).status_code == 422
        head.post(url("withdraw_peer_review", federation, joined.pk, review), {"reason": "看错了账目"})
        page = head.get(url("member", federation, joined.pk)).content.decode()
        assert [words for words in ("经费还没有公开", "看错了账目") if words not in page] == []
        assert refused_at_once(head, url("withdraw_peer_review", federation, joined.pk, review), {"reason": "再撤一次"})
        assert "经费还没有公开" not in head.get(reverse("desk:organisations:detail", args=[row.number])).content.decode()
        assert head.get(url("withdraw_peer_review", federation, league.pk, review)).status_code == 404
        did = {"duty": "in_station", "done_on": "2026-02-03", "text": "在社工站轮值接待"}
        head.post(url("record_federation_duty", federation), did)
        withdraw = url("withdraw_federation_duty", federation, federation.duties_done.get().pk)
        head.post(withdraw, {"reason": "日期有误"})
        assert refused_at_once(head, withdraw, {"reason": "再撤一次"})
        page = head.get(url("detail", federation)).content.decode()
        assert [words for words in ("在社工站轮值接待", "日期有误", "整合各类社区社会组织") if words not in page] == []
        assert [words for words in ("街道团委", "东风志愿队", "会长", "周明", "妇联") if words not in page] == []
        assert row.number in head.get(url("detail", federation), {"format": "csv"}).getvalue().decode()
        assert "经费公开" in head.get(reverse("desk:organisations:detail", args=[row.number])).content.decode()
        vacate, leave = url("vacate_board_seat", federation, BoardSeat.objects.get().pk), url("end_membership", federation, league.pk)
        head.post(vacate, {"vacated_on": "2026-03-01"})
        head.post(leave, {"left_on": "2026-03-01", "reason": "改组"})
        assert refused_at_once(head, vacate, {"vacated_on": "2026-03-01"})
        assert refused_at_once(head, leave, {"left_on": "2026-03-01", "reason": "改组"})
        assert refused_at_once(head, url("record_pledge", federation, league.pk), {"text": "经费公开", "pledged_on": "2026-02-02"})
        assert "改组" in head.get(url("member", federation, league.pk)).content.decode()
        assert head.get(url("vacate_board_seat", federation, 999)).status_code == 404
        assert head.get(url("member", federation, 999)).status_code == 404
    league.refresh_from_db()
    assert (league.left_on, BoardSeat.objects.get().vacated_on) == (date(2026, 3, 1), date(2026, 3, 1))


def test_the_time_line_goes_by_the_moment_that_stands_there(offices, federation, as_user):
    head = as_user(offices.head)
    for at, name in ((moment(3, 20), "街道慈善协会"), (moment(3, 10), "街道团委")):
        with opened_at(at):
            head.post(url("admit_member", federation), {"kind": "charity", "name": name, "joined_on": "2026-02-01"})
    with opened_at(moment(3, 21)):
        times = BeautifulSoup(head.get(url("detail", federation)).content, "html.parser").select("ol.timeline time")
    assert [time.get_text()[:10] for time in times][:2] == ["2026年3月20日", "2026年3月10日"]


def test_the_manager_reads_and_comments(offices, federation, as_user):
    manager = as_user(make_holder("federation_manager", body=federation.body, username="manager"))
    member = Membership.objects.create(federation=federation, kind="charity", name="街道慈善协会", joined_on=date(2026, 2, 1))
    with opened_at(AT):
        assert "明德联合会" in manager.get(LIST).content.decode()
        assert "街道慈善协会" in manager.get(url("detail", federation)).content.decode()
        assert manager.post(url("comment_on_member", federation, member.pk), {"text": ""}).status_code == 422
        manager.post(url("comment_on_member", federation, member.pk), {"text": "账目清楚"})
        assert "账目清楚" in manager.get(url("member", federation, member.pk)).content.decode()
        for name, more in (
            ("admit_member", ()),
            ("fill_board_seat", ()),
            ("end_membership", (member.pk,)),
            ("record_pledge", (member.pk,)),
        ):
            assert manager.get(url(name, federation, *more)).status_code == 403
        assert manager.get(reverse("desk:organisations:list")).status_code == 403


def test_the_county_reads_who_is_in_and_takes_it_as_a_file(offices, federation, as_user):
    Membership.objects.create(federation=federation, kind="charity", name="街道慈善协会", joined_on=date(2026, 2, 1))
    county = as_user(offices.reviewer)
    with opened_at(AT):
        page = county.get(LIST).content.decode()
        file = b"".join(county.get(LIST, {"format": "csv"}).streaming_content).decode()
        assert as_user(offices.stranger).get(url("detail", federation)).status_code == 404
    assert ("石桥镇" in page, "关工委" in page, "街道慈善协会" in file) == (True, True, True)
