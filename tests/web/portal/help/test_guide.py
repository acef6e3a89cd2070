"""The guide inside the product: the same text, section by section, the reader's own first."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.cast import Cast
from wushe.config.roles import ROLES
from wushe.web.portal.help.guide import FILES, SECTIONS, sections


def test_both_languages_have_the_same_sections_and_every_role_has_its_own():
    assert len(sections("zh-hans")) == len(sections("en")) > 15
    assert {role.code for role in ROLES} == SECTIONS.keys()
    assert set(SECTIONS.values()) <= {part.code for part in sections("en")}


@pytest.mark.django_db
def test_every_section_is_a_page_in_both_languages(client):
    for language in FILES:
        client.cookies["django_language"] = language
        for part in sections(language):
            soup = BeautifulSoup(client.get(reverse("portal:help:section", args=[part.code])).content, "html.parser")
            assert soup.h1.get_text() == part.title
            assert soup.select_one(".ws-guide").get_text(strip=True)
    assert client.get(reverse("portal:help:section", args=["nothing"])).status_code == 404


def test_the_section_of_my_post_stands_first_and_the_desk_leads_there(client, cast: Cast):
    client.force_login(cast.head)
    top = BeautifulSoup(client.get(reverse("desk:me")).content, "html.parser").select_one(".ws-bar a.ws-plain.hide-phone")
    assert top["href"] == reverse("portal:help:guide")
    first = BeautifulSoup(client.get(top["href"]).content, "html.parser").select_one("aside a")
    assert first["href"] == reverse("portal:help:section", args=["town-station"])
