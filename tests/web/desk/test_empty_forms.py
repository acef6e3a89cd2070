"""A form that comes back empty says what is missing; it is not shown again as if nothing had been sent."""

import pytest
from django.urls import reverse

from tests import stories
from tests.web.moments import opened_at

OF_THE_PROJECT = ("desk:delivery:record-activity", "desk:delivery:join-project", "desk:procurement:record-expense")
OF_THE_STATION = ("desk:stations:offer_office", "desk:stations:plan_remedy", "desk:stations:make_commitment")


def missing(response):
    return response.status_code, response.content.decode().count("请填写此项") > 0


def test_an_empty_form_about_a_project_says_what_is_missing(cast, as_user):
    project = stories.delivering(cast)
    manager = as_user(cast.managers[0])
    with opened_at(stories.HELD):
        for name in OF_THE_PROJECT:
            assert (name, *missing(manager.post(reverse(name, args=[project.number])))) == (name, 422, True)


def test_an_empty_form_about_a_station_says_what_is_missing(cast, as_user):
    head = as_user(cast.head)
    for name in OF_THE_STATION:
        assert (name, *missing(head.post(reverse(name, args=[cast.station.number])))) == (name, 422, True)


@pytest.mark.parametrize("step", ["desk:organisations:grant_support", "desk:organisations:plan_guidance"])
def test_an_empty_form_about_an_organisation_says_what_is_missing(cast, as_user, step):
    assert missing(as_user(cast.reviewer).post(reverse(step, args=[cast.agencies[0].number]))) == (422, True)
