from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from tests import stories
from tests.policies.factories import load_policy
from tests.projects.actions.test_designing import steps_waiting
from wushe.audit.models import Entry
from wushe.kernel.errors import FieldRequired, StepNotAllowed
from wushe.organisations.models import Organisation
from wushe.projects.actions import cancel_tender, publish_tender, unseal, withdraw_bid
from wushe.projects.errors import AgencyNotQualified, AlreadyBid, BidTooLate, PriceOverCeiling


def test_a_bid_is_sealed_and_its_bidder_can_read_it(cast):
    project = stories.tendering(cast)
    bid = stories.bid(cast, project)
    assert (bid.price, bid.plan, bid.team) == (None, "", [])
    assert unseal(bid)["price"] == "78000.00"
    assert unseal(bid)["team"] == [{"certificate": "2021-0001", "name": "赵敏", "role": "项目主管"}]


def test_the_stored_row_shows_neither_price_nor_plan(cast):
    project = stories.tendering(cast)
    bid = stories.bid(cast, project)
    with connection.cursor() as cursor:
        cursor.execute("SELECT convert_to(b::text, 'UTF8'), sealed FROM projects_bid b WHERE id = %s", [bid.pk])
        row, sealed = (bytes(value) for value in cursor.fetchone())
        cursor.execute("SELECT convert_to(string_agg(e::text, ''), 'UTF8') FROM audit_entry e")
        trail = bytes(cursor.fetchone()[0])
    for secret in (b"78000", "每周上门".encode(), "赵敏".encode(), b"2021-0001"):
        assert secret not in row
        assert secret not in sealed
        assert secret not in trail


def test_a_bid_is_taken_until_the_closing_second(cast):
    project = stories.tendering(cast)
    stories.bid(cast, project, at=stories.CLOSES)
    with pytest.raises(BidTooLate):
        stories.bid(cast, project, 1, at=stories.CLOSES + timedelta(seconds=1))


def test_an_agency_bids_once_and_settles_its_own_todo(cast):
    project = stories.tendering(cast)
    first = stories.bid(cast, project)
    with pytest.raises(AlreadyBid) as refused:
        stories.bid(cast, project)
    assert refused.value.bid == first.number
    assert steps_waiting(project) == {"appoint_experts", "open_bids", "submit_bid"}


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"plan": " "}, FieldRequired),
        ({"team": ()}, FieldRequired),
        ({"price": Decimal(0)}, FieldRequired),
        ({"price": Decimal("80000.01")}, PriceOverCeiling),
    ],
)
def test_half_a_bid_is_none(cast, change, refusal):
    project = stories.tendering(cast)
    with pytest.raises(refusal):
        stories.bid(cast, project, draft=stories.offer(**change))


def test_an_agency_without_social_workers_does_not_bid(cast):
    project = stories.tendering(cast)
    Organisation.objects.filter(pk=cast.agencies[0].pk).update(professionals=0)
    cast.agencies[0].refresh_from_db()
    with pytest.raises(AgencyNotQualified) as refused:
        stories.bid(cast, project)
    assert refused.value.missing == ("has_professionals",)


def test_a_place_may_ask_bidders_for_a_party_organisation(cast):
    asked = "qualifications:\n  default: true\n  note: {zh: 测试, en: test}\n  items:\n    - {code: party, zh: 党组织健全, en: Party, check: party_organisation}\n"
    project = stories.tendering(cast)
    load_policy(cast.county.town, replace=(("code: meixian-2022", "code: town-2022"), ("\nsteps:\n", f"\n{asked}\nsteps:\n")))
    with pytest.raises(AgencyNotQualified) as refused:
        stories.bid(cast, project)
    assert refused.value.missing == ("has_party_organisation",)


def test_nobody_bids_before_the_tender_or_after_its_opening(cast):
    project = stories.approved(cast)
    with pytest.raises(StepNotAllowed):
        stories.bid(cast, project)


def test_a_bid_taken_back_makes_room_for_another(cast):
    project = stories.tendering(cast)
    first = stories.bid(cast, project)
    withdraw_bid(bid_id=first.pk, by=cast.managers[0], at=stories.BID)
    second = stories.bid(cast, project)
    assert Entry.objects.filter(verb="projects.bid_withdrawn").count() == 1
    assert list(stories.tender_of(project).bids.filter(withdrawn_at__isnull=True)) == [second]


def test_a_bid_is_taken_back_once_and_before_closing(cast):
    project = stories.tendering(cast)
    bid = stories.bid(cast, project)
    with pytest.raises(BidTooLate):
        withdraw_bid(bid_id=bid.pk, by=cast.managers[0], at=stories.OPENED)
    withdraw_bid(bid_id=bid.pk, by=cast.managers[0], at=stories.BID)
    with pytest.raises(StepNotAllowed):
        withdraw_bid(bid_id=bid.pk, by=cast.managers[0], at=stories.BID)


def test_a_bid_of_a_cancelled_tender_stays_as_it_was(cast):
    project = stories.tendering(cast)
    bid = stories.bid(cast, project)
    cancel_tender(project_id=project.pk, reason="预算调整", by=cast.reviewer, at=stories.BID)
    with pytest.raises(StepNotAllowed):
        withdraw_bid(bid_id=bid.pk, by=cast.managers[0], at=stories.BID)
    publish_tender(project_id=project.pk, draft=stories.call(closes_at=stories.SIGNED), by=cast.reviewer, at=stories.BID)
    with pytest.raises(StepNotAllowed):
        withdraw_bid(bid_id=bid.pk, by=cast.managers[0], at=stories.BID)
