"""Community, town and county work through filings on the desk."""

import json
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests.organisations.applications import (
    APPLIED,
    COUNTY_DECIDES,
    DECIDED,
    FROZEN,
    RECEIVED,
    REVIEWED,
    TAIL,
    applied,
    frozen,
    granted,
    make_offices,
    several,
)
from tests.web.moments import opened_at
from tests.web.over import refused_at_once
from tests.web.portal.filings.test_applying import OPEN, typed
from wushe.organisations import actions
from wushe.organisations.actions import LineVerdict
from wushe.organisations.models import Batch, Filing
from wushe.organisations.states import FilingState

pytestmark = pytest.mark.django_db

LIST = reverse("desk:filings:list")


@pytest.fixture
def offices():
    return make_offices()


def url(name, filing):
    return reverse(f"desk:filings:{name}", args=[filing.number])


def test_the_queue_shows_what_waits_with_its_age(offices, as_user):
    applied(offices)
    with opened_at(REVIEWED):
        page = as_user(offices.community).get(LIST).content.decode()
        assert ("东风社区广场舞队" in page, "待社区初审" in page, "2 天" in page) == (True, True, True)
        assert "东风社区广场舞队" not in as_user(offices.stranger).get(LIST).content.decode()
        assert "东风社区广场舞队" not in as_user(offices.head).get(LIST, {"state": "granted"}).content.decode()
        assert "东风社区广场舞队" not in as_user(offices.head).get(LIST, {"state": "overdue"}).content.decode()


def test_the_queue_is_a_file_too(offices, as_user):
    applied(offices)
    with opened_at(REVIEWED):
        rows = json.loads(as_user(offices.head).get(LIST, {"format": "json"}).content)["rows"]
        text = b"".join(as_user(offices.head).get(LIST, {"format": "csv"}).streaming_content).decode()
    assert [(row["name"], row["state"]) for row in rows] == [("东风社区广场舞队", "submitted")]
    assert "待社区初审" in text


def test_others_do_not_see_a_filing(offices, as_user):
    filing = applied(offices).filing
    with opened_at(APPLIED):
        assert as_user(offices.stranger).get(url("detail", filing)).status_code == 404


def test_the_community_passes_on_with_an_opinion(offices, as_user):
    filing = applied(offices).filing
    client = as_user(offices.community)
    with opened_at(REVIEWED):
        assert "初审备案申请" in client.get(url("detail", filing)).content.decode()
        empty = client.post(url("review_application", filing), {"opinion": "", "outcome": "pass"})
        assert empty.status_code == 422
        assert client.post(url("review_application", filing), {"opinion": "情况属实", "outcome": ""}).status_code == 422
        client.post(url("review_application", filing), {"opinion": "情况属实", "outcome": "pass"})
        assert refused_at_once(client, url("review_application", filing), {"opinion": "情况属实", "outcome": "pass"})
        assert client.get(url("decide_filing", filing)).status_code == 403
        page = client.get(url("detail", filing)).content.decode()
    assert ("情况属实" in page, "待镇（街）决定" in page) == (True, True)


def words_on(paper):
    """The text from which a paper was made."""
    return render_to_string(paper.templates[0].name, paper.context[0].flatten())


def test_the_community_gives_back_with_a_reason(offices, as_user):
    filing = applied(offices).filing
    with opened_at(REVIEWED):
        as_user(offices.community).post(url("review_application", filing), {"opinion": "请补写章程", "outcome": "return"})
        assert "请补写章程" in as_user(offices.community).get(url("detail", filing)).content.decode()
    filing.refresh_from_db()
    assert filing.state == FilingState.RETURNED


def test_the_town_decides_and_the_certificate_is_printed(offices, as_user):
    filing = applied(offices).filing
    actions.pass_application(filing_id=filing.pk, opinion="情况属实", by=offices.community, at=REVIEWED)
    client = as_user(offices.head)
    with opened_at(DECIDED):
        assert client.get(url("certificate", filing)).status_code == 404
        assert client.get(url("decide_filing", filing)).status_code == 200
        assert "还没有作出决定" in client.post(url("decide_filing", filing), {"opinion": "同意备案", "outcome": ""}).content.decode()
        client.post(url("decide_filing", filing), {"opinion": "同意备案", "outcome": "grant"})
        assert refused_at_once(client, url("decide_filing", filing), {"opinion": "同意备案", "outcome": "grant"})
        assert refused_at_once(client, url("mend_filing", filing), typed())
        assert refused_at_once(as_user(offices.community), url("correct_application", filing), typed())
        page = client.get(url("detail", filing)).content.decode()
        papers = [client.get(url(name, filing)) for name in ("certificate", "application")]
    assert "990326001-2026-0001" in page
    assert [(paper["Content-Type"], paper.content[:4]) for paper in papers] == [("application/pdf", b"%PDF")] * 2


def test_the_town_refuses_in_writing(offices, as_user):
    filing = applied(offices).filing
    actions.pass_application(filing_id=filing.pk, opinion="情况属实", by=offices.community, at=REVIEWED)
    with opened_at(DECIDED):
        as_user(offices.head).post(url("decide_filing", filing), {"opinion": "场所不在本社区", "outcome": "refuse"})
        assert "场所不在本社区" in as_user(offices.head).get(url("detail", filing)).content.decode()


def test_a_paper_is_entered_and_its_code_told(offices, as_user):
    client = as_user(offices.community)
    place = offices.county.communities[0]
    with opened_at(APPLIED):
        assert client.get(reverse("desk:filings:record_application")).status_code == 200
        refused = client.post(reverse("desk:filings:record_application"), typed(place=place.code, roster=""))
        assert refused.status_code == 422
        answer = client.post(reverse("desk:filings:record_application"), typed(place=place.code), follow=True)
    assert "受理码" in answer.content.decode()
    filing = Filing.objects.get()
    actions.return_application(filing_id=filing.pk, opinion="请补写章程", by=offices.community, at=REVIEWED)
    with opened_at(REVIEWED):
        assert "陈桂芳 13900130001 发起人" in client.get(url("correct_application", filing)).content.decode()
        client.post(url("correct_application", filing), typed(scope="组织居民跳舞和演出"))
    filing.refresh_from_db()
    assert (filing.state, filing.scope) == (FilingState.SUBMITTED, "组织居民跳舞和演出")


def test_the_roster_is_masked_until_somebody_says_why(offices, as_user):
    filing = applied(offices).filing
    client = as_user(offices.community)
    with opened_at(APPLIED):
        masked = client.get(url("detail", filing)).content.decode()
        assert ("赵玉梅" in masked, "138****8000" in masked) == (False, True)
        assert client.post(url("reveal_roster", filing), {"reason": ""}).status_code == 422
        clear = client.post(url("reveal_roster", filing), {"reason": "入户核实"})
    assert ("赵玉梅" in clear.content.decode(), clear["Cache-Control"]) == (True, "private, no-store")


def test_the_town_freezes_and_the_county_gives_its_receipt(offices, as_user):
    one, two = several(offices, "书法社", "合唱团")
    freeze = reverse("desk:filings:freeze_batch", args=[offices.county.town.code])
    head, county = as_user(offices.head), as_user(offices.reviewer)
    with opened_at(FROZEN):
        assert as_user(offices.stranger).get(freeze).status_code == 403
        assert "书法社" in head.get(freeze).content.decode()
        assert head.post(freeze, {}).status_code == 422
        head.post(freeze, {"filing": [one.pk, two.pk]})
        batch = Batch.objects.get()
        assert batch.number in head.get(reverse("desk:filings:batches")).content.decode()
        assert json.loads(head.get(reverse("desk:filings:batches"), {"format": "json"}).content)["rows"][0]["size"] == 2
        assert "已备案的都已上报" in head.get(freeze).content.decode()
        files = [head.get(reverse("desk:filings:batches"), {"format": "xlsx"}), head.get(url("batch", batch), {"format": "xlsx"})]
        assert [file.headers["Content-Disposition"][-6:] for file in files] == ['.xlsx"'] * 2
    receive, page = reverse("desk:filings:receive_batch", args=[batch.number]), reverse("desk:filings:batch", args=[batch.number])
    with opened_at(RECEIVED):
        assert "接收备案批次" in county.get(page).content.decode()
        typed_so_far = {"outcome_1": "accept", "reason_1": "", "outcome_2": "return", "reason_2": ""}
        refused = county.post(receive, typed_so_far)
        assert (refused.status_code, "第2行退回时没有写明理由" in refused.content.decode()) == (422, True)
        unjudged = county.post(receive, typed_so_far | {"outcome_2": ""})
        assert "请选择接收或者退回" in unjudged.content.decode()
        county.post(receive, typed_so_far | {"reason_2": "负责人电话有误"})
        done = county.get(page).content.decode()
        assert county.get(receive)["Location"] == page
        table = b"".join(county.get(page, {"format": "csv"}).streaming_content).decode()
    assert ("receipt-990326-2026-000001" in done, "负责人电话有误" in done, "区县已退回" in table) == (True, True, True)
    with opened_at(RECEIVED):
        assert "负责人电话有误" in head.get(url("detail", two)).content.decode()
        mended = typed(submission=str(uuid4()), name="合唱团", head_name="周文", head_phone="13700130009")
        head.post(url("mend_filing", two), mended)
        assert "负责人电话有误" in head.get(freeze).content.decode()
    two.refresh_from_db()
    assert two.phone_tail == "0009"


def table_of(answer):
    """The rows of the steps of a filing as a person reads them."""
    rows = BeautifulSoup(answer.content.decode(), "html.parser").select_one("table.ws-table").select("tbody tr")
    return [" ".join(row.get_text(" ").split()) for row in rows]


def test_everybody_sees_who_has_a_filing_after_the_decision(offices, as_user):
    receipt = applied(offices)
    filing, founder = receipt.filing, {"code": receipt.code, "tail": TAIL}
    actions.pass_application(filing_id=filing.pk, opinion="情况属实", by=offices.community, at=REVIEWED)
    actions.grant_filing(filing_id=filing.pk, opinion="同意备案", by=offices.head, at=DECIDED)
    with opened_at(FROZEN):
        for answer in (as_user(offices.community).get(url("detail", filing)), Client().post(OPEN, founder)):
            assert table_of(answer)[-1].startswith(f"汇总上报备案 {offices.county.town.name} — 未办理 10 天")
    batch = frozen(offices, filing)
    with opened_at(RECEIVED):
        for answer in (as_user(offices.head).get(url("detail", filing)), Client().post(OPEN, founder)):
            waiting = table_of(answer)[-1]
            assert waiting.startswith("区县接收 区县民政部门 — 未办理 5 天"), waiting
    actions.receive_batch(batch_id=batch.pk, verdicts=[LineVerdict(1, accepted=True)], by=offices.reviewer, at=RECEIVED)
    with opened_at(RECEIVED):
        done = table_of(as_user(offices.reviewer).get(url("detail", filing)))
    assert [row.split()[0] for row in done[-2:]] == ["汇总上报备案", "接收备案批次"]
    assert ("区县已接收" in done[-1], "未办理" in " ".join(done)) == (True, False)


def test_the_founder_reads_that_the_county_has_the_last_word():
    offices = make_offices("example-quarterly", replace=COUNTY_DECIDES)
    receipt = applied(offices)
    actions.pass_application(filing_id=receipt.filing.pk, opinion="情况属实", by=offices.community, at=REVIEWED)
    actions.grant_filing(filing_id=receipt.filing.pk, opinion="同意报备", by=offices.head, at=DECIDED)
    batch = frozen(offices, receipt.filing)
    with opened_at(FROZEN):
        page = Client().post(OPEN, {"code": receipt.code, "tail": TAIL}).content.decode()
    assert '<h2>县级民政部门接收</h2><p class="m-0">县级民政部门' in page
    actions.receive_batch(batch_id=batch.pk, verdicts=[LineVerdict(1, accepted=True)], by=offices.reviewer, at=RECEIVED)
    with opened_at(RECEIVED):
        done = table_of(Client().post(OPEN, {"code": receipt.code, "tail": TAIL}))
    assert [row.split()[0] for row in done[-2:]] == ["汇总上报备案", "确认备案"]


def test_the_receipt_is_printed_when_every_line_is_judged_and_the_rule_of_counting_is_told(offices, as_user):
    (filing,) = several(offices, "书法社")
    freeze = reverse("desk:filings:freeze_batch", args=[offices.county.town.code])
    head, county = as_user(offices.head), as_user(offices.reviewer)
    with opened_at(FROZEN):
        assert "统计口径" in head.get(freeze).content.decode()
        head.post(freeze, {"filing": [filing.pk]})
        batch = Batch.objects.get()
        assert head.get(url("receipt", batch)).status_code == 404
    with opened_at(RECEIVED):
        county.post(url("receive_batch", batch), {"outcome_1": "accept", "reason_1": ""})
        paper = head.get(url("receipt", batch))
        assert (paper["Content-Type"], paper.content[:4]) == ("application/pdf", b"%PDF")
        told = words_on(paper)
        shown = head.get(url("batch", batch)).content.decode()
    assert [words for words in ("统计口径", "文体性 1", url("receipt", batch)) if words not in shown] == []
    batch.refresh_from_db()
    expected = (f"区县回执：{batch.receipt}", "上报单位（盖章）", "接收单位（盖章）", "counter(pages)")
    assert [words for words in expected if words not in told] == []


def test_papers_are_in_the_language_of_the_page_and_have_room_to_sign(offices, as_user):
    filing = applied(offices).filing
    client = as_user(offices.community)
    with opened_at(APPLIED):
        chinese = words_on(client.get(url("application", filing)))
        english = words_on(client.get(url("application", filing), headers={"accept-language": "en"}))
    assert ('lang="zh-CN"' in chinese, "组织负责人（签名）" in chinese) == (True, True)
    assert ('lang="en"' in english, "Head of the organisation (signature)" in english) == (True, True)


def test_lookalikes_are_ticked_off_one_by_one(offices, as_user):
    (one,) = several(offices, "书法社")
    twin = granted(offices, name="书法社")
    freeze = reverse("desk:filings:freeze_batch", args=[offices.county.town.code])
    with opened_at(FROZEN):
        assert "名称相同" in as_user(offices.head).get(freeze).content.decode()
        refused = as_user(offices.head).post(freeze, {"filing": [one.pk, twin.pk]})
        assert (refused.status_code, "疑似重复" in refused.content.decode()) == (422, True)
        as_user(offices.head).post(freeze, {"filing": [one.pk, twin.pk], "confirmed": [one.pk, twin.pk]})
    assert Batch.objects.get().lines.count() == 2


def test_batches_of_others_are_not_shown(offices, as_user):
    batch = frozen(offices, *several(offices, "书法社"))
    with opened_at(FROZEN):
        assert as_user(offices.stranger).get(reverse("desk:filings:batch", args=[batch.number])).status_code == 404
        unknown = reverse("desk:filings:freeze_batch", args=["000000000009"])
        assert as_user(offices.head).get(unknown).status_code == 404
