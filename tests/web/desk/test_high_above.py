"""Offices above the places that have a policy read every list that their posts open."""

import pytest
from django.urls import reverse

from tests.accounts.factories import make_holder
from tests.cast import Cast, moment
from tests.stories import delivering
from tests.web.pages import plain_pages
from tests.workforce.factories import certify, make_course, make_posts, make_session, make_worker, place
from wushe.accounts.queries import roles_with
from wushe.kernel import clock
from wushe.policies.models import Pack

# what an address has to say beside its name
ASKED = {"desk:stations:without": {"level": "town"}}


@pytest.mark.parametrize("role", ["auditor", "finance_officer"])
@pytest.mark.parametrize("level", ["province", "nation"])
def test_every_list_opens_above_the_places_that_have_a_policy(cast: Cast, as_user, monkeypatch, role, level):
    monkeypatch.setattr(clock, "now", lambda: moment(6, 2))
    worker = make_worker(cast)
    certify(cast, worker)
    place(cast, worker)
    make_posts(cast)
    make_session(cast, make_course(cast))
    delivering(cast)
    assert not Pack.objects.filter(region__level__lt=cast.county.city.level).exists()
    desk = as_user(make_holder(role, region=getattr(cast.county, level), username="high"))
    mine = [name for name, asked in plain_pages() if name.startswith("desk:") and role in roles_with(asked)]
    answers = {name: desk.get(reverse(name), ASKED.get(name, {})).status_code for name in mine}
    assert {name: code for name, code in answers.items() if code not in {200, 405}} == {}
    assert len(answers) > 2
