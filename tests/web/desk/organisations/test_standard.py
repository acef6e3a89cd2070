from bs4 import BeautifulSoup
from django.urls import reverse

from tests.cast import Cast
from tests.policies.factories import load_policy

PAGE = reverse("desk:organisations:work_standard")


def text_of(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_a_place_without_a_standard_of_its_own_reads_the_labelled_default(cast: Cast, as_user):
    shown = text_of(as_user(cast.head).get(PAGE))
    assert "平台默认，可修改" in shown
    assert "有年度活动计划，按计划开展活动" in shown


def test_the_standard_of_a_layer_takes_the_place_of_the_default_with_its_text(cast: Cast, as_user):
    load_policy(cast.county.town, "example-quarterly")
    shown = text_of(as_user(cast.head).get(PAGE))
    assert "每半年向成员公布一次收支。" in shown
    assert "有年度活动计划" not in shown
    assert as_user(cast.managers[0]).get(PAGE).status_code == 403
