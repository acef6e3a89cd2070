"""Everyone may see a project from its tender on: what was agreed, what was done, and no person's name."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.stories import (
    ACCEPTED,
    FINISHED,
    HELD,
    PASSED,
    PRICES,
    PUBLISHED,
    SIGNED,
    agreed,
    approved,
    call,
    delivering,
    design,
    drafted,
    evaluated,
    fresh,
    heard,
    held,
    reported_need,
    supervised,
    tendering,
)
from tests.web.moments import opened_at
from wushe.oversight.actions import accept_project
from wushe.projects import actions as projects
from wushe.projects.models import Project
from wushe.reports.models import Release
from wushe.services import actions as services

LIST = reverse("portal:projects:list")


def page(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def another(cast: Cast, title: str) -> Project:
    """A second and third project out to tender."""
    need = reported_need(cast, wish=f"希望社区组织{title}").need
    project = projects.draft_project(region=cast.county.town, draft=design(need.pk, title=title), by=cast.worker, at=PUBLISHED)
    projects.submit_design(project_id=project.pk, by=cast.head, at=PUBLISHED)
    projects.approve_design(project_id=project.pk, draft=PASSED, by=cast.reviewer, at=PUBLISHED)
    projects.publish_tender(project_id=project.pk, draft=call(), by=cast.reviewer, at=PUBLISHED)
    return fresh(project)


def evaluated_project(cast: Cast) -> Project:
    """Served, supervised and evaluated; three residents have answered."""
    project = delivering(cast)
    for title in ("邻里聚餐", "节气讲座"):
        held(cast, project, title=title)
    supervised(cast, project)
    services.finish_delivery(project_id=project.pk, by=cast.managers[0], at=FINISHED)
    heard(cast, project, 5, 4, 3)
    evaluated(cast, project)
    return fresh(project)


def test_a_project_is_public_from_its_tender_on(cast: Cast, client: Client):
    project = approved(cast)
    detail = reverse("portal:projects:detail", args=[project.number])
    assert project.title not in page(client, LIST)
    assert client.get(detail).status_code == 404
    projects.publish_tender(project_id=project.pk, draft=call(), by=cast.reviewer, at=PUBLISHED)
    assert project.title in page(client, LIST)
    assert project.summary in page(client, detail)


def test_a_draft_is_nobodys_business(cast: Cast, client: Client):
    assert client.get(reverse("portal:projects:detail", args=[drafted(cast).number])).status_code == 404


def test_a_project_that_was_tendered_twice_is_listed_once(cast: Cast, client: Client):
    project = tendering(cast)
    projects.cancel_tender(project_id=project.pk, reason="投标条件有误", by=cast.reviewer, at=PUBLISHED)
    assert project.title not in page(client, LIST)
    projects.publish_tender(project_id=project.pk, draft=call(), by=cast.reviewer, at=PUBLISHED)
    assert page(client, LIST).count(project.number) == 1


def test_the_page_follows_the_project_to_its_records_and_names_nobody(cast: Cast, client: Client):
    project = delivering(cast)
    held(cast, project)
    with opened_at(HELD):
        text = page(client, reverse("portal:projects:detail", args=[project.number]))
    for shown in (cast.agencies[0].name, cast.office.name, cast.source.name, f"¥{PRICES[0]:,.2f}", "开展活动", "服务人次"):
        assert shown in text
    assert '<th scope="col">指标</th>' in text
    for person in ("王秀英", "李桂兰", "赵敏", "13800138000", "东风路12号", cast.reviewer.name, cast.managers[0].name):
        assert person not in text


def test_the_acceptance_report_is_public_without_names_and_numbers_of_residents(cast: Cast, client: Client):
    project = evaluated_project(cast)
    detail = reverse("portal:projects:detail", args=[project.number])
    before = page(client, detail)
    accept_project(project_id=project.pk, opinion="同意验收，联系 13800138000", by=cast.reviewer, at=ACCEPTED)
    after = page(client, detail)
    assert "评估报告" in before
    assert "验收报告" not in before
    for shown in (
        "验收报告",
        "同意验收，联系 ****",
        "服务按协议完成",
        "合格",
        "66.7",
        "回收率 100.0%",
        "资金使用",
        "9.0 / 10.0",
        "系统计算",
    ):
        assert shown in after
    for hidden in ("13800138000", "查阅档案", cast.judge.name, cast.reviewer.name):
        assert hidden not in after
    release = Release.objects.filter(ocid=project.ocid).latest("pk").content
    documents = {row["documentType"]: row["description"] for row in release["contracts"][0]["implementation"]["documents"]}
    assert documents["completionCertificate"] == "同意验收，联系 ****"
    described = documents["evaluationReports"].splitlines()
    assert (described[1], described[-1]) == ("服务对象：邀请 3，回收 3，满意 2", "服务按协议完成")


def test_who_serves_for_how_much_is_public_once_both_have_signed(cast: Cast, client: Client):
    def shown(project: Project) -> list[bool]:
        rows = json.loads(client.get(LIST, {"format": "json"}).getvalue())
        (row,) = rows["projects"]
        return [cast.agencies[0].name in page(client, LIST), row["agency"] == cast.agencies[0].name, bool(row["price"])]

    project = agreed(cast)
    assert shown(project) == [False, False, False]
    projects.sign_agreement(project_id=project.pk, side="purchaser", by=cast.reviewer, at=SIGNED)
    assert shown(project) == [False, False, False]
    projects.sign_agreement(project_id=project.pk, side="agency", by=cast.managers[0], at=SIGNED)
    assert shown(project) == [True, True, True]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "助餐"}, True),
        ({"q": "不存在"}, False),
        ({"state": "tendering"}, True),
        ({"state": "closed"}, False),
        ({"field": "elderly_care"}, True),
        ({"field": "child_welfare"}, False),
        ({"town": "nowhere"}, False),
    ],
)
def test_the_list_is_filtered(cast: Cast, client: Client, query: dict[str, str], found: bool):
    project = tendering(cast)
    assert (project.number in page(client, LIST, **query)) == found


def test_the_list_is_found_by_number_and_town(cast: Cast, client: Client):
    project = tendering(cast)
    assert project.title in page(client, LIST, q=project.number, town=cast.county.town.code)


def test_the_list_is_a_file_too(cast: Cast, client: Client):
    project = delivering(cast)
    csv = b"".join(client.get(LIST, {"format": "csv"}).streaming_content).decode()
    assert project.number in csv
    assert cast.agencies[0].name in csv
    rows = json.loads(b"".join(client.get(LIST, {"format": "json"})))
    assert rows["total"] == 1
    assert rows["projects"][0]["ocid"] == project.ocid
    assert rows["projects"][0]["price"] == str(fresh(project).agreement.price)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_many(cast: Cast, client: Client, count: int, django_assert_num_queries):
    tendering(cast)
    for order in range(count - 1):
        another(cast, f"第{order}个项目")
    page(client, LIST)
    with django_assert_num_queries(4):
        text = page(client, LIST)
    assert text.count("/projects/project-") == count


def test_a_project_that_ended_out_to_tender_says_so_and_takes_no_bids(cast: Cast, client: Client):
    project = tendering(cast)
    tender = project.tenders.get()
    projects.terminate_project(project_id=project.pk, reason="预算取消", by=cast.reviewer, at=PUBLISHED)
    with opened_at(PUBLISHED):
        detail = page(client, reverse("portal:projects:detail", args=[project.number]))
        assert "预算取消" in detail
        assert "1 条居民需求 · 2026年3月10日起不再由本项目办理" in detail
        notice = page(client, reverse("portal:projects:tender", args=[tender.number]))
        listed = page(client, reverse("portal:projects:tenders"), phase="open")
    assert ("预算取消" in notice, "前接受投标" in notice, tender.number in listed) == (True, False, False)
