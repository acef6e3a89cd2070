"""Who bids is named to the panel once the bids are open, and to nobody else before the award."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests import stories
from tests.accounts.factories import make_holder
from tests.cast import Cast
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.projects.models import Project

SignIn = Callable[[User], Client]
FREE = {"has_conflict": "no", "conflict": ""}


def interests(project: Project) -> str:
    return reverse("desk:procurement:declare-interests", args=[project.number])


def test_bidders_are_named_to_the_panel_from_the_opening_on(cast: Cast, as_user: SignIn):
    project = stories.closed(cast)
    expert = as_user(cast.experts[0])
    with opened_at(stories.SEATED):
        sealed = expert.get(interests(project)).content.decode()
        refused = expert.post(interests(project), FREE)
    assert [agency.name for agency in cast.agencies if agency.name in sealed] == []
    assert "评审小组成员" in sealed
    assert refused.status_code == 422
    stories.projects.open_bids(project_id=project.pk, by=cast.reviewer, at=stories.OPENED)
    with opened_at(stories.OPENED):
        page = expert.get(interests(project)).content.decode()
        done = expert.post(interests(project), FREE)
    assert [agency.name in page for agency in cast.agencies] == [True, True, True, False]
    assert done.status_code == 302


def test_without_a_seat_nobody_reads_who_bids(cast: Cast, as_user: SignIn):
    project = stories.opened(cast)
    unseated = make_holder("expert", region=cast.county.city, username="expert4")
    with opened_at(stories.OPENED):
        assert as_user(unseated).get(interests(project)).status_code == 404
        assert as_user(unseated).post(interests(project), FREE).status_code == 404


def test_the_audit_names_no_bidder_before_the_award(cast: Cast, as_user: SignIn):
    User.objects.filter(pk=cast.managers[0].pk).update(name="韩投标")
    cast.managers[0].refresh_from_db()
    project = stories.opened(cast)
    auditor = as_user(cast.auditor)
    bidder = cast.managers[0].name
    query = {"subject": project.number}

    def exported() -> str:
        return b"".join(auditor.get(reverse("desk:audit"), query | {"format": "csv"}).streaming_content).decode()

    before = auditor.get(reverse("desk:audit"), query).content.decode()
    assert (bidder in before, bidder in exported(), "定标后公开" in before) == (False, False, True)
    assert "ws-table" not in auditor.get(reverse("desk:audit"), query | {"actor": bidder}).content.decode()
    for expert in cast.experts:
        stories.lock(project, expert)
    stories.projects.award_tender(project_id=project.pk, draft=stories.award_draft(project), by=cast.reviewer, at=stories.AWARDED)
    assert bidder in auditor.get(reverse("desk:audit"), query).content.decode()
    assert bidder in exported()
