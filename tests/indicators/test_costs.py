from datetime import date
from decimal import Decimal

from tests import stories
from tests.cast import Cast, moment
from tests.indicators.test_money import allot
from wushe.indicators.queries import level_costs, projects_at, with_costs
from wushe.services.actions import PersonDraft
from wushe.stations.actions import BookingDraft, NewRoom, add_room, book_room, note_use
from wushe.stations.models import Station

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def test_running_money_stands_beside_the_people_served(cast: Cast):
    project = stories.delivering(cast)
    for _ in range(2):
        stories.held(cast, project, persons=(PersonDraft("王秀英", stories.PHONE),), counted=5, contributions=())
    room = add_room(station=cast.station, draft=NewRoom(("group_work",), "小组活动室", FIRST), by=cast.head, at=moment(3, 2))
    draft = BookingDraft("合唱队", "排练", moment(4, 1, 9), moment(4, 1, 11))
    (booking,) = book_room(station=cast.station, room_id=room.pk, draft=draft, by=cast.head, at=moment(3, 20))
    note_use(number=booking.number, minutes=90, persons=8, by=cast.head, at=moment(4, 2))
    rows = with_costs(Station.objects.filter(pk=cast.station.pk), FIRST, LAST)
    assert (rows.get().given, rows.get().per_time) == (None, None)
    allot(cast, 10_000)
    row = rows.get()
    assert (row.at_projects, row.in_rooms, row.times, row.persons) == (12, 8, 20, 1)
    assert (row.given, row.per_time) == (Decimal(10_000), Decimal(500))
    (level,) = level_costs(rows, FIRST, LAST)
    assert (level.stations, level.given, level.times, level.persons, level.per_time) == (1, Decimal(10_000), 20, 1, Decimal(500))
    assert [(each["records"], each["times"]) for each in projects_at(cast.station, FIRST, LAST)] == [(2, 12)]
    before = with_costs(Station.objects.filter(pk=cast.station.pk), date(2025, 1, 1), date(2025, 12, 31)).get()
    assert (before.given, before.times, before.per_time) == (None, 0, None)
