"""A resident tells a need and follows it, without an account and without a script."""

import re
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.policies.factories import load_policy
from tests.regions.factories import make_region, plant_county
from wushe.needs.models import Need
from wushe.needs.states import NeedState
from wushe.regions.models import Level

PHONE, TAIL = "13800138000", "8000"


@pytest.fixture
def client() -> Client:
    return Client()


def typed(**other):
    values = {
        "submission": str(uuid4()),
        "wish": "独居老人希望有人送午饭",
        "field": "elderly_care",
        "group": "elderly",
        "urgency": "urgent",
        "person": "张秀兰",
        "phone": "１３８ 0013 8000",
        "consent": "on",
    }
    return values | other


def report_at(cast):
    return f"{reverse('portal:needs:report')}?place={cast.county.communities[0].code}"


def told(client, cast, **other):
    """Tell a need and return the code from the receipt."""
    client.post(report_at(cast), typed(**other))
    return client.session["need_receipt"]["code"]


def test_the_place_comes_first_and_is_found_by_a_part_of_its_name(cast, client):
    first = client.get(reverse("portal:needs:report"))
    assert "您住在哪里" in first.content.decode()
    found = client.get(reverse("portal:needs:report"), {"place_text": "东风社区"})
    assert found.headers["Location"] == report_at(cast)
    assert client.get(f"{reverse('portal:needs:report')}?place={cast.county.town.code}").context["form"].fields.keys() == {"place"}


def test_one_address_cannot_flood_the_town_and_what_was_typed_stays(cast, client, settings):
    settings.PUBLIC_POSTS = 2
    for _ in range(2):
        told(client, cast)
    held = client.post(report_at(cast), typed(wish="想要一台血压计"))
    assert held.status_code == 422
    assert "15 分钟" in held.content.decode()
    assert "想要一台血压计" in held.content.decode()
    assert Need.objects.count() == 2
    client.post(report_at(cast), typed(), REMOTE_ADDR="192.0.2.9")
    assert Need.objects.count() == 3


def test_an_empty_body_is_told_what_is_missing(cast, client):
    shown = client.post(report_at(cast))
    page = BeautifulSoup(shown.content, "html.parser")
    beside = {field["id"] for field in page.select("[aria-invalid=true]")}
    assert shown.status_code == 422
    assert {"id_wish", "id_person", "id_phone", "id_consent"} <= beside


def test_every_line_of_the_error_summary_leads_to_its_field(cast, client):
    soup = BeautifulSoup(client.post(report_at(cast), {"wish": "x"}).content, "html.parser")
    targets = [link["href"].removeprefix("#") for link in soup.select(".ws-errors a")]
    assert "id_urgency_0" in targets
    assert [target for target in targets if soup.find(id=target) is None] == []


def options(page):
    return re.findall(r'<option value="(\d+)">([^<]+)</option>', page)


def test_the_place_is_chosen_from_lists_too(cast, client):
    towns = client.get(reverse("portal:needs:report")).content.decode()
    assert 'name="within"' in towns
    assert [name for _, name in options(towns)] == ["明德街道", "石桥镇"]
    communities = client.get(reverse("portal:needs:report"), {"within": cast.county.town.code}).content.decode()
    assert [name for _, name in options(communities)] == [region.name for region in cast.county.communities]
    code, _name = options(communities)[0]
    chosen = client.get(reverse("portal:needs:report"), {"within": code})
    assert chosen.headers["Location"] == report_at(cast)


def test_a_level_that_no_government_has_is_not_in_the_lists(cast, client):
    hidden = make_region("990326900", "县直辖", Level.TOWN, cast.county.county, is_artificial=True)
    direct = make_region("990326900001", "林场社区", Level.COMMUNITY, hidden)
    page = client.get(reverse("portal:needs:report")).content.decode()
    assert [name for _, name in options(page)] == ["明德街道", "石桥镇", "林场社区"]
    chosen = client.get(reverse("portal:needs:report"), {"within": direct.code})
    assert chosen.headers["Location"] == f"{reverse('portal:needs:report')}?place={direct.code}"


def test_a_name_that_several_places_have_asks_which_one(cast, client):
    page = client.get(reverse("portal:needs:report"), {"place_text": "社区"})
    assert page.context["form"].errors == {}
    assert "和平社区" in page.content.decode()


@pytest.mark.parametrize("within", ["nowhere", "110000000000", "０"])
def test_a_place_without_a_policy_starts_the_lists_again(cast, client, within):
    page = client.get(reverse("portal:needs:report"), {"within": within}).content.decode()
    assert [name for _, name in options(page)] == ["明德街道", "石桥镇"]


def test_several_counties_are_listed_first(cast, client):
    second = plant_county("98", "安丰县")
    load_policy(second.county, replace=(("code: meixian-2022", "code: anfeng-2022"),))
    page = client.get(reverse("portal:needs:report")).content.decode()
    assert [name for _, name in options(page)] == ["安丰县", "平湖县"]
    towns = client.get(reverse("portal:needs:report"), {"within": second.county.code}).content.decode()
    assert [code for code, _ in options(towns)] == [second.town.code, second.other_town.code]


def test_places_of_several_levels_have_no_name_of_one_level(cast, client):
    second = plant_county("98", "安丰县")
    load_policy(second.city, replace=(("code: meixian-2022", "code: anfeng-2022"),))
    page = client.get(reverse("portal:needs:report")).content.decode()
    assert re.findall(r'<label[^>]*for="id_list"[^>]*>([^<]+)', page) == ["地点"]
    towns = client.get(reverse("portal:needs:report"), {"within": cast.county.county.code}).content.decode()
    assert re.findall(r'<label[^>]*for="id_list"[^>]*>([^<]+)', towns) == ["镇（街道）"]


def test_without_a_policy_there_is_only_the_search(db, client):
    assert 'id="lists"' not in client.get(reverse("portal:needs:report")).content.decode()


def test_the_form_speaks_the_words_of_the_places_policy(cast, client):
    page = client.get(report_at(cast)).content.decode()
    assert all(word in page for word in ("养老服务", "独居、空巢老人", "较急", "个人信息处理说明", "明德街道"))


def test_the_receipt_shows_code_and_deadline_and_the_code_opens_the_need(cast, client):
    response = client.post(report_at(cast), typed())
    assert response.headers["Location"] == reverse("portal:needs:receipt")
    need = Need.objects.get()
    assert (need.source, need.urgency, need.recorded_by) == ("online", "urgent", None)
    receipt = client.get(reverse("portal:needs:receipt")).content.decode()
    code = client.session["need_receipt"]["code"]
    assert f"{code[:4]}-{code[4:]}" in receipt
    page = Client().post(reverse("portal:needs:status"), {"code": code, "tail": TAIL}).content.decode()
    assert need.number in page
    assert "张秀兰" not in page
    assert PHONE not in page


def test_a_stranger_has_no_receipt(cast, client):
    told(client, cast)
    assert Client().get(reverse("portal:needs:receipt")).headers["Location"] == reverse("portal:needs:status")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"consent": ""}, "个人信息保护法第十三条"),
        ({"phone": "12345"}, "11 位手机号"),
        ({"wish": "饭"}, "内容太短"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_everything_typed_stays(cast, client, change, sentence):
    response = client.post(report_at(cast), typed(**change))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "张秀兰" in page
    assert not Need.objects.exists()


def test_pressing_twice_makes_one_need(cast, client):
    form = typed()
    client.post(report_at(cast), form)
    client.post(report_at(cast), form)
    assert Need.objects.count() == 1


def test_wrong_digits_show_nothing(cast, client):
    code = told(client, cast)
    response = client.post(reverse("portal:needs:status"), {"code": code, "tail": "1111"})
    assert response.status_code == 422
    assert "不相符" in response.content.decode()
    assert "独居老人" not in response.content.decode()


@pytest.fixture
def asked(cast, client):
    code = told(client, cast)
    Need.objects.update(state=NeedState.AWAITING_VERDICT)
    return {"code": code, "tail": TAIL}


@pytest.mark.parametrize(("answer", "state"), [("yes", NeedState.CLOSED), ("no", NeedState.REPORTED)])
def test_the_resident_has_the_last_word(asked, client, answer, state):
    page = client.post(reverse("portal:needs:status"), asked).content.decode()
    assert "您的需求解决了吗" in page
    response = client.post(reverse("portal:needs:give_verdict"), asked | {"satisfied": answer, "comment": "谢谢"}, follow=True)
    assert "感谢您的评价" in response.content.decode()
    assert Need.objects.get().state == state


def test_a_verdict_without_a_choice_asks_again_and_keeps_the_words(asked, client):
    response = client.post(reverse("portal:needs:give_verdict"), asked | {"comment": "饭菜很好"})
    assert response.status_code == 422
    assert "饭菜很好" in response.content.decode()


def test_a_verdict_that_comes_too_late_is_refused_with_a_sentence(asked, client):
    client.post(reverse("portal:needs:give_verdict"), asked | {"satisfied": "yes"})
    assert client.post(reverse("portal:needs:give_verdict"), asked | {"satisfied": "no"}).status_code == 422
    assert Need.objects.get().state == NeedState.CLOSED


def test_a_verdict_with_wrong_digits_changes_nothing(asked, client):
    for answer in ({"satisfied": "yes"}, {}):
        client.post(reverse("portal:needs:give_verdict"), asked | {"tail": "1111"} | answer)
    assert Need.objects.get().state == NeedState.AWAITING_VERDICT


@pytest.fixture
def answered(cast, client):
    code = told(client, cast)
    Need.objects.update(state=NeedState.DECLINED, decline_reason="已由民政所办理")
    return {"code": code, "tail": TAIL}


def test_the_resident_objects_to_an_answer_by_the_code(answered, client):
    assert "提出异议" in client.post(reverse("portal:needs:status"), answered).content.decode()
    empty = client.post(reverse("portal:needs:contest_answer"), answered | {"reason": ""})
    assert (empty.status_code, "提出异议" in empty.content.decode()) == (422, True)
    response = client.post(reverse("portal:needs:contest_answer"), answered | {"reason": "不归他们管"}, follow=True)
    assert "镇街将在新的期限内答复" in response.content.decode()
    assert Need.objects.get().state == NeedState.REPORTED
    late = client.post(reverse("portal:needs:contest_answer"), answered | {"reason": "再说一次"})
    assert late.status_code == 422


def test_where_no_objection_is_left_none_is_offered(answered, client):
    Need.objects.update(contested_count=1, contest_reason="不归他们管")
    assert "提出异议" not in client.post(reverse("portal:needs:status"), answered).content.decode()


def test_the_resident_of_a_duplicate_reads_where_the_other_one_stands(cast, client):
    told(client, cast, wish="另一件事")
    other = Need.objects.get()
    code = told(client, cast)
    Need.objects.exclude(pk=other.pk).update(state=NeedState.DECLINED, decline_reason=other.number, duplicate_of=other)
    page = client.post(reverse("portal:needs:status"), {"code": code, "tail": TAIL}).content.decode()
    assert f"与 {other.number} 是同一条需求。那一条的办理状态：" in page


@pytest.mark.parametrize("state", NeedState.values)
def test_every_state_has_its_page_for_the_resident(cast, client, state):
    code = told(client, cast)
    Need.objects.update(state=state, decline_reason="已由民政所办理")
    response = client.post(reverse("portal:needs:status"), {"code": code, "tail": TAIL})
    assert response.status_code == 200
    assert ("已由民政所办理" in response.content.decode()) == (state == NeedState.DECLINED)


def test_everybody_reads_how_needs_end_and_never_a_single_need(cast, client):
    assert "还没有居民反映需求" in client.get(reverse("portal:needs:results")).content.decode()
    told(client, cast)
    Need.objects.update(state=NeedState.CLOSED, verdict="satisfied", verdict_at=Need.objects.get().created_at)
    page = client.get(reverse("portal:needs:results")).content.decode()
    assert "<strong>100%</strong>" in page
    assert Need.objects.get().number not in page
    rows = b"".join(client.get(reverse("portal:needs:results"), {"format": "csv"})).decode("utf-8-sig").splitlines()
    assert client.get(reverse("portal:needs:results"), {"format": "xlsx"}).headers["Content-Disposition"].endswith('needs.xlsx"')
    assert rows[1:] == [f"明德街道,{cast.county.town.code},1,0,1,0,1,0,0,0"]

    second = plant_county("98", "安丰县")
    load_policy(second.county, replace=(("code: meixian-2022", "code: anfeng-2022"),))
    page = client.get(reverse("portal:needs:results")).content.decode()
    assert [name for _, name in options(page)] == ["安丰县", "平湖县"]
    chosen = client.get(reverse("portal:needs:results"), {"within": second.county.code}, follow=True).content.decode()
    assert "还没有居民反映需求" in chosen
    assert "明德街道" not in chosen
