"""A list of stations from the desk of an office into the register and out again."""

import io
from datetime import date
from decimal import Decimal

import pytest

from tests.imports.factories import plain_table, proposed
from tests.stations.factories import AT, make_station
from wushe.accounts.models import Body
from wushe.imports.actions import apply_import, check_import, open_import, undo_import
from wushe.imports.errors import RegisterChanged, RowsUsed
from wushe.imports.models import Import
from wushe.imports.queries import remarks_of, rows_of
from wushe.kernel.errors import NotPermitted
from wushe.stations.actions import NewRoom, add_room
from wushe.stations.errors import RoomKindAssumed
from wushe.stations.models import Room, Station, StationKind, StationLevel

pytestmark = pytest.mark.django_db
HEADINGS = ("站点名称", "所属镇街", "建成时间", "类型", "办公面积（㎡）", "地址", "服务时间", "功能室")


def row(name: str = "石桥镇社工站", place: str = "石桥镇", opened: str = "2022年5月1日", **other: str) -> list[str]:
    return [name, place, opened, other.get("kind", ""), other.get("area", "86㎡"), "石桥路2号", "周一至周五", other.get("rooms", "")]


def checked(by, *lines: list[str]) -> Import:
    upload = io.BytesIO(plain_table([HEADINGS, *lines]))
    imported = open_import(register="stations", upload=upload, name="站点名册.csv", by=by, at=AT)
    check_import(number=imported.number, columns=proposed(imported), by=by, at=AT)
    imported.refresh_from_db()
    return imported


def applied(by, *lines: list[str]) -> Import:
    imported = checked(by, *lines)
    apply_import(number=imported.number, by=by, at=AT)
    return imported


def said(imported: Import) -> list[tuple[str, list[str]]]:
    return [(row.standing, [type(remark.error).__name__ for _label, remark in remarks_of(row)]) for row in rows_of(imported)]


def test_every_column_is_found_and_a_row_becomes_a_station_with_its_rooms(cast):
    rooms = "个案室（心理咨询室） 20㎡、办公室＋共享会议室（36.5平方米）；小组活动室45平米"
    imported = applied(cast.reviewer, row(rooms=rooms), row("东风社区综合服务站", "东风社区", kind="综合服务站", area=""))
    assert len(proposed(imported)) == len(HEADINGS)
    first, second = (
        Station.objects.filter(number__in=rows_of(imported).values("subject")).order_by("number").select_related("region", "body")
    )
    assert (first.name, first.body.name, first.region.name, first.level, first.kind) == (
        "石桥镇社工站",
        "石桥镇社工站",
        "石桥镇",
        StationLevel.TOWN,
        StationKind.SOCIAL_WORK,
    )
    assert (first.opened_on, first.area_m2, first.opening_hours) == (date(2022, 5, 1), Decimal(86), "周一至周五")
    assert [(room.name, room.kinds, room.area_m2, room.used_from) for room in Room.objects.filter(station=first).order_by("pk")] == [
        ("个案室(心理咨询室)", ["casework"], Decimal(20), date(2022, 5, 1)),
        ("办公室+共享会议室", ["meeting", "office"], Decimal("36.5"), date(2022, 5, 1)),
        ("小组活动室", ["group_work"], Decimal(45), date(2022, 5, 1)),
    ]
    assert (second.level, second.kind, second.area_m2) == (StationLevel.COMMUNITY, StationKind.SERVICE_CENTRE, None)


def test_rows_are_judged_one_by_one(cast):
    imported = checked(
        cast.reviewer,
        row(opened="2030.1.1"),
        row(kind="月球基地"),
        row(area="不详"),
        row(rooms="健身房 30㎡"),
        row(rooms="办公室、办公室"),
        row(rooms="办公室 0㎡"),
        row(place="月亮镇"),
        row("东风社区社工室", "东风社区"),
        row("东风社工室", "东风社区"),
        row("明德街道社工站", "明德街道"),
    )
    assert said(imported) == [
        ("bad", ["OpeningInFuture"]),
        ("bad", ["NotInList"]),
        ("bad", ["NotAnArea"]),
        ("doubted", ["RoomKindAssumed"]),
        ("bad", ["RoomNameTaken"]),
        ("bad", ["NotAnArea"]),
        ("bad", ["PlaceUnknown"]),
        ("good", []),
        ("bad", ["StandsTwice"]),
        ("twin", []),
    ]
    twin = rows_of(imported).last()
    assert (twin.twin["number"], twin.twin["why"], twin.twin["certain"]) == (cast.station.number, "same_place", True)


def test_a_room_whose_name_says_nothing_is_taken_as_another_one(cast):
    imported = applied(cast.reviewer, row(rooms="健身房 30㎡"))
    ((_label, remark),) = remarks_of(rows_of(imported).get())
    assert (type(remark.error), remark.error.name) == (RoomKindAssumed, "健身房")
    assert Room.objects.get().kinds == ["other"]


def test_what_nobody_used_is_taken_out_again(cast):
    imported = applied(cast.reviewer, row(rooms="办公室 20㎡"))
    undo_import(number=imported.number, by=cast.reviewer, at=AT)
    assert list(Station.objects.all()) == [cast.station]
    assert not Room.objects.exists()
    assert not Body.objects.filter(name="石桥镇社工站").exists()


def test_a_station_that_got_a_room_stays(cast):
    imported = applied(cast.reviewer, row())
    made = Station.objects.get(name="石桥镇社工站")
    add_room(station=made, draft=NewRoom(("office",), "新办公室", date(2026, 1, 5)), by=cast.reviewer, at=AT)
    with pytest.raises(RowsUsed) as refused:
        undo_import(number=imported.number, by=cast.reviewer, at=AT)
    assert refused.value.names == ("石桥镇社工站",)


def test_what_was_opened_since_the_check_stops_the_whole_import(cast):
    imported = checked(cast.reviewer, row(), row("东风社区社工室", "东风社区"))
    make_station(cast.reviewer, cast.county.communities[0])
    imported.refresh_from_db()
    with pytest.raises(RegisterChanged):
        apply_import(number=imported.number, by=cast.reviewer, at=AT)
    assert not Station.objects.filter(name="石桥镇社工站").exists()


def test_who_may_not_open_stations_brings_none(cast):
    with pytest.raises(NotPermitted):
        checked(cast.finance, row())
