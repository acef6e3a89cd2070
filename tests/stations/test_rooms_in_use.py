"""Rooms are booked for residents and groups, really used or not, and some stand idle."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.accounts.factories import make_holder
from tests.policies.factories import load_policy
from tests.regions.factories import plant_county
from tests.stations.factories import AT, ON, make_station
from wushe.accounts.queries import scope_of
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted
from wushe.stations.actions import BookingDraft, NewRoom, add_room, book_room, cancel_booking, give_up_room, note_use
from wushe.stations.errors import (
    BookingCancelled,
    BookingOutOfOrder,
    RoomBooked,
    RoomNotOpen,
    RoomNotThere,
    RoomTaken,
    UseBeforeStart,
    UseIncomplete,
    UseNoted,
)
from wushe.stations.models import Booking
from wushe.stations.permissions import Permission
from wushe.stations.queries import UseFilter, bookings_of, hours_of_use, idle_since, rooms_by_use, stands_idle, unnoted

pytestmark = pytest.mark.django_db
STARTS = datetime(2026, 3, 4, 6, tzinfo=UTC)
DRAFT = BookingDraft("夕阳红合唱队", "排练", STARTS, STARTS + timedelta(hours=2))
LATER = STARTS + timedelta(hours=3)


@pytest.fixture
def place():
    place = plant_county()
    load_policy(place.county)
    return place


@pytest.fixture
def head(place):
    return make_holder("town_station_head", region=place.town)


@pytest.fixture
def station(place):
    return make_station(make_holder("county_station", region=place.county), place.town)


@pytest.fixture
def room(station, head):
    draft = NewRoom(("group_work", "office"), "小组活动室", date(2025, 1, 1), Decimal(20))
    return add_room(station=station, draft=draft, by=head, at=AT)


def book(station, room, head, **changes):
    return book_room(station=station, room_id=room.pk, draft=replace(DRAFT, **changes), by=head, at=AT)


def use(head, on=ON, **chosen):
    return rooms_by_use(scope_of(head, Permission.VIEW_STATIONS, on), UseFilter(**chosen), on)


def test_a_room_is_booked_for_one_at_a_time(station, room, head):
    (first,) = book(station, room, head)
    with pytest.raises(RoomTaken) as refused:
        book(station, room, head, holder="书法社", starts_at=STARTS + timedelta(hours=1), ends_at=STARTS + timedelta(hours=3))
    assert (refused.value.holder, refused.value.starts_at) == ("夕阳红合唱队", STARTS)
    book(station, room, head, holder="书法社", starts_at=DRAFT.ends_at, ends_at=DRAFT.ends_at + timedelta(hours=1))
    cancel_booking(number=first.number, reason="改期", by=head, at=AT)
    assert [row.holder for row in bookings_of(station, AT)] == ["书法社"]
    book(station, room, head)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=first.pk).update(cancelled_at=None, reason="")


def test_a_series_is_booked_whole_or_not_at_all(station, room, head):
    book(station, room, head, holder="书法社", starts_at=STARTS + timedelta(weeks=2), ends_at=DRAFT.ends_at + timedelta(weeks=2))
    with pytest.raises(RoomTaken):
        book(station, room, head, weeks=4)
    assert Booking.objects.count() == 1
    assert len(book(station, room, head, weeks=2)) == 2
    with pytest.raises(BookingOutOfOrder):
        book(station, room, head, starts_at=LATER + timedelta(weeks=9), ends_at=LATER + timedelta(weeks=11), weeks=2)


def test_bookings_that_cannot_be_are_refused(station, room, head, place):
    for wrong, error in (
        ({"holder": " "}, FieldRequired),
        ({"purpose": " "}, FieldRequired),
        ({"ends_at": STARTS}, BookingOutOfOrder),
        ({"weeks": 0}, BookingOutOfOrder),
        ({"starts_at": datetime(2024, 12, 31, 1, tzinfo=UTC)}, RoomNotThere),
    ):
        with pytest.raises(error):
            book(station, room, head, **wrong)
    office = add_room(station=station, draft=NewRoom(("office",), "办公室", ON), by=head, at=AT)
    with pytest.raises(RoomNotOpen):
        book(station, office, head)
    office.pk += 1
    with pytest.raises(NotFound):
        book(station, office, head)
    with pytest.raises(NotPermitted):
        book(station, room, make_holder("auditor", region=place.county))
    give_up_room(station=station, room_id=room.pk, on=ON, by=head, at=AT)
    with pytest.raises(RoomNotThere):
        book(station, room, head)


def test_a_room_is_not_given_up_under_somebody_who_has_it(station, room, head):
    used, coming, empty = book(station, room, head, weeks=3)
    note_use(number=used.number, minutes=60, persons=18, by=head, at=LATER)

    def give_up(on):
        return give_up_room(station=station, room_id=room.pk, on=on, by=head, at=LATER + timedelta(days=1))

    day = local_date(used.starts_at)
    with pytest.raises(RoomBooked) as refused:
        give_up(day)
    assert (refused.value.bookings, refused.value.last_on) == (3, local_date(empty.starts_at))
    cancel_booking(number=coming.number, reason="改期", by=head, at=LATER)
    note_use(number=empty.number, minutes=0, persons=0, by=head, at=empty.starts_at)
    with pytest.raises(RoomBooked):
        give_up(day)
    assert give_up(day + timedelta(days=1)).used_until == day + timedelta(days=1)


def test_real_use_is_noted_corrected_and_measured_by_the_square_metre(station, room, head):
    used, empty = book(station, room, head, weeks=2)
    with pytest.raises(UseBeforeStart):
        note_use(number=used.number, minutes=100, persons=18, by=head, at=AT)
    assert list(unnoted(station, LATER)) == [used]
    with pytest.raises(UseIncomplete):
        note_use(number=used.number, minutes=100, persons=0, by=head, at=LATER)
    note_use(number=used.number, minutes=60, persons=18, by=head, at=LATER)
    note_use(number=used.number, minutes=90, persons=20, by=head, at=LATER)
    with pytest.raises(UseNoted):
        cancel_booking(number=used.number, reason="改期", by=head, at=LATER)
    note_use(number=empty.number, minutes=0, persons=0, by=head, at=LATER + timedelta(weeks=1))
    (row,) = use(head, on=date(2026, 3, 20))
    assert (row.booked, row.used_minutes, row.people) == (2, 90, 20)
    assert row.hours_per_m2 == pytest.approx(0.075)
    assert hours_of_use([station.pk], date(2026, 3, 1), date(2026, 3, 20)) == {station.pk: Decimal("1.5")}
    assert hours_of_use([station.pk], date(2026, 3, 5), date(2026, 3, 6)) == {}
    (row,) = use(head, on=date(2026, 9, 20))
    assert (row.used_minutes, row.hours_per_m2) == (None, None)


def test_a_cancelled_booking_stays_cancelled(station, room, head):
    (booking,) = book(station, room, head)
    with pytest.raises(FieldRequired):
        cancel_booking(number=booking.number, reason=" ", by=head, at=AT)
    cancel_booking(number=booking.number, reason="改期", by=head, at=AT)
    for step in (
        lambda: cancel_booking(number=booking.number, reason="改期", by=head, at=AT),
        lambda: note_use(number=booking.number, minutes=10, persons=1, by=head, at=LATER),
    ):
        with pytest.raises(BookingCancelled):
            step()
    with pytest.raises(NotFound):
        cancel_booking(number="booking-0", reason="改期", by=head, at=AT)


def test_a_room_without_use_for_two_months_stands_idle(station, room, head, place):
    since = idle_since(place.county, ON)
    assert since == ON - timedelta(days=60)
    assert stands_idle(use(head).get(), since)
    (booking,) = book(station, room, head)
    note_use(number=booking.number, minutes=90, persons=20, by=head, at=LATER)
    after = date(2026, 5, 3)
    assert not use(head, on=after, idle_since=idle_since(place.county, after)).exists()
    after += timedelta(days=1)
    assert use(head, on=after, idle_since=idle_since(place.county, after)).exists()
    add_room(station=station, draft=NewRoom(("meeting",), "新会议室", ON), by=head, at=AT)
    assert [row.name for row in use(head, idle_since=since)] == ["小组活动室"]
