import pytest
from bs4 import BeautifulSoup
from django import forms
from django.http import QueryDict
from django.urls import reverse

from tests.regions.factories import plant_county
from wushe.regions.models import Level
from wushe.web.common.fields import RegionField

pytestmark = pytest.mark.django_db


class PlaceForm(forms.Form):
    place = RegionField(levels=[Level.TOWN, Level.COMMUNITY])


def filled(**data):
    query = QueryDict(mutable=True)
    query.update(data)
    return PlaceForm(query)


def test_places_are_found_by_name_and_by_initials_without_signing_in(client):
    place = plant_county()
    answer = client.get(reverse("places:search"), {"q": "平湖", "level": "3"})
    assert answer.json() == {"places": [{"code": place.county.code, "name": "平湖县", "full_name": "青原省云川市平湖县", "level": 3}]}
    assert [found["name"] for found in client.get(reverse("places:search"), {"q": "dfsq"}).json()["places"]] == ["东风社区"]


def test_an_unknown_scope_finds_nothing_and_a_strange_level_is_ignored(client):
    plant_county()
    url = reverse("places:search")
    assert client.get(url, {"q": "东风", "within": "123"}).json() == {"places": []}
    assert len(client.get(url, {"q": "东风", "level": "²"}).json()["places"]) == 1


def test_a_chosen_code_cleans_to_the_region():
    place = plant_county()
    form = filled(place=place.village.code, place_text="柳树", place_for="柳树")
    assert form.is_valid()
    assert form.cleaned_data["place"] == place.village


def test_without_a_script_several_answers_are_offered_as_a_list():
    plant_county()
    form = filled(place_text="社区")
    assert form.errors.as_data()["place"][0].code == "choose"
    assert form["place"].as_widget().count('type="radio"') == 4


def test_one_answer_needs_no_list_unless_it_was_asked_for():
    place = plant_county()
    assert filled(place_text="柳树").is_valid()
    searching = filled(place_text="柳树", place_search="1", place=place.communities[0].code)
    assert searching.errors.as_data()["place"][0].code == "choose"


def test_the_enter_key_sends_the_form_and_does_not_search_anew():
    place = plant_county()
    for form in (PlaceForm(), filled(place=place.village.code, place_text="柳树", place_for="柳树")):
        first, search = BeautifulSoup(form["place"].as_widget(), "html.parser").select("button[type=submit]")
        assert ("name" in first.attrs, search["name"]) == (False, "place_search")


def test_a_choice_made_for_another_text_does_not_count():
    place = plant_county()
    form = filled(place=place.village.code, place_text="东风", place_for="柳树")
    assert form.is_valid()
    assert form.cleaned_data["place"] == place.communities[0]


@pytest.mark.parametrize("text", ["不存在", "平湖"])
def test_a_text_that_no_allowed_place_answers_is_refused(text):
    plant_county()
    assert filled(place_text=text).errors.as_data()["place"][0].code == "none"


def test_a_place_outside_the_limits_is_refused():
    place = plant_county()
    assert filled(place=place.county.code).errors.as_data()["place"][0].code == "elsewhere"
    form = filled(place=place.village.code)
    form.fields["place"].limit_to(within=place.town)
    assert form.errors.as_data()["place"][0].code == "elsewhere"


def test_an_empty_field_is_refused_when_it_is_required():
    assert filled(place_text="").errors.as_data()["place"][0].code == "required"


def test_a_place_given_beforehand_is_shown_and_checked():
    place = plant_county()
    html = PlaceForm(initial={"place": place.village})["place"].as_widget()
    assert f'value="{place.village.code}" checked' in html
    assert 'value="青原省云川市平湖县石桥镇柳树村"' in html
