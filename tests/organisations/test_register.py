import threading
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests.accounts.factories import make_holder, make_user
from tests.organisations.factories import AT, ON, OTHER_USCC, USCC, draft, make_organisation, profile
from tests.regions.factories import plant_county
from wushe.accounts.models import BodyKind
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted, StepNotAllowed
from wushe.organisations.actions import deregister_organisation, register_organisation, update_organisation
from wushe.organisations.errors import (
    DatesOutOfOrder,
    DayInFuture,
    ProfessionalsWithoutDay,
    SeatTooHigh,
    UsccInvalid,
    UsccRequired,
    UsccTaken,
)
from wushe.organisations.models import Kind, Organisation
from wushe.organisations.queries import organisation_by_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return plant_county()


@pytest.fixture
def clerk(place):
    return make_holder("county_station", region=place.county)


def test_an_agency_is_registered_with_its_body(place, clerk):
    organisation = make_organisation(clerk, place.communities[0])
    assert organisation.number == "organisation-990326-2026-000001"
    assert (organisation.body.kind, organisation.body.name, organisation.body.region) == (
        BodyKind.AGENCY,
        organisation.name,
        place.communities[0],
    )
    assert (organisation.uscc, organisation.professionals) == (USCC, 3)
    assert organisation_by_number(organisation.number) == organisation
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == [
        "accounts.body_created",
        "organisations.register_organisation",
    ]


@pytest.mark.parametrize(
    ("kind", "body_kind"),
    [
        (Kind.AGENCY, BodyKind.AGENCY),
        (Kind.EVALUATOR, BodyKind.EVALUATOR),
        (Kind.FEDERATION, BodyKind.ORGANISATION),
        ("charity", BodyKind.ORGANISATION),
    ],
)
def test_the_kind_tells_the_kind_of_the_body(place, clerk, kind, body_kind):
    assert make_organisation(clerk, place.town, kind=kind).body.kind == body_kind


def test_a_town_registers_in_its_own_communities_only(place):
    head = make_holder("town_station_head", region=place.town)
    assert make_organisation(head, place.communities[0]).region == place.communities[0]
    with pytest.raises(NotPermitted):
        make_organisation(head, place.village, uscc=OTHER_USCC)


@pytest.mark.parametrize("role", ["social_worker", "community_worker", "expert", "finance_officer", "auditor", "system_admin"])
def test_other_roles_register_nothing(place, role):
    with pytest.raises(NotPermitted):
        make_organisation(make_holder(role, region=place.county), place.town)


def test_who_holds_no_post_registers_nothing(place):
    with pytest.raises(NotPermitted):
        make_organisation(make_user(), place.town)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": "  "}, FieldRequired),
        ({"uscc": ""}, UsccRequired),
        ({"uscc": USCC[:-1] + "0"}, UsccInvalid),
        ({"professionals_as_of": None}, ProfessionalsWithoutDay),
        ({"professionals": None}, ProfessionalsWithoutDay),
        ({"professionals_evidence": ""}, ProfessionalsWithoutDay),
        ({"professionals_as_of": date(2026, 3, 3)}, DayInFuture),
        ({"founded_on": date(2026, 3, 3), "registered_on": None}, DayInFuture),
        ({"founded_on": date(2021, 6, 2)}, DatesOutOfOrder),
        ({"filed_on": date(2021, 6, 2)}, DatesOutOfOrder),
    ],
)
def test_what_cannot_be_true_is_refused(place, clerk, changes, refusal):
    with pytest.raises(refusal):
        make_organisation(clerk, place.town, **changes)
    assert not Organisation.objects.exists()


def test_the_seat_is_a_town_or_a_community(place, clerk):
    with pytest.raises(SeatTooHigh):
        make_organisation(clerk, place.county)


def test_a_credit_code_belongs_to_one_living_organisation(place, clerk):
    first = make_organisation(clerk, place.town)
    with pytest.raises(UsccTaken):
        make_organisation(clerk, place.other_town)
    deregister_organisation(organisation=first, deregistered_on=ON, reason="合并", by=clerk, at=AT)
    assert make_organisation(clerk, place.other_town).uscc == USCC


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_one_code_at_once_one_is_refused():
    place = plant_county()
    clerk = make_holder("county_station", region=place.county)
    barrier, refusals = threading.Barrier(2), []

    def enter() -> None:
        try:
            with transaction.atomic():
                barrier.wait()
                make_organisation(clerk, place.town)
        except UsccTaken as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=enter) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refusals), Organisation.objects.count()) == (1, 1)


def test_a_correction_changes_the_body_too_and_says_what_changed(place, clerk):
    organisation = make_organisation(clerk, place.town)
    updated = update_organisation(organisation=organisation, profile=profile(place.village, name="晨光社工中心"), by=clerk, at=AT)
    updated.refresh_from_db()
    assert (updated.name, updated.body.name, updated.region, updated.body.region) == (
        "晨光社工中心",
        "晨光社工中心",
        place.village,
        place.village,
    )
    assert Entry.objects.get(verb="organisations.update_organisation").data == {"changed": ["name", "region"]}


def test_a_correction_without_change_leaves_no_trace(place, clerk):
    organisation = make_organisation(clerk, place.town)
    update_organisation(organisation=organisation, profile=profile(place.town), by=clerk, at=AT)
    assert not Entry.objects.filter(verb="organisations.update_organisation").exists()


def test_a_correction_needs_the_right_at_both_seats(place, clerk):
    organisation = make_organisation(clerk, place.town)
    head = make_holder("town_station_head", region=place.town)
    with pytest.raises(NotPermitted):
        update_organisation(organisation=organisation, profile=profile(place.village), by=head, at=AT)
    other = make_holder("town_station_head", region=place.other_town, username="zhao")
    with pytest.raises(NotPermitted):
        update_organisation(organisation=organisation, profile=profile(place.village), by=other, at=AT)


def test_a_correction_refuses_what_registration_refuses(place, clerk):
    organisation = make_organisation(clerk, place.town)
    make_organisation(clerk, place.town, uscc=OTHER_USCC)
    for changes, refusal in (({"uscc": ""}, UsccRequired), ({"uscc": OTHER_USCC}, UsccTaken), ({"name": ""}, FieldRequired)):
        with pytest.raises(refusal):
            update_organisation(organisation=organisation, profile=profile(place.town, **changes), by=clerk, at=AT)


def test_what_was_struck_off_is_not_corrected(place, clerk):
    organisation = make_organisation(clerk, place.town)
    deregister_organisation(organisation=organisation, deregistered_on=ON, reason="解散", by=clerk, at=AT)
    with pytest.raises(StepNotAllowed):
        update_organisation(organisation=organisation, profile=profile(place.town, name="新名"), by=clerk, at=AT)


def test_an_unknown_number_is_not_found():
    with pytest.raises(NotFound):
        organisation_by_number("organisation-990326-2026-000009")


def test_an_organisation_in_preparation_needs_no_credit_code(place, clerk):
    new = replace(draft(place.town, kind=Kind.COMMUNITY_ORGANISATION, uscc=""), registered_on=None)
    assert register_organisation(draft=new, by=clerk, at=AT).uscc == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"uscc": ""},
        {"uscc": "12345"},
        {"filed_on": date(2019, 1, 1)},
        {"registered_on": date(2019, 1, 1)},
        {"deregistered_on": date(2021, 6, 1)},
        {"professionals": None},
    ],
)
def test_the_database_holds_the_rules_too(place, clerk, changes):
    organisation = make_organisation(clerk, place.town)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=organisation.pk).update(**changes)


def test_a_credit_code_may_be_typed_as_people_type(place, clerk):
    typed = f" {USCC[:8].lower()}-{USCC[8:12]} {USCC[12:].lower()} ".replace("5", "５")
    assert make_organisation(clerk, place.town, uscc=typed).uscc == USCC


def test_a_correction_that_leaves_name_and_seat_leaves_the_body_alone(place, clerk):
    organisation = make_organisation(clerk, place.town)
    update_organisation(organisation=organisation, profile=profile(place.town, party_organisation=True), by=clerk, at=AT)
    assert Entry.objects.get(verb="organisations.update_organisation").data == {"changed": ["party_organisation"]}
    assert not Entry.objects.filter(verb="accounts.body_updated").exists()
