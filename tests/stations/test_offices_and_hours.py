from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q

from tests.cast import Cast, moment
from wushe.audit.models import Entry
from wushe.inbox.queries import waiting_on
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired, NotFound, NotPermitted
from wushe.stations.actions import (
    BookingDraft,
    Hours,
    NewRoom,
    OfficeDraft,
    add_room,
    book_room,
    extend_office,
    let_office,
    offer_office,
    set_hours,
    vacate_office,
    withdraw_extension,
    withdraw_office,
)
from wushe.stations.errors import (
    AreaNotPositive,
    ExtensionNotLast,
    ExtensionWithdrawn,
    HoursOutOfOrder,
    HoursOverlap,
    NoTenant,
    OfficeAgreedTooLong,
    OfficeAgreedTooShort,
    OfficeFree,
    OfficeNotLonger,
    OfficeOutOfTime,
    OfficeTaken,
    OfficeWithdrawn,
    OutsideHours,
)
from wushe.stations.models import Booking, OfficeExtension, OpeningTime
from wushe.stations.queries import benefit_of, hours_of, offices_in, offices_of
from wushe.stations.tasks import ask_about_offices

pytestmark = pytest.mark.django_db
AT, ON = moment(6, 1), date(2026, 6, 1)  # a Monday
OFFICE = OfficeDraft("二楼203室", Decimal(30), Decimal(1200), "已登记的社会工作服务机构均可申请", date(2026, 1, 1))


def offer(cast: Cast, by=None, **other: object):
    return offer_office(station=cast.station, draft=replace(OFFICE, **other), by=by or cast.head, at=AT)


def let(cast: Cast, office, tenant, *, since=date(2026, 3, 1), agreement="入驻协议1号", by=None):
    return let_office(number=office.number, organisation=tenant, agreement=agreement, since=since, by=by or cast.head, at=AT)


def states(cast: Cast, on: date = ON) -> list[str]:
    return [name for name in ("free", "taken", "withdrawn") if offices_in(Q(station=cast.station), name, on)]


def test_a_free_office_is_let_to_one_at_a_time_and_its_worth_is_counted(cast: Cast):
    office, first, second = offer(cast), cast.agencies[0], cast.agencies[1]
    assert states(cast) == ["free"]
    use = let(cast, office, first)
    assert states(cast) == ["taken"]
    assert [each.office for each in offices_of(first, ON)] == [office]
    assert benefit_of(use, ON) == Decimal("3629.59")
    with pytest.raises(OfficeTaken):
        let(cast, office, second, since=ON)
    with pytest.raises(OfficeTaken):
        withdraw_office(number=office.number, reason="改作他用", by=cast.head, at=AT)
    vacate_office(number=office.number, until=ON, reason="协议到期", by=cast.head, at=AT)
    with pytest.raises(OfficeFree):
        vacate_office(number=office.number, until=ON, reason="协议到期", by=cast.head, at=AT)
    let(cast, office, second, since=ON)
    vacate = {"until": ON, "reason": "撤出", "by": cast.head, "at": AT}
    with pytest.raises(OfficeOutOfTime):
        vacate_office(number=office.number, **vacate)
    other = offer(cast, name="201室")
    withdraw_office(number=other.number, reason="改作他用", by=cast.head, at=AT)
    with pytest.raises(OfficeWithdrawn):
        let(cast, other, first)
    assert states(cast) == ["taken", "withdrawn"]


def test_an_office_that_cannot_be_is_refused(cast: Cast):
    for change, refusal in (
        ({"name": " "}, FieldRequired),
        ({"terms": ""}, FieldRequired),
        ({"area_m2": Decimal(0)}, AreaNotPositive),
        ({"offered_on": ON + timedelta(days=1)}, OfficeOutOfTime),
        ({"by": cast.worker}, NotPermitted),
    ):
        with pytest.raises(refusal):
            offer(cast, **change)
    office = offer(cast)
    with pytest.raises(NoTenant):
        let(cast, office, cast.evaluator)
    with pytest.raises(FieldRequired):
        let(cast, office, cast.agencies[0], agreement=" ")
    with pytest.raises(OfficeOutOfTime):
        let(cast, office, cast.agencies[0], since=date(2025, 12, 31))
    with pytest.raises(NotPermitted):
        let(cast, office, cast.agencies[0], by=cast.other_head)
    with pytest.raises(NotFound):
        withdraw_office(number="office-0", reason="误", by=cast.head, at=AT)


def test_an_agreement_about_an_office_is_extended_and_its_history_kept(cast: Cast):
    office = offer(cast)

    def extend(until=date(2027, 12, 31), agreement="续签协议", by=cast.head):
        return extend_office(number=office.number, agreed_until=until, agreement=agreement, by=by, at=AT)

    with pytest.raises(OfficeFree):
        extend()
    use = let(cast, office, cast.agencies[0])
    for change, refusal in (
        ({"until": date(2026, 2, 1)}, OfficeAgreedTooShort),
        ({"until": date(9999, 12, 31)}, OfficeAgreedTooLong),
        ({"until": date(2031, 6, 2)}, OfficeAgreedTooLong),
        ({"agreement": " "}, FieldRequired),
        ({"by": cast.other_head}, NotPermitted),
    ):
        with pytest.raises(refusal):
            extend(**change)
    assert extend(date(2026, 12, 31)).agreed_until == date(2026, 12, 31)
    for day in (date(2026, 12, 31), date(2026, 6, 30)):
        with pytest.raises(OfficeNotLonger):
            extend(day)
    extend()
    use.refresh_from_db()
    kept = [(each.before, each.agreed_until, each.agreement) for each in use.extensions.order_by("pk")]
    assert kept == [(None, date(2026, 12, 31), "续签协议"), (date(2026, 12, 31), date(2027, 12, 31), "续签协议")]
    assert (use.agreed_until, use.since, use.until) == (date(2027, 12, 31), date(2026, 3, 1), None)
    last = Entry.objects.filter(verb="stations.extend_office").order_by("-pk")[0]
    assert (last.data["before"], last.data["agreed_until"]) == ("2026-12-31", "2027-12-31")


def test_an_extension_entered_by_mistake_is_withdrawn_and_the_agreement_ends_as_before(cast: Cast):
    office, other = offer(cast), offer(cast, name="201室")
    use = let(cast, office, cast.agencies[0])
    extend = {"number": office.number, "agreement": "续签协议", "by": cast.head, "at": AT}
    extend_office(agreed_until=date(2026, 12, 31), **extend)
    extend_office(agreed_until=date(2031, 6, 1), **extend)
    first, second = OfficeExtension.objects.order_by("pk")

    def withdraw(extension=second, reason="年份填错", by=cast.head, number=office.number):
        return withdraw_extension(number=number, extension_id=extension.pk, reason=reason, by=by, at=AT)

    for change, refusal in (
        ({"extension": first}, ExtensionNotLast),
        ({"reason": " "}, FieldRequired),
        ({"by": cast.other_head}, NotPermitted),
        ({"number": other.number}, NotFound),
    ):
        with pytest.raises(refusal):
            withdraw(**change)
    withdraw()
    use.refresh_from_db()
    second.refresh_from_db()
    assert (use.agreed_until, second.withdrawn_at, second.reason) == (date(2026, 12, 31), AT, "年份填错")
    last = Entry.objects.get(verb="stations.withdraw_extension")
    assert (last.data["agreed_until"], last.data["back_to"], last.data["reason"]) == ("2031-06-01", "2026-12-31", "年份填错")
    with pytest.raises(ExtensionWithdrawn):
        withdraw()
    withdraw(first)
    use.refresh_from_db()
    assert use.agreed_until is None
    extend_office(agreed_until=date(2027, 12, 31), **extend)
    vacate_office(number=office.number, until=ON, reason="撤出", by=cast.head, at=AT)
    with pytest.raises(OfficeFree):
        withdraw(OfficeExtension.objects.latest("pk"))
    with pytest.raises(IntegrityError, match="stations_office_extension_withdrawn_with_reason"), transaction.atomic():
        OfficeExtension.objects.filter(pk=second.pk).update(reason="")


def test_the_end_that_an_extension_set_is_asked_about_no_more_once_it_is_withdrawn(cast: Cast):
    office, later = offer(cast), moment(8, 15)
    given = {"number": office.number, "by": cast.head}
    let_office(organisation=cast.agencies[0], agreement="1号", since=ON, agreed_until=date(2026, 7, 31), at=AT, **given)
    extend_office(agreed_until=date(2026, 8, 31), agreement="2号", at=AT, **given)
    ask_about_offices(at=later)
    withdraw_extension(extension_id=OfficeExtension.objects.get().pk, reason="误录", at=later, **given)
    assert waiting_on("office", office.number) == []
    ask_about_offices(at=later)
    assert [local_date(todo.due_at) for todo in waiting_on("office", office.number)] == [date(2026, 7, 31)]


def test_an_agreement_is_let_for_no_longer_than_the_policy_says(cast: Cast):
    office = offer(cast)
    given = {"number": office.number, "organisation": cast.agencies[0], "agreement": "1号", "since": ON, "by": cast.head, "at": AT}
    with pytest.raises(OfficeAgreedTooLong) as refused:
        let_office(agreed_until=date(2031, 6, 2), **given)
    assert (refused.value.latest, refused.value.years) == (date(2031, 6, 1), 5)
    assert let_office(agreed_until=date(2031, 6, 1), **given).agreed_until == date(2031, 6, 1)


def book(cast: Cast, room, day: int, start: int, end: int, *, weeks: int = 1) -> list[Booking]:
    draft = BookingDraft("合唱队", "排练", moment(6, day, start), moment(6, day, end), weeks)
    return book_room(station=cast.station, room_id=room.pk, draft=draft, by=cast.head, at=AT)


def test_a_room_is_booked_within_the_hours_of_its_station_or_its_own(cast: Cast):
    room = add_room(station=cast.station, draft=NewRoom(("group_work",), "小组活动室", ON), by=cast.head, at=AT)
    book(cast, room, 6, 20, 22)  # nobody has set hours: any time
    work = tuple(Hours(day, time(9), time(17)) for day in range(1, 6))
    set_hours(station=cast.station, room_id=None, hours=work, by=cast.worker, at=AT)
    assert [each.weekday for each in hours_of(cast.station)] == [1, 2, 3, 4, 5]
    book(cast, room, 2, 9, 17)
    for day, start, end in ((3, 8, 10), (3, 16, 18), (7, 10, 12)):
        with pytest.raises(OutsideHours):
            book(cast, room, day, start, end)
    set_hours(station=cast.station, room_id=room.pk, hours=(Hours(7, time(14), time(20)),), by=cast.head, at=AT)
    book(cast, room, 7, 14, 20, weeks=2)
    with pytest.raises(OutsideHours):
        book(cast, room, 4, 10, 11)


def test_a_day_with_a_break_is_open_before_and_after_it(cast: Cast):
    room = add_room(station=cast.station, draft=NewRoom(("group_work",), "小组活动室", ON), by=cast.head, at=AT)
    afternoon, morning = Hours(2, time(14), time(17, 30)), Hours(2, time(8, 30), time(12))
    set_hours(station=cast.station, room_id=None, hours=(afternoon, morning, Hours(1, time(9), time(17))), by=cast.head, at=AT)
    assert [(each.weekday, each.opens) for each in hours_of(cast.station)] == [(1, time(9)), (2, time(8, 30)), (2, time(14))]
    assert Entry.objects.get(verb="stations.set_hours").data["hours"] == {"1": "09:00-17:00", "2": "08:30-12:00, 14:00-17:30"}
    book(cast, room, 2, 9, 12)
    book(cast, room, 2, 14, 17)
    for start, end in ((11, 13), (12, 14), (10, 15)):
        with pytest.raises(OutsideHours) as refused:
            book(cast, room, 9, start, end)
        assert refused.value.spans == ((time(8, 30), time(12)), (time(14), time(17, 30)))


def test_hours_that_cannot_be_are_refused(cast: Cast):
    morning = Hours(1, time(9), time(12))
    for hours, refusal in (
        ((Hours(1, time(17), time(9)),), HoursOutOfOrder),
        ((morning, Hours(1, time(11), time(17))), HoursOverlap),
        ((Hours(1, time(12), time(17)), morning), HoursOverlap),
    ):
        with pytest.raises(refusal):
            set_hours(station=cast.station, room_id=None, hours=hours, by=cast.head, at=AT)
    OpeningTime.objects.create(station=cast.station, weekday=1, opens=time(9), closes=time(12))
    with pytest.raises(IntegrityError, match="stations_open_once_at_a_time"), transaction.atomic():
        OpeningTime.objects.create(station=cast.station, weekday=1, opens=time(11, 59), closes=time(13))
    with pytest.raises(NotFound):
        set_hours(station=cast.station, room_id=0, hours=(), by=cast.head, at=AT)
    with pytest.raises(NotPermitted):
        set_hours(station=cast.station, room_id=None, hours=(), by=cast.other_head, at=AT)
