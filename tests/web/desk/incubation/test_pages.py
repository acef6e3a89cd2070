"""A base on the desk, from its opening to its closing."""

from datetime import date

import pytest
from django.urls import reverse

from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, make_organisation
from tests.web.moments import opened_at
from tests.web.over import refused_at_once
from wushe.organisations.models import Incubation, IncubationBase, Kind

pytestmark = pytest.mark.django_db

LIST = reverse("desk:incubation:list")
TEAM = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None}


def url(name, base, *more):
    return reverse(f"desk:incubation:{name}", args=[base.number, *more])


def test_the_town_runs_its_base(as_user):
    offices = make_offices()
    head = as_user(offices.head)
    row = make_organisation(offices.reviewer, offices.county.communities[0], name="东风志愿队", **TEAM)
    old = make_organisation(offices.reviewer, offices.county.communities[0], name="老队", filed_on=date(2021, 1, 1), **TEAM)
    with opened_at(AT):
        typed = {
            "name": "街道孵化基地",
            "region": offices.county.town.code,
            "opened_on": "2025-01-01",
            "area_m2": "320",
            "area_evidence": "租赁合同",
            "address": "明德路1号",
        }
        assert head.post(reverse("desk:incubation:open_base"), typed | {"opened_on": "2030-01-01"}).status_code == 422
        head.post(reverse("desk:incubation:open_base"), typed)
        base = IncubationBase.objects.get()
        head.post(url("open_cohort", base), {"name": "第一期", "starts_on": "2026-01-01", "ends_on": "2026-12-31"})
        entry = {"organisation": row.pk, "contract": "协议1号", "entered_on": "2026-02-01", "contract_until": "2027-02-01"}
        told = {"name": "街道孵化基地", "area_m2": "330", "area_evidence": "测绘报告", "places": "6", "comprehensive": "on"}
        assert head.post(url("correct_base", base), told | {"area_evidence": ""}).status_code == 422
        head.post(url("correct_base", base), told)
        cohort = base.cohorts.get()
        assert head.post(url("nominate_candidate", base, 9), {}).status_code == 404
        head.post(url("nominate_candidate", base, cohort.pk), {"organisation": row.pk, "applied_on": "2026-01-05", "plan": "学习项目设计"})
        candidate = cohort.candidatures.get()
        assert "遴选" in head.get(url("base", base)).content.decode()
        head.post(url("judge_candidate", base, candidate.pk), {"chosen": "yes", "reason": "公益性强"})
        assert refused_at_once(head, url("judge_candidate", base, candidate.pk), {"chosen": "no", "reason": "再看"})
        page = head.get(url("base", base)).content.decode()
        assert [words for words in ("测绘报告", "综合性基地", "学习项目设计", "入选", "公益性强") if words not in page] == []
        assert "筹建中或者成立初期" in head.get(url("enter_base", base)).content.decode()
        refused = head.post(url("enter_base", base), entry | {"organisation": old.pk})
        assert (refused.status_code, "协议1号" in refused.content.decode()) == (422, True)
        head.post(url("enter_base", base), entry | {"cohort": base.cohorts.get().pk})
        stay = Incubation.objects.get()
        assert "老队" in head.get(url("enter_base", base)).content.decode()
        slip = {"service": "training", "served_on": "2026-02-10", "hours": "3", "value": "600"}
        head.post(url("record_base_service", base, stay.pk), slip)
        assert "¥600.00" in head.get(url("stay", base, stay.pk)).content.decode()
        assert head.post(url("close_base", base), {"closed_on": "2026-03-01"}).status_code == 422
        head.post(url("leave_base", base, stay.pk), {"leaving": "graduated", "left_on": "2026-03-01", "reason": "能独立运作"})
        assert refused_at_once(head, url("record_base_service", base, stay.pk), slip)
        page = head.get(url("base", base)).content.decode()
        assert [words for words in ("已出壳", "第一期", "¥600.00") if words not in page] == []
        file = b"".join(head.get(url("base", base), {"format": "csv"}).streaming_content).decode()
        listed = b"".join(head.get(LIST, {"format": "csv"}).streaming_content).decode()
        head.post(url("close_base", base), {"closed_on": "2026-03-01"})
        assert refused_at_once(head, url("correct_base", base), told)
        assert "街道孵化基地" in head.get(LIST).content.decode()
    assert ("能独立运作" in file, "街道孵化基地" in listed) == (True, True)
    assert IncubationBase.objects.get().closed_on == date(2026, 3, 1)


def test_others_do_not_see_or_keep_it(as_user):
    offices = make_offices()
    base = IncubationBase.objects.create(
        number="base-990326-2026-000001", name="街道孵化基地", region=offices.county.town, opened_on=date(2025, 1, 1), area_m2=None
    )
    with opened_at(AT):
        assert as_user(offices.stranger).get(url("base", base)).status_code == 404
        assert as_user(offices.community).get(url("enter_base", base)).status_code == 403
        assert "街道孵化基地" not in as_user(offices.stranger).get(LIST).content.decode()
        assert as_user(offices.head).get(url("stay", base, 9)).status_code == 404
