"""The annual check on the desk: opened, confirmed, judged, handed out."""

from datetime import date

import pytest
from django.urls import reverse

from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, make_organisation
from tests.web.moments import opened_at
from tests.web.over import refused_at_once
from wushe.organisations.models import AnnualCheck, AnnualForm, Kind

pytestmark = pytest.mark.django_db

TEAM = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None, "filed_on": date(2025, 1, 1)}
YEAR = {"name": "东风志愿队", "members": "12", "activities": "20", "income": "300", "remark": ""}


@pytest.fixture
def offices():
    return make_offices()


def url(name, *args):
    return reverse(f"desk:annual:{name}", args=args)


def test_a_year_is_asked_for_confirmed_and_judged(offices, as_user):
    row = make_organisation(offices.reviewer, offices.county.communities[0], name="东风志愿队", **TEAM)
    other = make_organisation(offices.reviewer, offices.county.communities[0], name="书法社", **TEAM)
    county, community = as_user(offices.reviewer), as_user(offices.community)
    with opened_at(AT):
        typed = {"region": offices.county.county.code, "year": "2025", "due_on": "2026-04-30"}
        assert county.get(url("open_annual_check")).status_code == 200
        county.post(url("open_annual_check"), typed)
        refused = county.post(url("open_annual_check"), typed)
        assert (refused.status_code, "2026-04-30" in refused.content.decode()) == (422, True)
        check = AnnualCheck.objects.get()
        inbox = community.get(reverse("desk:inbox")).content.decode()
        address = url("place", f"{check.number}-{offices.county.communities[0].code}")
        assert address in inbox
        assert "东风志愿队" in community.get(address, follow=True).content.decode()
        assert "确认" in community.get(url("form", check.number, row.number)).content.decode()
        confirm = url("confirm_annual_form", check.number, row.number)
        kept = community.post(confirm, YEAR | {"members": "", "remark": "人数待核"})
        assert (kept.status_code, "人数待核" in kept.content.decode()) == (422, True)
        for one in (row, other):
            community.post(url("confirm_annual_form", check.number, one.number), YEAR | {"name": one.name})
        judge = url("judge_annual_form", check.number, row.number)
        assert community.post(judge, {"outcome": "accept"}).status_code == 403
        assert county.post(judge, {"outcome": "", "reason": "同意"}).status_code == 422
        assert county.post(judge, {"outcome": "return", "reason": ""}).status_code == 422
        county.post(judge, {"outcome": "return", "reason": "请补报支出"})
        assert "请补报支出" in community.get(url("form", check.number, row.number)).content.decode()
        community.post(confirm, YEAR | {"spending": "280"})
        assert refused_at_once(community, confirm, YEAR)
        ticked = [form.pk for form in AnnualForm.objects.all()]
        page = county.post(url("accept_annual_forms", check.number), {"form": ticked}, follow=True).content.decode()
        assert "2 份" in page
        file = b"".join(county.get(url("check", check.number), {"format": "csv"}).streaming_content).decode()
        assert "东风志愿队" in county.get(url("check", check.number), {"state": "annual_accepted", "q": "东风"}).content.decode()
        assert "2025" in county.get(url("list")).content.decode()
        assert county.get(url("form", check.number, row.number)).status_code == 200
    assert "280" in file


def test_strangers_see_no_form(offices, as_user):
    row = make_organisation(offices.reviewer, offices.county.communities[0], name="东风志愿队", **TEAM)
    county = as_user(offices.reviewer)
    with opened_at(AT):
        county.post(url("open_annual_check"), {"region": offices.county.county.code, "year": "2025", "due_on": "2026-04-30"})
        check = AnnualCheck.objects.get()
        stranger = as_user(offices.stranger)
        assert stranger.get(url("form", check.number, row.number)).status_code == 404
        assert "东风志愿队" not in stranger.get(url("check", check.number)).content.decode()
        assert stranger.get(url("open_annual_check")).status_code == 403
        assert county.get(url("confirm_annual_form", check.number, row.number)).status_code == 403
        assert county.get(url("place", "nothing")).status_code == 404
