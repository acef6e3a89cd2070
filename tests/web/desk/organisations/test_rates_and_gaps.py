"""How a place stands: the two rates down to their rows, and where organisations are missing."""

from datetime import date

import pytest
from django.urls import reverse

from tests.accounts.factories import make_holder
from tests.organisations.applications import APPLIED, application, make_offices
from tests.organisations.factories import make_organisation
from tests.organisations.test_rates import FIT, GROUP
from tests.web.moments import opened_at
from wushe.organisations import actions

pytestmark = pytest.mark.django_db

RATES, GAPS = reverse("desk:organisations:rates"), reverse("desk:organisations:gaps")


@pytest.fixture
def offices():
    offices = make_offices("shijiazhuang-2016")
    place = offices.county.communities[0]
    make_organisation(offices.reviewer, place, name="合唱团", accountant_certificate="会0001", **GROUP | FIT)
    make_organisation(offices.reviewer, place, name="编织社", filed_on=date(2025, 1, 1), members=12, **GROUP)
    return offices


def rate(name):
    return reverse("desk:organisations:rate", args=[name])


def test_the_rates_open_to_their_rows_and_go_out_as_a_file(offices, as_user):
    client = as_user(offices.reviewer)
    with opened_at(APPLIED):
        page = client.get(RATES).content.decode()
        assert ("0 / 1" in page, "1 / 1" in page, "100%" in page) == (True, True, True)
        town = client.get(RATES, {"place": offices.county.town.code}).content.decode()
        assert "东风社区" in town
        rows = client.get(rate("registered"), {"counted": "no"}).content.decode()
        assert ("合唱团" in rows, "编织社" in rows) == (True, False)
        others = client.get(rate("filed"), {"place": offices.county.communities[0].code}).content.decode()
        assert "个人会员达到规定人数" in others
        file = b"".join(client.get(rate("filed"), {"format": "csv"}).streaming_content).decode()
        unknown = b"".join(client.get(rate("unknown"), {"format": "csv"}).streaming_content).decode()
    assert "个人会员达到规定人数；有章程" in file
    assert (unknown.splitlines()[0][-7:], "还差的登记条件" in file.splitlines()[0]) == ("没有记录的条件", True)


def test_a_default_is_called_what_its_reader_understands(as_user):
    offices = make_offices("meixian-2022")
    offices.head.language = "en"
    offices.head.save()
    with opened_at(APPLIED):
        page = as_user(offices.head).get(RATES).content.decode()
    assert "Platform default" in page
    assert "平台默认" not in page


def test_a_place_without_organisations_has_no_data(offices, as_user):
    with opened_at(APPLIED):
        page = as_user(offices.stranger).get(RATES).content.decode()
    assert "暂无数据" in page


def test_strangers_see_no_other_place(offices, as_user):
    client = as_user(offices.stranger)
    place = {"place": offices.county.town.code}
    with opened_at(APPLIED):
        assert [client.get(address, place).status_code for address in (RATES, GAPS, rate("filed"))] == [404, 404, 404]
        assert client.get(reverse("desk:organisations:gap", args=[offices.county.communities[0].code])).status_code == 404
        assert client.get(rate("nothing")).status_code == 404
        assert client.get(reverse("desk:organisations:gap", args=[offices.county.other_town.code])).status_code == 404


def test_communities_with_a_gap_are_listed_with_what_each_group_lacks(offices, as_user):
    applied = actions.apply_for_filing(draft=application(offices.county), at=APPLIED).filing
    actions.pass_application(filing_id=applied.pk, opinion="属实", by=offices.community, at=APPLIED)
    client = as_user(offices.head)
    with opened_at(APPLIED):
        page = client.get(GAPS).content.decode()
        file = b"".join(client.get(GAPS, {"format": "csv"}).streaming_content).decode()
        community = client.get(reverse("desk:organisations:gap", args=[offices.county.communities[0].code])).content.decode()
        assert "柳树村" not in client.get(GAPS, {"show": "all"}).content.decode()
    assert ("东风社区" in page, "东风社区,1,10,9,2" in file) == (True, True)
    assert ("还缺 9 个组织" in community, "广场舞队" in community, applied.number in community) == (True, True, True)


def test_above_the_county_a_county_is_chosen(offices, as_user):
    person = make_holder("county_station", region=offices.county.city, username="city")
    with opened_at(APPLIED):
        assert "平湖县" in as_user(person).get(GAPS).content.decode()
