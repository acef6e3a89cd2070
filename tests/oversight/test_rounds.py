from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import stories
from tests.accounts.factories import make_holder
from tests.web.moments import opened_at
from wushe.accounts.queries import scope_of
from wushe.audit.models import Entry
from wushe.inbox.models import Notice, Todo
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, NotPermitted
from wushe.oversight.actions import RoundDraft, open_round
from wushe.oversight.errors import NothingToSupervise, RoundDayPast
from wushe.oversight.queries import looks_of_round, rounds_in
from wushe.projects.permissions import Permission

DRAFT = RoundDraft(title="第三季度效能督导", percent=100, due_on=date(2026, 6, 30))


def opened(cast, draft=DRAFT, by=None):
    return open_round(region=cast.county.county, draft=draft, by=by or cast.reviewer, at=stories.HELD)


def states(found):
    rows = list(found.drawn.select_related("project"))
    return [each.state for each in looks_of_round(found, rows).values()]


def test_a_round_draws_projects_and_asks_for_the_looks(cast):
    project = stories.delivering(cast)
    found = opened(cast)
    assert [row.project for row in found.drawn.all()] == [project]
    todo = Todo.objects.open().get(step="supervise_project")
    assert (local_date(todo.due_at), todo.created_at) == (DRAFT.due_on, stories.ENTERED)
    assert set(Notice.objects.filter(verb="oversight.round_opened").values_list("user__username", flat=True)) == {"head", "manager1"}
    assert Entry.objects.get(verb="oversight.round_opened").data == {"percent": 100, "drawn": [project.number]}
    assert states(found) == ["waiting"]
    stories.supervised(cast, project, "签到表不全", at=stories.HELD + timedelta(days=1))
    assert states(found) == ["failed"]
    with pytest.raises(NothingToSupervise):
        opened(cast)


def test_a_passed_look_and_a_finished_project_end_the_waiting(cast):
    project = stories.delivering(cast)
    found = opened(cast)
    stories.supervised(cast, project, at=stories.HELD + timedelta(days=1))
    assert states(found) == ["passed"]
    again = open_round(region=cast.county.county, draft=DRAFT, by=cast.reviewer, at=stories.HELD + timedelta(days=2))
    type(project).objects.update(state="in_acceptance")
    assert states(again) == ["over"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [({"title": " "}, FieldRequired), ({"due_on": date(2026, 5, 31)}, RoundDayPast), ({}, NothingToSupervise)],
)
def test_a_round_that_cannot_be_is_refused(cast, change, refusal):
    with pytest.raises(refusal):
        opened(cast, draft=RoundDraft(**{"title": "督导", "percent": 50, "due_on": date(2026, 6, 30)} | change))


def test_only_the_county_opens_rounds_and_a_town_sees_what_was_drawn_there(cast):
    stories.delivering(cast)
    with pytest.raises(NotPermitted):
        opened(cast, by=cast.head)
    found = opened(cast)
    elsewhere = make_holder("town_station_head", region=cast.county.other_town)
    for user, sees in ((cast.reviewer, True), (cast.head, True), (elsewhere, False)):
        scope = scope_of(user, Permission.VIEW_PROJECT, stories.HELD.date())
        assert rounds_in(scope).filter(pk=found.pk).exists() == sees


def test_the_county_opens_a_round_on_its_desk(cast):
    project = stories.delivering(cast)
    client = Client()
    client.force_login(cast.reviewer)
    with opened_at(stories.HELD):
        refused = client.post(reverse("desk:oversight:open-round"), {"title": "", "percent": "0", "due_on": ""})
        assert refused.status_code == 422
        made = client.post(reverse("desk:oversight:open-round"), {"title": "督导", "percent": "30", "due_on": "2026-06-30"})
        page = client.get(made.headers["Location"]).content.decode()
        assert all(words in page for words in (project.title, "尚未督导", "每个镇（街）抽取 30%"))
        assert "督导" in client.get(reverse("desk:oversight:rounds")).content.decode()
        table = b"".join(client.get(made.headers["Location"], {"format": "csv"})).decode("utf-8-sig")
        assert project.number in table
        client.force_login(cast.head)
        assert client.get(reverse("desk:oversight:open-round")).status_code == 403
        assert client.get(made.headers["Location"]).status_code == 200
