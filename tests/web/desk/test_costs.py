"""What lists ask of the database: the same for three rows as for one."""

import pytest
from django.core.paginator import Page, Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.organisations.applications import Offices, frozen, passed, several
from tests.organisations.factories import AT
from tests.stories import accepted, reported_need
from tests.web.desk.test_export import ASKED_WITH, OTHERWISE, lists
from wushe.kernel.clock import local_date
from wushe.organisations.actions import UndertakingDraft, record_undertaking
from wushe.organisations.models import Organisation
from wushe.web.common.listing import Listing

pytestmark = pytest.mark.django_db
MOST = 3
# the story that is told here has no row of these
WITHOUT_ROWS = {
    "desk:annual:list",
    "desk:coaching:appraisals",
    "desk:coaching:pairings",
    "desk:coaching:studies",
    "desk:custody:list",
    "desk:exams:list",
    "desk:federations:list",
    "desk:imports:list",
    "desk:incubation:list",
    "desk:news",
    "desk:organisations:accountants",
    "desk:organisations:helps",
    "desk:organisations:sanctions",
    "desk:organisations:supports",
    "desk:oversight:rounds",
    "desk:places:list",
    "desk:places:pilots",
    "desk:stations:commitments",
    "desk:stations:offices",
    "desk:stations:remedies",
    "desk:stations:rooms",
    "desk:targets:board",
    "desk:training:courses",
    "desk:training:people",
    "desk:workers:list",
}
# their rows are computed for the whole table, and not read page by page
COMPUTED = {"desk:organisations:support_groups", "desk:training:agencies", "desk:workers:allowances", "desk:workers:posts"}


def repeated(monkeypatch, times):
    """Make every list show its first row so many times, each time read anew: what is asked for one row is then asked for each."""

    def page(listing):
        if "repeated" not in listing.__dict__:
            rows = [row for _ in range(MOST) for row in listing.rows.all()[:1]]
            listing.repeated = Page(rows[:times], 1, Paginator(rows[:times], MOST))
        return listing.repeated

    monkeypatch.setattr(Listing, "page", property(page))


def offices_own(offices):
    """An organisation of the town."""
    return Organisation.objects.filter(region__town=offices.head.posts.get().region).first()


def asked(client, name):
    """How often a list asks, and whether it had a row to show; None for who may not open it."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(reverse(name), ASKED_WITH.get(name, {}))
    listings = [context["listing"] for context in response.context or () if isinstance(context.get("listing"), Listing)]
    return (len(queries), any(listing.total for listing in listings)) if response.status_code == 200 else None


def test_a_list_asks_as_often_for_three_rows_as_for_one(cast, as_user, monkeypatch):
    accepted(cast)
    reported_need(cast)
    offices = Offices(cast.county, community=cast.community, head=cast.head, reviewer=cast.reviewer, stranger=cast.other_head)
    frozen(offices, *several(offices, "书法社"))
    passed(offices)
    took_on = UndertakingDraft("self_help", "邻里代买代办", local_date(AT), "值班表")
    record_undertaking(organisation=offices_own(offices), draft=took_on, by=offices.head, at=AT)
    clients = [as_user(user) for user in (cast.reviewer, cast.admin, cast.auditor)]
    plain = [name for name, view in lists().items() if not view.pattern.converters and name not in OTHERWISE]
    found = {}
    for times in (1, MOST):
        repeated(monkeypatch, times)
        for name in plain:
            found.setdefault(name, []).append(next(cost for client in clients if (cost := asked(client, name)) is not None))
    assert {name: costs for name, costs in found.items() if costs[0] != costs[1]} == {}
    assert {name for name in plain if not found[name][0][1]} == WITHOUT_ROWS | COMPUTED
