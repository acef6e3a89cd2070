"""A station closes when nothing of it runs on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import Cast, moment
from tests.workforce.factories import make_posts, make_worker, place
from wushe.audit.models import Entry
from wushe.inbox.models import Todo
from wushe.stations.actions import (
    BookingDraft,
    CheckDraft,
    CommitmentDraft,
    FindingDraft,
    NewRoom,
    OfficeDraft,
    RemedyDraft,
    add_room,
    book_room,
    close_station,
    drop_remedy,
    inspect_station,
    let_office,
    make_commitment,
    note_use,
    offer_office,
    plan_remedy,
    vacate_office,
    withdraw_commitment,
)
from wushe.stations.errors import StationBusy
from wushe.stations.models import Booking, Office
from wushe.workforce.actions import end_posting, give_up_posts
from wushe.workforce.errors import StationHasPosts

pytestmark = pytest.mark.django_db
AT, ON = moment(6, 1), date(2026, 6, 1)
OFFICE = OfficeDraft("二楼203室", Decimal(30), Decimal(1200), "已登记的社会工作服务机构均可申请", date(2026, 1, 1))
REMEDY = RemedyDraft("area", "rebuild", "腾出二楼两间办公室", ON + timedelta(days=60))
COMMITMENT = CommitmentDraft("premises", "提供80平方米办公用房", "明德街道办事处", date(2026, 5, 1), date(2026, 7, 1))


def close(cast: Cast, reason: str = "并入县总站"):
    return close_station(station=cast.station, closed_on=ON, reason=reason, by=cast.reviewer, at=AT)


def test_a_station_does_not_close_over_what_somebody_was_promised_or_works_at(cast: Cast):
    remedy = plan_remedy(station=cast.station, draft=REMEDY, by=cast.head, at=AT)
    commitment = make_commitment(station=cast.station, draft=COMMITMENT, by=cast.head, at=AT)
    office = offer_office(station=cast.station, draft=OFFICE, by=cast.head, at=AT)
    let_office(number=office.number, organisation=cast.agencies[0], agreement="1号", since=date(2026, 3, 1), by=cast.head, at=AT)
    with pytest.raises(StationBusy) as refused:
        close(cast)
    error = refused.value
    assert (error.remedies, error.commitments, error.offices) == ((remedy.number,), (commitment.number,), (OFFICE.name,))
    drop_remedy(number=remedy.number, reason="站点撤并", by=cast.head, at=AT)
    withdraw_commitment(number=commitment.number, reason="站点撤并", by=cast.head, at=AT)
    with pytest.raises(StationBusy):
        close(cast)
    vacate_office(number=office.number, until=ON, reason="站点撤并", by=cast.head, at=AT)
    assert close(cast).closed_on == ON
    assert Office.objects.get(pk=office.pk).withdrawn_on == ON
    assert not Todo.objects.open().exists()


def test_bookings_to_come_are_cancelled_with_the_station_and_those_noted_stay(cast: Cast):
    room = add_room(station=cast.station, draft=NewRoom(("casework",), "个案室", date(2026, 1, 1)), by=cast.head, at=AT)
    draft = BookingDraft("合唱队", "排练", moment(5, 20, 10), moment(5, 20, 11), 4)
    noted, past, *coming = book_room(station=cast.station, room_id=room.pk, draft=draft, by=cast.head, at=AT)
    note_use(number=noted.number, minutes=60, persons=9, by=cast.head, at=AT)
    close(cast)
    cancelled = Booking.objects.filter(cancelled_at=AT, reason="并入县总站").order_by("starts_at")
    assert list(cancelled) == coming
    assert list(Booking.objects.standing().order_by("starts_at")) == [noted, past]
    assert Entry.objects.get(verb="stations.close_station").data["cancelled"] == [booking.number for booking in coming]


def test_a_shortfall_of_a_closed_station_is_on_nobodys_desk(cast: Cast):
    numbers = {"area": Decimal(58), "staff": Decimal(3), "professionals": Decimal(1)}
    findings = [FindingDraft(code, value=value, evidence="丈量") for code, value in numbers.items()]
    findings += [FindingDraft(code) for code in ("office", "casework", "group_work", "meeting")]
    inspect_station(station=cast.station, draft=CheckDraft(ON, tuple(findings)), by=cast.reviewer, at=AT)
    assert Todo.objects.open().filter(step="plan_remedy").exists()
    close(cast)
    assert not Todo.objects.open().exists()


def test_a_station_does_not_close_while_people_are_posted_there_or_posts_set_up(cast: Cast):
    worker = make_worker(cast)
    posting = place(cast, worker, body=cast.station.body)
    posts = make_posts(cast, body=cast.station.body)
    with pytest.raises(StationHasPosts) as refused:
        close(cast)
    assert (refused.value.postings, refused.value.posts) == ((worker.number,), (posts.number,))
    cast.station.refresh_from_db()
    assert cast.station.closed_on is None
    end_posting(posting=posting, until=ON, reason="调离", by=cast.reviewer, at=AT)
    give_up_posts(establishment=posts, until=ON, reason="撤并", by=cast.reviewer, at=AT)
    assert close(cast).closed_on == ON
