"""Guidance by class on the desk."""

import pytest
from django.urls import reverse

from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, make_organisation
from tests.web.moments import opened_at
from wushe.organisations.models import GuidanceVisit, Kind

pytestmark = pytest.mark.django_db

CLASSES = reverse("desk:organisations:classes")
TEAM = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None}


def test_organisations_are_classed_visited_and_exported(as_user):
    offices = make_offices()
    row = make_organisation(
        offices.reviewer, offices.county.communities[0], name="东风志愿队", members=25, client_groups=("elderly",), **TEAM
    )
    head = as_user(offices.head)
    detail = reverse("desk:organisations:detail", args=[row.number])
    plan = reverse("desk:organisations:plan_guidance", args=[row.number])
    with opened_at(AT):
        page = head.get(CLASSES, {"scale": "medium", "group": "elderly"}).content.decode()
        assert [words for words in ("东风志愿队", "中型", "老年人") if words not in page] == []
        assert "东风志愿队" not in head.get(CLASSES, {"scale": "large"}).content.decode()
        assert head.post(plan, {"planned_on": "2026-03-10", "plan": ""}).status_code == 422
        head.post(plan, {"planned_on": "2026-03-10", "plan": "指导修订章程"})
        visit = GuidanceVisit.objects.get()
        record = reverse("desk:organisations:record_guidance", args=[visit.number])
        assert "指导修订章程" in head.get(detail).content.decode()
        assert record in head.get(reverse("desk:inbox")).content.decode()
        assert head.post(record, {"held_on": "2026-03-01", "result": ""}).status_code == 422
        head.post(record, {"held_on": "2026-03-01", "result": "已改章程"})
        assert "已改章程" in head.get(detail).content.decode()
        assert head.get(record).status_code == 302
        file = b"".join(head.get(CLASSES, {"format": "csv"}).streaming_content).decode()
        assert as_user(offices.community).get(plan).status_code == 403
        assert as_user(offices.stranger).get(record).status_code == 404
    assert "2026-03-01" in file


def test_whom_it_serves_is_entered(as_user):
    offices = make_offices()
    row = make_organisation(offices.reviewer, offices.county.communities[0], name="东风志愿队", **TEAM)
    typed = {"name": row.name, "region": row.region.code, "purpose_class": "service", "client_groups": ["elderly", "child"]}
    with opened_at(AT):
        as_user(offices.head).post(reverse("desk:organisations:update_organisation", args=[row.number]), typed)
    row.refresh_from_db()
    assert row.client_groups == ["elderly", "child"]
