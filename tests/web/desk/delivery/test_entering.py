"""The agency chooses who leads the work from its own people in the register; the page says whether that fits."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests import stories
from tests.cast import Cast
from tests.services.actions.test_entry_register import CERTIFICATE, NAME, registered
from tests.web.moments import opened_at
from wushe.accounts.models import User

SignIn = Callable[[User], Client]


def test_the_choice_names_nobody_whole_and_the_page_shows_the_match(cast: Cast, as_user: SignIn):
    worker, project = registered(cast), stories.contracted(cast)
    agency, address = as_user(cast.managers[0]), reverse("desk:delivery:enter-station", args=[project.number])
    typed = {
        "station": cast.station.pk,
        "entered_on": stories.ENTERED.date().isoformat(),
        "professional": NAME,
        "certificate": CERTIFICATE,
        "worker": worker.pk,
        "room_is_free": "on",
    }
    with opened_at(stories.ENTERED):
        form = agency.get(address).content.decode()
        rival = as_user(cast.managers[1]).get(address)
        refused = agency.post(address, typed | {"professional": "孙立"})
        done = agency.post(address, typed)
        detail = agency.get(reverse("desk:projects:detail", args=[project.number])).content.decode()
        parties = agency.get(reverse("desk:delivery:parties", args=[project.number])).content.decode()
    assert (rival.status_code, NAME in rival.content.decode()) == (403, False)
    assert worker.number in form
    assert CERTIFICATE in form
    assert f">{NAME}" not in form
    # what the agreement says need not be typed again
    assert f'value="{NAME}"' in form
    record = reverse("desk:delivery:record-activity", args=[project.number])
    assert f'href="{record}"' in detail
    assert (refused.status_code, "名册上的姓名不同" in refused.content.decode()) == (422, True)
    assert done.status_code == 302
    for page in (detail, parties):
        assert "已在名册" in page
        assert "在协议团队" in page


def test_who_is_not_in_the_register_is_marked(cast: Cast, as_user: SignIn):
    project = stories.delivering(cast)
    with opened_at(stories.HELD):
        county = as_user(cast.reviewer).get(reverse("desk:projects:detail", args=[project.number])).content.decode()
        rival = as_user(cast.managers[1]).get(reverse("desk:projects:detail", args=[project.number])).content.decode()
    assert "不在名册" in county
    assert "不在名册" not in rival
