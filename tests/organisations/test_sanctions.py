from dataclasses import replace
from datetime import date

import pytest

from tests.accounts.factories import make_holder
from tests.organisations.factories import AT, ON, make_organisation
from tests.regions.factories import plant_county
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, NotPermitted, StepNotAllowed
from wushe.organisations.actions import NewSanction, deregister_organisation, lift_sanction, record_sanction
from wushe.organisations.errors import DatesOutOfOrder, DayInFuture, SanctionLifted
from wushe.organisations.models import Sanction

pytestmark = pytest.mark.django_db
NEW = NewSanction(since=date(2026, 1, 1), until=date(2026, 7, 1), reason="虚报服务人次", document="民社〔2026〕3号")


@pytest.fixture
def place():
    return plant_county()


@pytest.fixture
def clerk(place):
    return make_holder("county_station", region=place.county)


@pytest.fixture
def agency(place, clerk):
    return make_organisation(clerk, place.town)


def test_a_sanction_binds_in_its_half_open_days(clerk, agency):
    sanction = record_sanction(organisation=agency, draft=NEW, by=clerk, at=AT)
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [Sanction.objects.in_force(day).exists() for day in days] == [False, True, True, False]
    assert Entry.objects.get(verb="organisations.record_sanction").data["sanction"] == sanction.number


def test_a_lifted_sanction_ends_early_and_keeps_the_reason(clerk, agency):
    sanction = record_sanction(organisation=agency, draft=replace(NEW, until=None), by=clerk, at=AT)
    lifted = lift_sanction(sanction=sanction, lifted_on=date(2026, 2, 1), reason="整改完成", by=clerk, at=AT)
    assert (lifted.lifted_on, lifted.lifting_reason) == (date(2026, 2, 1), "整改完成")
    assert [Sanction.objects.in_force(day).exists() for day in (date(2026, 1, 31), date(2026, 2, 1))] == [True, False]
    with pytest.raises(SanctionLifted):
        lift_sanction(sanction=sanction, lifted_on=ON, reason="整改完成", by=clerk, at=AT)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": " "}, FieldRequired),
        ({"document": ""}, FieldRequired),
        ({"since": date(2026, 3, 3)}, DayInFuture),
        ({"until": date(2026, 1, 1)}, DatesOutOfOrder),
    ],
)
def test_what_makes_no_sense_is_refused(clerk, agency, changes, refusal):
    with pytest.raises(refusal):
        record_sanction(organisation=agency, draft=replace(NEW, **changes), by=clerk, at=AT)


def test_lifting_needs_a_reason_and_a_day_in_order(clerk, agency):
    sanction = record_sanction(organisation=agency, draft=NEW, by=clerk, at=AT)
    with pytest.raises(FieldRequired):
        lift_sanction(sanction=sanction, lifted_on=ON, reason="", by=clerk, at=AT)
    with pytest.raises(DatesOutOfOrder):
        lift_sanction(sanction=sanction, lifted_on=date(2025, 12, 1), reason="整改完成", by=clerk, at=AT)
    with pytest.raises(DayInFuture):
        lift_sanction(sanction=sanction, lifted_on=date(2026, 3, 3), reason="整改完成", by=clerk, at=AT)


def test_sanctions_are_the_countys_business(place, clerk, agency):
    sanction = record_sanction(organisation=agency, draft=NEW, by=clerk, at=AT)
    head = make_holder("town_station_head", region=place.town)
    with pytest.raises(NotPermitted):
        record_sanction(organisation=agency, draft=NEW, by=head, at=AT)
    with pytest.raises(NotPermitted):
        lift_sanction(sanction=sanction, lifted_on=ON, reason="整改完成", by=head, at=AT)


def test_what_was_struck_off_is_not_sanctioned(clerk, agency):
    deregister_organisation(organisation=agency, deregistered_on=ON, reason="解散", by=clerk, at=AT)
    with pytest.raises(StepNotAllowed):
        record_sanction(organisation=agency, draft=NEW, by=clerk, at=AT)
