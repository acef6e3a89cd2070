from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import stories
from tests.web.moments import opened_at
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, NotPermitted
from wushe.services.actions import InvolvementDraft, join_project, leave_project
from wushe.services.errors import DayInFuture, InvolvedAlready, LeftAlready, LeftBeforeJoining, NotInDelivery
from wushe.services.models import Involvement
from wushe.services.queries import parties_of

SINCE = stories.ENTERED.date()


def join(cast, project, by=None, **other):
    draft = InvolvementDraft(**{"since": SINCE, "name": "钱多多", "duty": "驻站社工"} | other)
    return join_project(project_id=project.pk, draft=draft, by=by or cast.managers[0], at=stories.HELD)


def leave(cast, involvement, until=SINCE):
    return leave_project(involvement_id=involvement.pk, until=until, by=cast.managers[0], at=stories.HELD)


def test_owner_undertaker_team_and_partner_are_apart_and_dated(cast):
    project = stories.delivering(cast)
    join(cast, project, organisation=cast.agencies[1], duty="组织居民参与")
    rows = [(party.role, party.name, party.detail, party.since, party.until) for party in parties_of(project)]
    agreement = project.agreement
    assert rows == [
        ("owner", "明德街道", "", stories.DRAFTED.date(), None),
        ("purchaser", agreement.purchaser.name, agreement.number, stories.SIGNED.date(), None),
        ("undertaker", agreement.agency.name, agreement.number, stories.SIGNED.date(), None),
        ("team", "赵敏", "项目主管", SINCE, None),
        ("partner", cast.agencies[1].name, "组织居民参与", SINCE, None),
    ]


def test_somebody_leaves_and_another_comes(cast):
    project = stories.delivering(cast)
    head = Involvement.objects.get(project=project)
    leave(cast, head, until=stories.HELD.date())
    with pytest.raises(LeftAlready):
        leave(cast, head)
    join(cast, project, name="赵敏", since=stories.HELD.date())
    assert list(project.involvements.order_by("pk").values_list("name", "until")) == [("赵敏", stories.HELD.date()), ("赵敏", None)]
    assert "赵敏" not in str(list(Entry.objects.filter(verb__startswith="services.project_").values_list("data", flat=True)))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"name": " "}, FieldRequired),
        ({"name": "赵敏"}, InvolvedAlready),
        ({"since": stories.HELD.date() + timedelta(days=1)}, DayInFuture),
    ],
)
def test_an_entry_that_cannot_be_is_refused(cast, change, refusal):
    with pytest.raises(refusal):
        join(cast, stories.delivering(cast), **change)


def test_who_leaves_has_joined_and_the_day_has_come(cast):
    project = stories.delivering(cast)
    head = Involvement.objects.get(project=project)
    with pytest.raises(LeftBeforeJoining):
        leave(cast, head, until=date(2026, 5, 1))
    with pytest.raises(DayInFuture):
        leave(cast, head, until=stories.HELD.date() + timedelta(days=1))


def test_only_the_serving_agency_enters_and_only_in_delivery(cast):
    project = stories.delivering(cast)
    with pytest.raises(NotPermitted):
        join(cast, project, by=cast.managers[1])
    type(project).objects.update(state="in_acceptance")
    with pytest.raises(NotInDelivery):
        join(cast, project)


def test_the_agency_keeps_its_team_on_the_desk_and_a_rival_does_not_see_it(cast):
    project = stories.delivering(cast)
    manager, rival = Client(), Client()
    manager.force_login(cast.managers[0])
    rival.force_login(cast.managers[1])
    page = reverse("desk:delivery:parties", args=[project.number])
    with opened_at(stories.HELD):
        made = manager.post(
            reverse("desk:delivery:join-project", args=[project.number]), {"organisation": cast.agencies[1].name, "since": "2026-05-20"}
        )
        assert made.headers["Location"] == page
        seen = manager.get(page).content.decode()
        assert all(words in seen for words in ("赵敏", "协作组织", cast.agencies[1].name))
        member = Involvement.objects.get(name="赵敏")
        manager.post(reverse("desk:delivery:leave-project", args=[project.number, member.pk]), {"until": "2026-05-30"})
        assert "2026年5月30日" in manager.get(page).content.decode()
        assert "赵敏" not in rival.get(page).content.decode()
