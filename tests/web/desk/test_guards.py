"""The page of a step is shown to nobody whom the step would refuse: it may name people and sums that are not theirs."""

import pytest
from django.urls import reverse

from tests import stories
from tests.accounts.factories import BEFORE, make_holder
from tests.stations.factories import make_station
from tests.web.moments import opened_at
from wushe.accounts.models import Post

OF_THE_AGENCY = (
    "desk:delivery:record-activity",
    "desk:delivery:finish-delivery",
    "desk:delivery:join-project",
    "desk:procurement:record-expense",
    "desk:procurement:request-payment",
)


def test_a_rival_gets_no_form_of_the_agency_that_does_the_project(cast, as_user):
    project = stories.delivering(cast)
    owner, rival = as_user(cast.managers[0]), as_user(cast.managers[1])
    with opened_at(stories.HELD):
        for name in OF_THE_AGENCY:
            address = reverse(name, args=[project.number, *([1] if name.endswith("payment") else [])])
            assert (name, owner.get(address).status_code, rival.get(address).status_code) == (name, 200, 403)


def test_another_evaluator_gets_no_form_of_the_one_appointed(cast, as_user):
    project = stories.finished(cast)
    stories.heard(cast, project, 5)
    stories.appointed(cast, project)
    other = make_holder("evaluator", body=cast.agencies[0].body, username="other_judge")
    with opened_at(stories.FINISHED):
        for name in ("declare-conflict", "evaluate-project"):
            address = reverse(f"desk:oversight:{name}", args=[project.number])
            assert (name, as_user(cast.judge).get(address).status_code) == (name, 200)
            assert (name, as_user(other).get(address).status_code) in {(name, 403), (name, 404)}


@pytest.mark.parametrize(("step", "status"), [("check_station", 200), ("inspect_station", 403)])
def test_nobody_inspects_the_station_of_their_own_level(cast, as_user, step, status):
    head = as_user(cast.head)
    assert head.get(reverse(f"desk:stations:{step}", args=[cast.station.number])).status_code == status


def test_somebody_with_two_posts_takes_a_step_only_where_that_post_is(cast, as_user):
    elsewhere = make_station(cast.reviewer, cast.county.other_town)
    both = make_holder("town_station_head", region=cast.county.town, username="both")
    Post.objects.create(user=both, role="social_worker", region=cast.county.other_town, since=BEFORE)
    client = as_user(both)
    assert client.get(reverse("desk:stations:detail", args=[elsewhere.number])).status_code == 200
    assert client.get(reverse("desk:stations:offer_office", args=[elsewhere.number])).status_code == 403
    assert client.get(reverse("desk:stations:offer_office", args=[cast.station.number])).status_code == 200
