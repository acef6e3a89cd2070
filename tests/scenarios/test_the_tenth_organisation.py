"""A city community stands at nine of the ten organisations that the paper asks for; the page shows which group is the tenth."""

from datetime import date

import pytest
from django.urls import reverse

from tests.cast import moment
from tests.organisations.applications import application, make_offices
from tests.organisations.factories import make_organisation
from tests.web.moments import opened_at
from wushe.organisations import actions
from wushe.organisations.models import Kind
from wushe.organisations.queries import communities_with_gap, on_the_way
from wushe.organisations.rules import missing

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 2)
NEW = {"kind": Kind.COMMUNITY_ORGANISATION, "uscc": "", "registered_on": None}


def test_a_community_at_nine_of_ten_sees_which_group_closes_the_gap(client):
    offices = make_offices("shijiazhuang-2016")
    place = offices.county.communities[0]
    for order in range(9):
        make_organisation(offices.reviewer, place, name=f"队伍{order}", filed_on=date(2025, 1, 1), **NEW)
    make_organisation(offices.reviewer, place, name="东风社区棋友会", members=3, **NEW)
    row = communities_with_gap(offices.county.county, ON).get(pk=place.pk)
    assert (row.have, row.need, row.gap, row.on_the_way) == (9, 10, 1, 1)

    # the dance group applies and the committee passes it on: it is the nearest now, the chess friends lack most
    applied = actions.apply_for_filing(draft=application(offices.county), at=moment(3, 2)).filing
    actions.pass_application(filing_id=applied.pk, opinion="属实", by=offices.community, at=moment(3, 4))
    nearest, other = on_the_way(place, date(2026, 3, 4))
    assert (nearest.organisation.name, nearest.application.number, nearest.lacks) == ("东风社区广场舞队", applied.number, 0)
    assert [rule.code for rule in missing(other.findings)] == ["members", "head", "charter", "premises"]
    with opened_at(moment(3, 4)):
        client.force_login(offices.head)
        listed = client.get(reverse("desk:organisations:gaps")).content.decode()
        page = client.get(reverse("desk:organisations:gap", args=[place.code])).content.decode()
    assert (place.name in listed, "补上缺口" in page, page.index("广场舞队") < page.index("棋友会")) == (True, True, True)

    # the street files it: the gap is closed, and the target is met
    actions.grant_filing(filing_id=applied.pk, opinion="同意备案", by=offices.head, at=moment(3, 10))
    row = communities_with_gap(place, date(2026, 3, 10)).get()
    assert (row.have, row.gap) == (10, 0)
    page = client.get(reverse("desk:organisations:gap", args=[place.code])).content.decode()
    assert ("不缺" in page, "棋友会" in page) == (True, True)
