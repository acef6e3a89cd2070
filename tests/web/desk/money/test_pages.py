"""The finance officer opens a source, commits it, and follows an expense back to its paper and its need."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.ledger.factories import AT, ON, PROJECT, Treasury, make_treasury
from wushe.accounts.models import Body, BodyKind, User
from wushe.ledger.models import Entry, EntryKind, FundingSource
from wushe.projects.models import Project

TYPED = {
    "kind": "welfare_lottery",
    "name": "福彩公益金为老项目",
    "region": "",
    "region_text": "平湖县",
    "year": "2026",
    "document_no": "平民发〔2026〕9号",
    "amount": "30000",
    "occurred_on": "2026-03-02",
}


@pytest.fixture
def treasury(db: None) -> Treasury:
    return make_treasury()


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def spent(treasury: Treasury) -> FundingSource:
    source = treasury.source("100")
    treasury.commit(source, "80")
    treasury.pay(source, "30")
    treasury.spend(source, "12.5")
    return source


def test_open_source_leads_to_its_page(treasury: Treasury):
    client = as_user(treasury.officer)
    assert client.get(reverse("desk:money:open_source")).status_code == 200
    response = client.post(reverse("desk:money:open_source"), TYPED)
    source = FundingSource.objects.get()
    assert response.headers["Location"] == reverse("desk:money:source", args=[source.number])
    assert "¥30,000.00" in client.get(response.headers["Location"]).content.decode()


def test_open_source_keeps_what_was_typed_when_it_refuses(treasury: Treasury):
    response = as_user(treasury.officer).post(reverse("desk:money:open_source"), TYPED | {"amount": "0"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "福彩公益金为老项目" in page
    assert not FundingSource.objects.exists()


def test_open_source_is_not_for_the_county_station(treasury: Treasury):
    assert as_user(treasury.checker).get(reverse("desk:money:open_source")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_sources_take_the_same_queries_however_many(treasury: Treasury, count: int, django_assert_max_num_queries):
    for _ in range(count):
        spent(treasury)
    client = as_user(treasury.officer)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("desk:money:sources")).content.decode()
    assert page.count("¥12.50") == count + (count == 1)
    assert f"¥{Decimal('12.50') * count:,.2f}" in page


def test_sources_are_filtered_and_exported(treasury: Treasury):
    spent(treasury)
    client = as_user(treasury.officer)
    assert "¥80.00" not in client.get(reverse("desk:money:sources"), {"kind": "welfare_lottery"}).content.decode()
    assert "¥80.00" not in client.get(reverse("desk:money:sources"), {"year": "2025"}).content.decode()
    found = client.get(reverse("desk:money:sources"), {"q": "财政", "format": "csv"})
    lines = b"".join(found.streaming_content).decode()
    assert ("80.00" in lines, "fiscal" in lines) == (True, False)


def test_an_expense_reaches_its_source_in_two_clicks_and_comes_back(treasury: Treasury):
    source = spent(treasury)
    client = as_user(treasury.officer)
    trace = client.get(reverse("desk:money:expense", args=["expense-990326-2026-000001"])).content.decode()
    to_source = reverse("desk:money:source", args=[source.number])
    assert to_source in trace
    assert "need-990326-2026-000007" in trace
    assert PROJECT in trace
    entry = Entry.objects.get(kind=EntryKind.SPEND)
    to_entry = reverse("desk:money:entry", args=[entry.number])
    assert to_entry in client.get(to_source).content.decode()
    assert reverse("desk:money:expense", args=["expense-990326-2026-000001"]) in client.get(to_entry).content.decode()


def test_money_of_another_place_is_not_there(treasury: Treasury):
    source = spent(treasury)
    treasury.officer.posts.update(region=treasury.county.other_town)
    client = as_user(treasury.officer)
    entry = Entry.objects.latest("id")
    for name, number in (
        ("source", source.number),
        ("entry", entry.number),
        ("expense", entry.subject),
        ("commit_to_project", source.number),
    ):
        assert client.get(reverse(f"desk:money:{name}", args=[number])).status_code == 404


def test_nothing_is_found_under_an_unknown_number(treasury: Treasury):
    client = as_user(treasury.officer)
    for name in ("source", "entry", "expense"):
        assert client.get(reverse(f"desk:money:{name}", args=["nothing"])).status_code == 404


def test_commit_to_project_refuses_a_number_that_no_project_has(treasury: Treasury):
    source = treasury.source("100")
    client = as_user(treasury.officer)
    for name in ("commit_to_project", "release_from_project"):
        address = reverse(f"desk:money:{name}", args=[source.number])
        assert client.get(address).status_code == 200
        response = client.post(address, {"project": PROJECT, "amount": "5", "occurred_on": "2026-03-02"})
        assert response.status_code == 422
    assert Entry.objects.count() == 1


def test_commit_to_project_and_release_book_and_lead_back_to_the_source(treasury: Treasury):
    source = treasury.source("100")
    Project.objects.create(
        number=PROJECT,
        ocid="ocds-1",
        title="为老服务",
        summary="助餐",
        service_users="老年人",
        expected_persons=30,
        field="elder_care",
        region=treasury.county.town,
        starts_on=ON,
        ends_on=ON + timedelta(days=90),
        budget=80,
        pack_version="money@1",
        state_changed_at=AT,
        created_at=AT,
        created_by=treasury.clerk,
    )
    client = as_user(treasury.officer)
    for name, amount in (("commit_to_project", "60"), ("release_from_project", "15")):
        typed = {"project": f" {PROJECT} ", "amount": amount, "occurred_on": "2026-03-02"}
        response = client.post(reverse(f"desk:money:{name}", args=[source.number]), typed)
        assert response.headers["Location"] == reverse("desk:money:source", args=[source.number])
    page = client.get(response.headers["Location"]).content.decode()
    assert "为老服务" in page
    assert "¥45.00" in page


def test_the_chart_of_a_source_adds_up_to_its_amount(treasury: Treasury):
    source = spent(treasury)
    chart = as_user(treasury.officer).get(reverse("desk:money:sources")).context["chart"]
    assert [row.label for row in chart.rows] == [source.name]
    assert sum(chart.rows[0].values) == source.amount


def test_a_station_receives_money_to_run_on(treasury: Treasury):
    source = treasury.source("500")
    station = Body.objects.create(number="body-1", name="首善社工站", kind=BodyKind.STATION, region=treasury.county.town)
    Body.objects.create(number="body-2", name="首善社区社工室", kind=BodyKind.STATION, region=treasury.county.town)
    page = reverse("desk:money:allot_to_body", args=[source.number])
    client = as_user(treasury.officer)
    assert "首善社工站" in client.get(page).content.decode()
    typed = {"body": "首善", "amount": "200", "voucher_no": "拨-1", "occurred_on": "2026-03-02", "memo": "上半年"}
    unclear = client.post(page, typed)
    assert (unclear.status_code, "body-1" in unclear.content.decode()) == (422, True)
    assert client.post(page, typed | {"body": "无此站"}).status_code == 422
    assert client.post(page, typed | {"body": "社工站", "amount": "900"}).status_code == 422
    assert client.post(page, typed | {"body": "社工站"}).headers["Location"] == reverse("desk:money:source", args=[source.number])
    assert Entry.objects.get(kind=EntryKind.ALLOT_TO_BODY).agency == station
    shown = client.get(reverse("desk:money:source", args=[source.number])).content.decode()
    assert "已拨付站点" in shown
    assert "¥200.00" in shown
    assert as_user(treasury.checker).get(page).status_code == 403
