"""A worker records a need on the way."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.needs.factories import make_need
from wushe.kernel.clock import now
from wushe.needs.models import Need
from wushe.regions.models import Region

RECORD = "field:needs:record_need"


def typed(place, **other):
    values = {
        "submission": str(uuid4()),
        "place": place.code,
        "wish": "楼道没有灯",
        "field": "community_governance",
        "group": "residents",
        "urgency": "normal",
        "source": "visit",
        "person": "李建国",
        "phone": "13900139000",
        "consent": "on",
    }
    return values | other


@pytest.fixture
def phone(cast):
    client = Client()
    client.force_login(cast.community)
    return client


def test_the_worker_of_one_community_need_not_choose_it(cast, phone):
    page = phone.get(reverse(RECORD)).content.decode()
    assert f'type="hidden" name="place" value="{cast.county.communities[0].code}"' in page


def test_a_need_is_on_record_with_a_code_for_the_resident(cast, phone):
    response = phone.post(reverse(RECORD), typed(cast.county.communities[0]))
    need = Need.objects.get()
    assert response.headers["Location"] == reverse("field:needs:recorded", args=[need.number])
    page = phone.get(response.headers["Location"]).content.decode()
    code = phone.session["recorded_need"]["code"]
    assert f"{code[:4]}-{code[4:]}" in page
    assert (need.recorded_by, need.source) == (cast.community, "visit")


def test_the_code_is_shown_to_whoever_recorded_the_need_alone(cast, phone):
    phone.post(reverse(RECORD), typed(cast.county.communities[0]))
    code = phone.session["recorded_need"]["code"]
    other = Client()
    other.force_login(cast.head)
    page = other.get(reverse("field:needs:recorded", args=[Need.objects.get().number]))
    assert page.status_code == 200
    assert code[:4] + "-" not in page.content.decode()


def test_what_is_perhaps_the_same_is_shown(cast, phone):
    for _ in range(2):
        response = phone.post(reverse(RECORD), typed(cast.county.communities[0]))
    assert "可能已经登记过" in phone.get(response.headers["Location"]).content.decode()


def test_of_a_need_in_another_community_nothing_is_shown_but_that_there_is_one(cast, phone):
    make_need(cast.county.communities[1], wish="父亲走失后回来，需要定位手环", phone="13900139000", at=now())
    response = phone.post(reverse(RECORD), typed(cast.county.communities[0]))
    page = phone.get(response.headers["Location"]).content.decode()
    assert "其他社区还有一条需求" in page
    assert "定位手环" not in page


@pytest.mark.parametrize(
    ("change", "sentence"), [({"phone": ""}, "说明没有电话的原因"), ({"consent": ""}, "未经居民本人同意"), ({"wish": ""}, "")]
)
def test_a_refusal_keeps_everything_typed(cast, phone, change, sentence):
    response = phone.post(reverse(RECORD), typed(cast.county.communities[0], **change))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "李建国" in page


def test_the_head_of_a_town_chooses_and_the_choice_is_kept(cast):
    client = Client()
    client.force_login(cast.head)
    home = cast.county.communities[2]
    assert client.get(reverse(RECORD)).content.decode().count('<option value="99') == 4
    client.post(reverse(RECORD), typed(home))
    assert f'<option value="{home.code}" selected>' in client.get(reverse(RECORD)).content.decode()


def test_a_community_that_targets_do_not_count_has_residents_all_the_same(cast, phone):
    home = cast.county.communities[0]
    Region.objects.filter(pk=home.pk).update(counts_for_coverage=False)
    assert phone.get(reverse(RECORD)).status_code == 200
    phone.post(reverse(RECORD), typed(home))
    assert Need.objects.get().region == home


def test_where_no_community_is_left_the_page_says_what_to_do(cast, phone):
    Region.objects.filter(pk=cast.county.communities[0].pk).update(valid_until=date(2026, 1, 1))
    page = phone.get(reverse(RECORD))
    assert page.status_code == 409
    assert "请管理员" in page.content.decode()


def test_nobody_records_elsewhere_or_without_the_post(cast, phone):
    assert phone.post(reverse(RECORD), typed(cast.county.village)).status_code == 422
    assert not Need.objects.exists()
    stranger = Client()
    stranger.force_login(cast.stranger)
    assert stranger.get(reverse(RECORD)).status_code == 403
