"""The register of stations as one that takes tables: a row is a station with its floor space and its rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from wushe.accounts.actions import NewBody, create_bodies
from wushe.accounts.models import Body, BodyKind, User
from wushe.accounts.queries import Scope
from wushe.imports.errors import NotInList, StandsTwice
from wushe.imports.queries import Places, referred_to, sending_places, stepped_on
from wushe.imports.rules import cells
from wushe.imports.rules.importable import Column, Draft, Importable, Likeness, Numbers, Twin
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.copying import copy_rows
from wushe.kernel.errors import NotPermitted
from wushe.kernel.rows import any_of
from wushe.policies.queries import Code, policy_for
from wushe.regions.models import Level, Region
from wushe.stations.actions.life import LEVELS
from wushe.stations.errors import NoStationHere, OpeningInFuture, RoomKindAssumed, RoomNameTaken
from wushe.stations.models import Room, Station, StationKind
from wushe.stations.permissions import Permission

OTHER = "other"
KIND_WORDS = {
    StationKind.SOCIAL_WORK: ("社工站", "社会工作服务站", "社会工作站", "社工室", "社会工作室", "社工总站", "station of social work"),
    StationKind.SERVICE_CENTRE: ("综合服务中心", "综合服务设施", "综合服务站", "服务中心", "党群服务中心", "service centre"),
}
KINDS = {word: kind for kind, words in KIND_WORDS.items() for word in (*words, str(kind))}

COLUMNS = (
    Column("name", _("Name of the station"), cells.text(120), required=True, also=("站点名称", "社工站名称", "名称", "机构名称")),
    Column(
        "region",
        _("Place"),
        cells.plain,
        required=True,
        help=_("The county, town or community whose station it is, by name or code."),
        also=("所在地区", "所属镇街", "所属社区", "所在社区", "所在镇街", "区划代码"),
    ),
    Column("opened_on", _("Opened on"), cells.day, required=True, also=("建站日期", "建成时间", "启用日期", "成立日期", "挂牌日期")),
    Column(
        "kind",
        _("What it is"),
        cells.word,
        help=_("Station of social work, or service centre or facility; empty for the first."),
        also=("类别", "站点类型", "类型"),
    ),
    Column("area_m2", _("Floor space"), cells.square_metres, also=("面积", "办公面积", "建筑面积", "场地面积", "使用面积")),
    Column("address", _("Address"), cells.text(200), also=("地址", "详细地址", "站点地址")),
    Column("opening_hours", _("Opening hours"), cells.text(200), also=("服务时间", "工作时间")),
    Column(
        "rooms",
        _("Rooms"),
        cells.parts,
        help=_("Each with its size, separated by 、 For example: 个案室 20平方米、小组活动室 45平方米"),
        also=("功能室", "功能用房", "功能室设置", "房间及面积"),
    ),
)


@dataclass(slots=True)
class Run:
    """What the rows of one import share. `rooms` are the words of the policy for what a room serves, longest first."""

    by: User
    on: date
    scope: Scope
    places: Places
    rooms: list[tuple[str, str]]
    codes: list[Code]
    sites: dict[tuple[int, str], int] = field(default_factory=dict)


def begin(by: User, at: datetime) -> Run:
    """The sender's places, and what the policy that they share calls rooms."""
    on = local_date(at)
    scope = sending_places(by, Permission.OPEN_STATION, on)
    codes = [code for code in policy_for(scope.common_place, on).codes("room_kinds") if not code.retired]
    words = {word.lower(): code.code for code in codes for name in (code.zh, code.en) for word in cells.bracketed(name)}
    return Run(by, on, scope, Places(scope), sorted(words.items(), key=lambda known: -len(known[0])), codes)


def check_rows(run: Run, drafts: Sequence[Draft]) -> None:
    """Everything that `open_station` and `add_room` would refuse, and the station that stands at the place already."""
    run.places.look_up(draft.values["region"] for draft in drafts if "region" in draft.values)
    seats = {draft.line: run.places.settle(draft) for draft in drafts}
    for draft in drafts:
        _check_station(run, draft, seats[draft.line])
        _check_rooms(run, draft)
    _find_twins(run, [(draft, seat) for draft in drafts if (seat := seats[draft.line]) is not None and not draft.is_bad])


def apply_rows(run: Run, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Stations with their bodies and rooms."""
    regions = Region.objects.in_bulk({row["region"] for row in rows})
    if not all(run.scope.covers(region) for region in regions.values()):
        raise NotPermitted(permission=Permission.OPEN_STATION)
    seats = [regions[row["region"]] for row in rows]
    bodies = create_bodies(drafts=[NewBody(row["name"], BodyKind.STATION, seat) for row, seat in zip(rows, seats, strict=True)], on=run.on)
    drawn = numbers.draw_each("station", places=[seat.county_code for seat in seats], on=run.on)
    columns = [{name: value for name, value in row.items() if name not in {"region", "rooms"}} for row in rows]
    made = [
        {**values, "number": number, "body_id": body, "region_id": seat.pk, "level": str(LEVELS[Level(seat.level)])}
        for values, number, body, seat in zip(columns, drawn, bodies, seats, strict=True)
    ]
    ids = copy_rows(Station, made)
    copy_rows(
        Room,
        [
            {**room, "station_id": station, "used_from": row["opened_on"]}
            for row, station in zip(rows, ids, strict=True)
            for room in row.get("rooms", ())
        ],
    )
    return drawn


def used_rows(entered: Numbers) -> list[str]:
    """The names of those with posts, checks, plans, or a step of their own since; or with a room that something refers to."""
    found = list(Station.objects.filter(any_of("number", entered)).order_by("number").values_list("pk", "body_id", "number", "name"))
    rooms = dict(Room.objects.filter(any_of("station", [pk for pk, *_rest in found])).values_list("pk", "station"))
    used = referred_to(Station, {pk for pk, *_rest in found}, but=(Room,)) | {rooms[pk] for pk in referred_to(Room, rooms.keys())}
    used_bodies = referred_to(Body, {body for _pk, body, *_rest in found}, but=(Station,))
    changed = stepped_on("station", entered)
    return [name for pk, body, number, name in found if pk in used or body in used_bodies or number in changed]


def undo_rows(entered: Numbers) -> None:
    """The stations with their rooms and bodies."""
    found = list(Station.objects.filter(any_of("number", entered)).values_list("pk", "body_id"))
    stations, bodies = [pk for pk, _body in found], [body for _pk, body in found]
    for gone in (
        Room.objects.filter(any_of("station", stations)),
        Station.objects.filter(any_of("pk", stations)),
        Body.objects.filter(any_of("pk", bodies)),
    ):
        gone._raw_delete(gone.db)  # noqa: SLF001 -- `delete` would ask every table again


STATIONS = Importable(
    key="stations",
    subject="station",
    title=_("Stations"),
    permission=Permission.OPEN_STATION,
    columns=COLUMNS,
    begin=begin,
    check_rows=check_rows,
    apply_rows=apply_rows,
    used_rows=used_rows,
    undo_rows=undo_rows,
)


def _check_station(run: Run, draft: Draft, seat: Region | None) -> None:
    given = draft.values.get("kind", str(StationKind.SOCIAL_WORK))
    kind = KINDS.get(given.lower())
    if kind is None:
        draft.refuse(NotInList(text=given, known=tuple(words[0] for words in KIND_WORDS.values())), "kind")
    draft.values["kind"] = kind
    if seat is not None and seat.level not in LEVELS:
        draft.refuse(NoStationHere(region=str(seat)), "region")
    opened = draft.values.get("opened_on")
    if opened is not None and opened > run.on:
        draft.refuse(OpeningInFuture(opened_on=opened), "opened_on")


def _check_rooms(run: Run, draft: Draft) -> None:
    """Each room with what it serves by its name; what no word of the policy fits is another room, where the policy has others."""
    rooms: list[dict[str, Any]] = []
    for name, area in draft.values.pop("rooms", ()):
        kinds = _kinds_in(run, name.lower())
        if not kinds and any(code.code == OTHER for code in run.codes):
            kinds = [OTHER]
            draft.doubt(RoomKindAssumed(name=name), "rooms")
        if not kinds:
            draft.refuse(NotInList(text=name, known=tuple(code.zh for code in run.codes)), "rooms")
        elif any(room["name"] == name for room in rooms):
            draft.refuse(RoomNameTaken(name=name), "rooms")
        rooms.append({"name": name, "area_m2": area, "kinds": kinds})
    if rooms:
        draft.values["rooms"] = rooms


def _kinds_in(run: Run, name: str) -> list[str]:
    """What the words of a name say that the room serves. A word that was found hides the shorter ones in it."""
    kinds = []
    for word, code in run.rooms:
        if word in name:
            name = name.replace(word, " ")
            kinds.append(code)
    return list(dict.fromkeys(kinds))


def _find_twins(run: Run, drafts: Sequence[tuple[Draft, Region]]) -> None:
    """One place has one station of a kind: what stands there on the day of opening or later, and earlier rows of the table."""
    standing = Station.objects.filter(region__in={seat.pk for _draft, seat in drafts}).order_by("opened_on")
    known = {(station.region_id, station.kind): station for station in standing}
    for draft, seat in drafts:
        site = seat.pk, str(draft.values["kind"])
        station = known.get(site)
        if site in run.sites:
            draft.refuse(StandsTwice(line=run.sites[site], text=str(seat)), "region")
        elif station is not None and (station.closed_on is None or station.closed_on > draft.values["opened_on"]):
            draft.twin = Twin(station.number, station.name, Likeness.SAME_PLACE, certain=True)
        run.sites.setdefault(site, draft.line)
