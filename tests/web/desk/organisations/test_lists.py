"""Each list of what helps organisations grow asks the database as often for three rows as for one."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, ON, make_organisation
from tests.web.moments import opened_at
from wushe.organisations import actions
from wushe.organisations.actions import EntryDraft, MembershipDraft, NewBase
from wushe.organisations.models import Kind

pytestmark = pytest.mark.django_db

TEAM = {
    "kind": Kind.COMMUNITY_ORGANISATION,
    "uscc": "",
    "registered_on": None,
    "filed_on": date(2025, 6, 1),
    "founded_on": date(2025, 1, 1),
}


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lists_ask_as_often_for_three_rows_as_for_one(as_user):
    offices = make_offices()
    head, told = as_user(offices.head), {"by": offices.head, "at": AT}
    federation = make_organisation(offices.reviewer, offices.county.town, **TEAM | {"kind": Kind.FEDERATION, "name": "联合会"})
    base = actions.open_base(draft=NewBase("基地", offices.county.town, date(2025, 1, 1), Decimal(300), "租赁合同"), **told)

    def grow(order):
        row = make_organisation(offices.reviewer, offices.county.communities[order], name=f"队{order}", **TEAM)
        actions.admit_member(federation=federation, draft=MembershipDraft("community_organisation", ON, organisation=row), **told)
        actions.enter_base(base=base, draft=EntryDraft(row, f"协议{order}", ON, date(2027, 1, 1)), **told)
        group = {**TEAM, "filed_on": None, "name": f"组{order}"}
        make_organisation(offices.reviewer, offices.county.communities[0], **group)

    grow(0)
    addresses = [
        reverse("desk:organisations:classes"),
        reverse("desk:organisations:gaps") + "?show=all",
        reverse("desk:organisations:gap", args=[offices.county.communities[0].code]),
        reverse("desk:organisations:rate", args=["filed"]),
        reverse("desk:federations:list"),
        reverse("desk:federations:detail", args=[federation.number]),
        reverse("desk:incubation:list"),
        reverse("desk:incubation:base", args=[base.number]),
    ]
    with opened_at(AT):
        once = {address: asked(head, address) for address in addresses}
        for order in (1, 2):
            grow(order)
        assert {address: asked(head, address) for address in addresses} == once


def test_the_annual_check_asks_as_often_for_three_forms_as_for_one(as_user):
    offices = make_offices()
    county = as_user(offices.reviewer)
    make_organisation(offices.reviewer, offices.county.communities[0], name="队", **TEAM)
    known = {"county": offices.county.county, "due_on": date(2026, 4, 30), "by": offices.reviewer, "at": AT}
    first = actions.open_annual_check(year=2024, **known)
    for order in (1, 2):
        make_organisation(offices.reviewer, offices.county.communities[order], name=f"队{order}", **TEAM)
    second = actions.open_annual_check(year=2025, **known)
    with opened_at(AT):
        counts = {asked(county, reverse("desk:annual:check", args=[check.number])) for check in (first, second)}
    assert len(counts) == 1
