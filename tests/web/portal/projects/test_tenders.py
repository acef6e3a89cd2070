"""The public tender: notice with its clock, criteria with points, award with every total; before the opening nothing of the bids."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.stories import (
    AWARDED,
    BID,
    CLOSES,
    OPENED,
    PRICES,
    PUBLISHED,
    approved,
    award_draft,
    awarded,
    closed,
    lock,
    object_to,
    opened,
    tender_of,
    tendering,
)
from tests.web.moments import opened_at
from tests.web.portal.projects.test_projects import another, page
from wushe.audit.models import Entry
from wushe.projects import actions as projects
from wushe.projects.models import Project
from wushe.projects.queries import bids_of, valid_bids


@pytest.fixture
def as_county(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.reviewer)
    return client


LIST = reverse("portal:projects:tenders")


def notice(client: Client, project: Project) -> str:
    return page(client, reverse("portal:projects:tender", args=[project.tenders.latest("published_at").number]))


def test_the_notice_says_what_is_wanted_by_when_and_how_it_is_scored(cast: Cast, client: Client):
    project = tendering(cast)
    with opened_at(BID):
        text = notice(client, project)
    assert "正在招标" in text
    assert "还有 14 个工作日" in text
    assert "依法登记的社会工作服务机构" in text
    assert f"¥{project.budget:,.2f}" in text
    assert "满足要求的最低报价得满分" in text


def test_readers_of_english_read_the_criteria_in_english(cast: Cast, client: Client):
    project = tendering(cast)
    with opened_at(BID):
        address = reverse("portal:projects:tender", args=[tender_of(project).number])
        text = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "The lowest acceptable price gets all points" in text
    assert "满足要求的最低报价得满分" not in text
    assert f" ({project.expected_persons} persons expected)" in text


def test_the_papers_of_a_notice_are_public_with_their_digest_on_the_page_and_in_the_open_data(
    cast: Cast, client: Client, as_county, tmp_path, settings
):
    settings.MEDIA_ROOT = tmp_path
    project, content = approved(cast), b"%PDF-1.7 tender"
    with opened_at(PUBLISHED):
        sent = as_county.post(
            reverse("desk:projects:publish-tender", args=[project.number]),
            {
                "method": "open_tender",
                "closes_at": "2026-04-10T17:00",
                "eligibility": "依法登记",
                "documents": [SimpleUploadedFile("招标文件.pdf", content), SimpleUploadedFile("说明.txt", "附件".encode())],
            },
        )
        assert sent.status_code == 302
    digest = hashlib.sha256(content).hexdigest()
    text = notice(client, project)
    assert digest in text
    tender = project.tenders.get()
    assert [row.file.name for row in tender.documents.order_by("pk")] == ["招标文件.pdf", "说明.txt"]
    release = client.get("/open/ocds/releases.json").json()["releases"][0]
    first = release["tender"]["documents"][0]
    assert (first["title"], first["description"]) == ("招标文件.pdf", f"SHA-256 {digest}")
    assert b"".join(client.get(first["url"]).streaming_content) == content
    assert client.get(reverse("portal:projects:tender_paper", args=[tender.number, "file-000000-2026-999999"])).status_code == 404
    assert digest in Entry.objects.get(verb="projects.tender_published").data["papers"]


def test_the_notice_reads_in_english(cast: Cast, client: Client):
    project = tendering(cast)
    client.cookies["django_language"] = "en"
    with opened_at(BID):
        assert "14 working days left" in notice(client, project)


def test_nothing_of_the_bids_is_public_before_they_are_opened(cast: Cast, client: Client):
    project = closed(cast)
    with opened_at(CLOSES + timedelta(minutes=1)):
        text = notice(client, project)
        rows = json.loads(b"".join(client.get(LIST, {"format": "json"})))
    assert "等待开标" in text
    assert cast.agencies[0].name not in text
    assert rows["tenders"][0]["bids"] == ""


def test_opened_bids_are_counted_not_named(cast: Cast, client: Client):
    project = opened(cast)
    with opened_at(OPENED):
        text = notice(client, project)
    assert "3 份投标正在评审" in text
    assert cast.agencies[0].name not in text
    assert f"{PRICES[0]:,.2f}" not in text


def test_the_award_shows_every_total_and_the_time_for_objections(cast: Cast, client: Client):
    project = awarded(cast)
    object_to(cast, project)
    award = tender_of(project).awards.get()
    with opened_at(AWARDED):
        text = notice(client, project)
    for row in award.ranking:
        assert row["agency"] in text
        assert row["total"] in text
    assert award.reasons in text
    assert "提出 1 件，已答复 0 件" in text
    assert "前提出质疑" in text
    with opened_at(award.objections_until + timedelta(days=1)):
        assert "质疑期已于" in notice(client, project)


def test_the_award_names_the_bids_that_do_not_count_and_why(cast: Cast, client: Client):
    project = opened(cast, closed(cast, bids=4))
    out, *_counting = bids_of(tender_of(project))
    with opened_at(OPENED):
        projects.disqualify_bid(bid_id=out.pk, ground="not_qualified", reason="登记证书已过期", by=cast.reviewer, at=OPENED)
        assert "登记证书已过期" not in notice(client, project)
    for expert in cast.experts:
        lock(project, expert, bids=valid_bids(tender_of(project)))
    winner = valid_bids(tender_of(project))[0]
    projects.award_tender(project_id=project.pk, draft=award_draft(project, bid_id=winner.pk), by=cast.reviewer, at=AWARDED)
    with opened_at(AWARDED):
        text = notice(client, project)
    for shown in (out.agency.name, "无效投标", "登记证书已过期", "政府采购法》第 22 条"):
        assert shown in text


def test_a_cancelled_tender_says_why_and_links_to_no_closed_page(cast: Cast, client: Client):
    project = tendering(cast)
    projects.cancel_tender(project_id=project.pk, reason="投标条件有误", by=cast.reviewer, at=BID)
    text = notice(client, project)
    assert "投标条件有误" in text
    assert reverse("portal:projects:detail", args=[project.number]) not in text


def test_an_unknown_number_is_not_found(cast: Cast, client: Client):
    approved(cast)
    assert client.get(reverse("portal:projects:tender", args=["tender-990326-2026-000001"])).status_code == 404


@pytest.mark.parametrize(("phase", "at"), [("open", BID), ("closed", OPENED), ("awarded", AWARDED), ("cancelled", AWARDED)])
def test_the_list_is_filtered_by_phase(cast: Cast, client: Client, phase: str, at: object):
    project = awarded(cast) if phase == "awarded" else tendering(cast)
    if phase == "cancelled":
        projects.cancel_tender(project_id=project.pk, reason="投标条件有误", by=cast.reviewer, at=BID)
    number = project.tenders.get().number
    with opened_at(at):
        shown = {each for each in ("open", "closed", "awarded", "cancelled") if number in page(client, LIST, phase=each)}
    assert shown == {phase}


def test_the_list_is_searched_and_exported(cast: Cast, client: Client):
    project = awarded(cast)
    number = project.tenders.get().number
    assert project.title in page(client, LIST, q=number, town=cast.county.town.code)
    assert number in page(client, LIST, q="助餐")
    assert number not in page(client, LIST, q="不存在")
    with opened_at(AWARDED):
        csv = b"".join(client.get(LIST, {"format": "csv"}).streaming_content).decode()
    assert f"{cast.agencies[0].name},{PRICES[0]:.2f}" in csv


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_many(cast: Cast, client: Client, count: int, django_assert_num_queries):
    tendering(cast)
    for order in range(count - 1):
        another(cast, f"第{order}个项目")
    with opened_at(PUBLISHED), django_assert_num_queries(3):
        text = page(client, LIST)
    assert text.count("/tenders/tender-") == count
