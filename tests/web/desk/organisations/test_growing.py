"""Accountants, shared premises, help to register, support and sanctions on the desk."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import credit_code
from tests.organisations.applications import make_offices
from tests.organisations.factories import AT, make_organisation
from tests.web.moments import opened_at
from tests.web.over import refused_at_once
from wushe.organisations.models import Kind, LifeEvent, PurposeClass, RegistrationHelp, Sanction, Support

pytestmark = pytest.mark.django_db

TEAM = {
    "kind": Kind.COMMUNITY_ORGANISATION,
    "uscc": "",
    "registered_on": None,
    "filed_on": date(2025, 6, 1),
    "purpose_class": PurposeClass.SERVICE,
}
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def offices():
    return make_offices("shijiazhuang-2016")


def team(offices, name="东风助老队", place=0, **other):
    return make_organisation(offices.reviewer, offices.county.communities[place], name=name, **TEAM | other)


def page(client, name, *args, **query):
    answer = client.get(reverse(f"desk:organisations:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def file(client, name, **query):
    answer = client.get(reverse(f"desk:organisations:{name}"), query | {"format": "csv"})
    return b"".join(answer.streaming_content).decode()


def test_an_accountant_is_appointed_shown_and_released(offices, as_user):
    row, other = team(offices, premises="社区活动室"), team(offices, "书法社", premises="社区活动室")
    head = as_user(offices.head)
    typed = {"person": "周会计", "certificate": "会0001", "qualification": "初级会计师", "since": "2026-01-01", "part_time": "on"}
    with opened_at(AT):
        appoint = reverse("desk:organisations:appoint_accountant", args=[row.number])
        assert head.post(appoint, typed | {"valid_until": "2025-01-01"}).status_code == 422
        for each in (row, other):
            head.post(reverse("desk:organisations:appoint_accountant", args=[each.number]), typed)
        assert [
            words for words in ("周会计", "初级会计师", "兼职", "与另外1个组织共用") if words not in page(head, "detail", row.number)
        ] == []
        shown = page(head, "accountants", q="会0001")
        assert [words for words in ("周会计", row.name, other.name) if words not in shown] == []
        assert "没有符合条件" in page(head, "accountants", q="不存在")
        assert [words for words in ("社区活动室", row.name, other.name) if words not in page(head, "premises")] == []
        assert ("周会计" in file(head, "accountants"), "社区活动室" in file(head, "premises")) == (True, True)
        head.post(reverse("desk:organisations:release_accountant", args=[row.number]), {"until": "2026-03-01"})
        assert row.name not in page(head, "accountants")
        assert as_user(offices.community).get(appoint).status_code == 403
        assert as_user(offices.stranger).get(appoint).status_code == 404


def test_help_goes_from_papers_to_the_answer(offices, as_user):
    row, head = team(offices), as_user(offices.head)
    with opened_at(AT):
        assert "登记帮办" in page(head, "detail", row.number)
        head.post(reverse("desk:organisations:help_to_register", args=[row.number]))
        helped = RegistrationHelp.objects.get()
        assert "还缺6项材料" in page(head, "help", helped.number)
        hand_in = reverse("desk:organisations:hand_in_registration", args=[helped.number])
        assert "尚未备齐" in head.post(hand_in, {"handed_in_on": "2026-03-02"}).content.decode()
        papers = ("application", "approval", "capital", "premises", "sponsors", "charter")
        head.post(reverse("desk:organisations:tick_registration_papers", args=[helped.number]), {"ready": papers})
        head.post(hand_in, {"handed_in_on": "2026-03-02"})
        county = as_user(offices.reviewer)
        shown = page(county, "help", helped.number)
        assert [words for words in ("2026年5月1日", "60", "记录不予登记") if words not in shown] == []
        assert row.name in page(county, "helps", q="助老")
        assert row.name in file(county, "helps", state="open")
        refusal = reverse("desk:organisations:record_registration_refusal", args=[helped.number])
        assert head.get(refusal).status_code == 403
        assert as_user(offices.stranger).get(reverse("desk:organisations:help", args=[helped.number])).status_code == 404
        assert county.post(refusal, {"ended_on": "2026-03-02", "reason": ""}).status_code == 422
        county.post(refusal, {"ended_on": "2026-03-02", "reason": "章程不合规"})
        assert "章程不合规" in page(county, "help", helped.number)
        head.post(reverse("desk:organisations:help_to_register", args=[row.number]))
        again = RegistrationHelp.objects.order_by("-pk").first()
        head.post(
            reverse("desk:organisations:end_registration_help", args=[again.number]), {"ended_on": "2026-03-02", "reason": "暂不登记"}
        )
        assert "暂不登记" in page(head, "help", again.number)


def test_new_organisations_are_listed_granted_and_counted_by_group(offices, as_user):
    row, county = team(offices, client_groups=("elderly",)), as_user(offices.reviewer)
    with opened_at(AT):
        assert row.name in page(county, "eligible")
        assert row.name in file(county, "eligible")
        grant = reverse("desk:organisations:grant_support", args=[row.number])
        typed = {"kind": "small_grant", "amount": "3000", "granted_on": "2026-03-02", "document": "平民发〔2026〕5号"}
        assert county.post(grant, typed | {"amount": "0"}).status_code == 422
        county.post(grant, typed)
        assert row.name not in page(county, "eligible")
        shown = page(county, "supports", kind="small_grant", year="2026")
        assert [words for words in (row.name, "¥3,000.00", "小额资助") if words not in shown] == []
        assert "¥3,000.00" in page(county, "support_groups")
        assert "老年人,1,1,1.0000,3000.00" in file(county, "support_groups")
        assert "平民发〔2026〕5号" in file(county, "supports")
        assert file(county, "supports").startswith("\ufeff编号,组织编号,名称,")
        withdraw = reverse("desk:organisations:withdraw_support", args=[Support.objects.get().number])
        assert as_user(offices.head).get(withdraw).status_code == 403
        assert as_user(offices.head).get(grant).status_code == 403
        county.post(withdraw, {"reason": "账户不符"})
        assert "账户不符" in page(county, "detail", row.number)
        assert refused_at_once(county, withdraw, {"reason": "账户不符"})


def test_a_sanction_is_recorded_seen_by_everybody_and_lifted(offices, as_user, client):
    row, county = team(offices), as_user(offices.reviewer)
    public = reverse("portal:organisations:detail", args=[row.number])
    with opened_at(AT):
        record = reverse("desk:organisations:record_sanction", args=[row.number])
        typed = {"since": "2026-03-01", "reason": "弄虚作假", "document": "平民罚〔2026〕1号"}
        assert county.post(record, typed | {"document": ""}).status_code == 422
        county.post(record, typed)
        assert row.name in page(county, "sanctions")
        assert "弄虚作假" in client.get(public).content.decode()
        lift = reverse("desk:organisations:lift_sanction", args=[Sanction.objects.get().number])
        assert as_user(offices.head).get(lift).status_code == 403
        county.post(lift, {"lifted_on": "2026-03-02", "reason": "已经纠正"})
        assert row.name not in page(county, "sanctions")
        assert refused_at_once(county, lift, {"lifted_on": "2026-03-02", "reason": "已经纠正"})
        assert "已经纠正" in file(county, "sanctions", show="all")
        assert "弄虚作假" not in client.get(public).content.decode()


def test_the_paper_of_a_step_of_a_life_opens_for_whoever_sees_the_organisation(offices, as_user):
    row, county = team(offices), as_user(offices.reviewer)
    scan = SimpleUploadedFile("登记证书.pdf", PDF, "application/pdf")
    typed = {"day": "2026-02-01", "uscc": credit_code(31), "document": "社证字第1号", "scan": scan}
    with opened_at(AT):
        county.post(reverse("desk:organisations:record_registration", args=[row.number]), typed)
        paper = LifeEvent.objects.get(kind="registered").file
        address = reverse("files:download_file", args=[paper.number])
        assert [words for words in ("社证字第1号", address) if words not in page(county, "detail", row.number)] == []
        assert county.get(address).status_code == 200
        assert as_user(offices.stranger).get(address).status_code in {403, 404}
        ended = {"day": "2026-03-02", "reason": "合并", "document": "注销证明"}
        as_user(offices.head).post(reverse("desk:organisations:deregister_organisation", args=[row.number]), ended)
    assert LifeEvent.objects.get(kind="deregistered").document == "注销证明"


def test_units_of_the_area_are_neither_filed_nor_counted(offices, as_user):
    unit = team(offices, "东风小学", kind=Kind.STATIONED_UNIT, filed_on=None)
    head = as_user(offices.head)
    with opened_at(AT):
        shown = page(head, "detail", unit.number)
        assert [words for words in ("兴趣小组", "登记条件", "登记帮办</h2>", "进入筹建") if words in shown] == []
        assert "东风小学" in page(head, "list", kind="stationed_unit")


def test_the_register_narrows_by_category_field_and_group(offices, as_user):
    row = team(offices, scheme_category="service", service_fields=("elderly_care",), client_groups=("elderly",))
    team(offices, "书法社")
    head = as_user(offices.head)
    with opened_at(AT):
        for query in ({"scheme_category": "service"}, {"field": "elderly_care"}, {"group": "elderly", "standing": "1"}):
            shown = page(head, "list", **query)
            assert (row.name in shown, "书法社" in shown) == (True, False)


def test_lists_ask_as_often_for_three_rows_as_for_one(offices, as_user):
    head = as_user(offices.reviewer)
    names = ("accountants", "premises", "helps", "supports", "eligible", "support_groups", "sanctions")

    def grow(order):
        for each in range(2):
            row = team(offices, f"队{order}{each}", place=order, premises=f"活动室{order}", client_groups=("elderly",))
        told = {"person": f"会计{order}", "certificate": f"会{order}", "qualification": "会计师", "since": "2026-01-01"}
        head.post(reverse("desk:organisations:appoint_accountant", args=[row.number]), told)
        head.post(reverse("desk:organisations:help_to_register", args=[row.number]))
        granted = {"kind": "activities", "amount": "1", "granted_on": "2026-03-02", "document": "文"}
        head.post(reverse("desk:organisations:grant_support", args=[row.number]), granted)
        barred = {"since": "2026-03-01", "reason": "弄虚作假", "document": "文"}
        head.post(reverse("desk:organisations:record_sanction", args=[row.number]), barred)

    def asked(name):
        with CaptureQueriesContext(connection) as queries:
            page(head, name)
        return len(queries)

    with opened_at(AT):
        grow(0)
        once = {name: asked(name) for name in names}
        for order in (1, 2):
            grow(order)
        assert {name: asked(name) for name in names} == once
