"""Every page that the people of streets and towns can walk to, and the agencies and experts that they work with."""

import pytest

from tests.browser.walk import PEOPLE_OF_TOWNS, look_at, tell_everything, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def walked(settings, session_of):
    settings.DEMO = True
    return walk({who: user for who, user in tell_everything().items() if who in PEOPLE_OF_TOWNS}, session_of)


def test_every_page_is_reached_by_links_that_lead_somewhere_and_is_sound(walked, open_page, shared_folder):
    found, broken = walked
    assert broken == {}
    assert look_at(found, open_page, shared_folder) == {}
