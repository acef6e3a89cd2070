"""Other places with policies of their own, each with a little data that answers its targets."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import cycle
from random import Random
from typing import Any

from django.conf import settings

from wushe.accounts.actions import appoint, create_user
from wushe.accounts.actions.users import NewUser
from wushe.accounts.models import User
from wushe.demo.cast import YEARS, Cast
from wushe.demo.data import SEED, load, uscc
from wushe.demo.opening import open_with_hours
from wushe.demo.workers import Staffing, seat_bodies
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import local_date
from wushe.ledger.actions import SourceDraft, open_source
from wushe.organisations.actions import NewBase, NewOrganisation, Profile, open_base, register_organisation
from wushe.organisations.models import Kind, PurposeClass
from wushe.regions.actions import end_pilot, name_pilot, record_population
from wushe.regions.models import Level, Region, Settlement
from wushe.stations.actions import (
    CheckDraft,
    FindingDraft,
    NewRoom,
    NewStation,
    RemedyDraft,
    StationProfile,
    add_room,
    inspect_station,
    plan_remedy,
    share_premises,
)
from wushe.stations.models import Station, StationKind
from wushe.stations.queries import standing_of
from wushe.workforce.actions import PostsDraft, record_title_exam, set_up_posts
from wushe.workforce.models import Worker

ASSOCIATION, AGENCY = "51", "52"
EXAM_AFTER = timedelta(days=200)
# every register numbers its people from here, so that no two have a certificate number in common
FIRST = {"xiamen": 4000, "shijiazhuang": 7000}


def tell_places(cast: Cast, at: datetime) -> None:
    """The province, the two cities."""
    plan = load("places")
    for row in plan["pilots"]:
        _pilot(cast, row, at)
    _hubei(cast, plan["hubei"], at)
    _xiamen(cast, plan["xiamen"], at)
    _shijiazhuang(cast, plan["shijiazhuang"], at)


def _pilot(cast: Cast, row: dict[str, Any], at: datetime) -> None:
    by = cast.users[row["by"]]
    region = _living(row["at"])
    pilot = name_pilot(region_id=region.pk, name=row["name"], document=row["document"], since=row["since"], by=by, at=at)
    if "until" in row:
        end_pilot(number=pilot.number, until=row["until"], reason=row["ending"], by=by, at=at)


def _hubei(cast: Cast, plan: dict[str, Any], at: datetime) -> None:
    by = cast.users["hubei"]
    county = _living(plan["county"])
    for town, opened in zip(_below(county, Level.TOWN), plan["stations"], strict=False):
        profile = StationProfile(name=f"{town.name}社会工作服务站", area_m2=Decimal(70))
        open_with_hours(NewStation(profile, town, opened), by=by, at=at)
    communities = _below(county, Level.COMMUNITY)
    firsts = [next(place for place in communities if place.settlement == sort) for sort in (Settlement.URBAN, Settlement.RURAL)]
    _organisations(plan["organisations"], firsts, by, at)
    officer, source = plan["officer"], plan["source"]
    finance = create_user(draft=NewUser(officer["username"], officer["name"], settings.DEMO_PASSWORD), by=SYSTEM, at=at - YEARS)
    province = _living(plan["province"])
    since = local_date(at - YEARS)
    appoint(user=finance, role="finance_officer", by=SYSTEM, at=at - YEARS, since=since, region=province, title=officer["title"])
    on = local_date(at)
    document = source["document"].replace("本年", str(on.year))
    draft = SourceDraft(source["kind"], source["name"], province, on.year, document, Decimal(source["amount"]), on)
    open_source(draft=draft, by=finance, at=at)


def _organisations(rows: list[dict[str, Any]], places: list[Region], by: User, at: datetime) -> None:
    for serial, (row, place) in enumerate(zip(rows, cycle(places), strict=False), start=1):
        _organisation(row, place, serial, by, at)


def _organisation(row: dict[str, Any], region: Region, serial: int, by: User, at: datetime) -> None:
    """One that meets the conditions to register, or one whose facts are known and do not."""
    founded, state = local_date(at - YEARS), row["state"]
    facts: dict[str, Any] = {"members": 12, "has_charter": True, "has_head": True, "premises": region.name, "funds": Decimal(0)}
    if row["fit"]:
        facts |= {"members": 66, "funds": Decimal(30_000), "staff": 2, "accountant_certificate": f"会{serial:06d}"}
    kind = Kind(row.get("kind", Kind.COMMUNITY_ORGANISATION))
    code = uscc(AGENCY if kind == Kind.AGENCY else ASSOCIATION, region.county_code, 700 + serial) if state == "registered" else ""
    profile = Profile(row["name"], region, PurposeClass.SERVICE, uscc=code, **facts)
    days = {"registered": "registered_on", "filed": "filed_on", "preparing": "preparing_on"}
    draft = NewOrganisation(profile, kind, founded, **{days[state]: founded})
    register_organisation(draft=draft, by=by, at=at)


def _xiamen(cast: Cast, plan: dict[str, Any], at: datetime) -> None:
    staffing = _staffing(cast, "xiamen", at)
    for district in plan["districts"]:
        scores = cycle(district["scores"])
        for order, community in enumerate(_below(_living(district["county"]), Level.COMMUNITY)[: district["communities"]]):
            leader = staffing.register(community, "community")
            if order % 4 == 0:
                staffing.certify(leader, "intermediate")
            else:
                _examine(staffing, leader, next(scores))
            staffing.place(leader, community, "community_head", is_leader=order % 6 != 5)
            worker = staffing.register(community, "community")
            if order % 3:
                staffing.certify(worker)
            else:
                _examine(staffing, worker, next(scores))
            # every third community has its certified worker in the post that was set up
            staffing.place(worker, community, "station_worker" if order % 3 == 1 else "community_worker")
            _platform(staffing, plan, community, order, at)


def _examine(staffing: Staffing, worker: Worker, score: int) -> None:
    held = staffing.since + EXAM_AFTER
    record_title_exam(worker=worker, held_on=held, score=Decimal(score), by=staffing.by, at=staffing.at + EXAM_AFTER)


def _platform(staffing: Staffing, plan: dict[str, Any], community: Region, order: int, at: datetime) -> None:
    """What some communities have of the five parts: a post, volunteers, a place."""
    by = staffing.by
    name = community.name.removesuffix("居委会")
    if order % 3:
        set_up_posts(draft=PostsDraft(community, "station_worker", 1, plan["posts"], staffing.since), by=by, at=at)
    if order % 2 == 0:
        profile = Profile(f"{name}{plan['team']}", community, PurposeClass.SERVICE, members=20 + order)
        register_organisation(draft=NewOrganisation(profile, plan["team_kind"], local_date(at - YEARS)), by=by, at=at)
    if order % 4 != 3:
        profile_of_room = StationProfile(name=f"{name}社会工作服务室", area_m2=Decimal(40 + order))
        open_with_hours(NewStation(profile_of_room, community, staffing.since), by=by, at=at)


def _shijiazhuang(cast: Cast, plan: dict[str, Any], at: datetime) -> None:
    by, county = cast.users["shijiazhuang"], _living(plan["county"])
    for street, row in zip(_below(county, Level.TOWN), plan["centres"], strict=False):
        centre = _centre(street, "综合服务中心", row["area"], by, at)
        share_premises(station=centre, functions=tuple(row["functions"]), housed_in=None, by=by, at=at)
    for row in plan["bases"]:
        draft = NewBase(
            row["name"],
            _living(row["at"]),
            local_date(at - YEARS),
            Decimal(row["area"]),
            row["seen"],
            places=row["places"],
            comprehensive=row.get("comprehensive", False),
        )
        open_base(draft=draft, by=by, at=at)
    _organisations(plan["organisations"], _below(county, Level.COMMUNITY)[:2], by, at)
    for order, town in enumerate(_below(county, Level.TOWN)):
        set_up_posts(draft=PostsDraft(town, "station_worker", 1 + order % 2, plan["posts"], local_date(at - YEARS)), by=by, at=at)
    villages, able = _below(_living(plan["rural"]), Level.COMMUNITY)[: plan["villages"]], plan["able"]
    for village in villages[: able["villages"]]:
        marked = {"name": able["name"], "mark": able["mark"], "document": able["document"]}
        name_pilot(region_id=village.pk, since=local_date(at - YEARS), by=by, at=at, **marked)
    for village in villages[::2]:
        set_up_posts(draft=PostsDraft(village, "station_worker", 1, plan["posts"], local_date(at - YEARS)), by=by, at=at)
    _communities(_staffing(cast, "shijiazhuang", at), plan, at)


def _communities(staffing: Staffing, plan: dict[str, Any], at: datetime) -> None:
    """A facility, a committee, grids, posts and a count of residents in each."""
    county = _living(plan["county"])
    urban = [place for place in _below(county, Level.COMMUNITY) if place.settlement == Settlement.URBAN]
    for order, community in enumerate(urban[: plan["communities"]]):
        if order % 5 != 4:
            centre = _centre(community, "综合服务站", 240 + 10 * order, staffing.by, at)
            for row in plan["rooms"][: 4 - order % 3]:
                room = NewRoom(tuple(row["kinds"]), row["name"], staffing.since)
                add_room(station=centre, draft=room, by=staffing.by, at=at)
            if order == 1:
                _short_of_space(centre, staffing.by, at)
        for position in ("community_head", "community_member"):
            member = staffing.register(community, "community")
            staffing.place(member, community, position)
            if staffing.random.random() < 0.55:
                staffing.certify(member)
        if order % 4 < 3:
            seat_bodies(staffing, community, over=order % 4 == 2)
        grids = tuple(staffing.plan["grids"][: 3 if order == 2 else 1 + order % 2])
        staffing.place(staffing.register(community, "grid"), community, "grid_worker", grids=grids)
        # each community worker looks after one or two grids; one of them has none
        own = tuple(staffing.plan["grids"][1 : 1 + (0 if order == 5 else 1 + order % 2)])
        staffing.place(staffing.register(community, "community"), community, "community_worker", grids=own)
        if order % 3 == 0:
            professional = staffing.register(community, "station")
            staffing.certify(professional, "intermediate")
            staffing.place(professional, community, "station_worker")
        set_up_posts(draft=PostsDraft(community, "station_worker", 1, plan["posts"], staffing.since), by=staffing.by, at=at)
        residents = 3200 + 450 * order
        year = local_date(at).year - 1
        record_population(region_id=community.pk, year=year, residents=residents, source=plan["counted"], by=staffing.by, at=at)


def _short_of_space(centre: Station, by: User, at: datetime) -> None:
    """A facility that an inspection finds too small, with the remedy that is planned for it."""
    on = local_date(at)
    findings = tuple(
        FindingDraft(item.code, value=centre.area_m2, evidence="现场丈量")
        if item.is_open_area
        else FindingDraft(item.code, met=bool(known), evidence="现场查看" if known else "")
        for item, known in ((standing.item, standing.known) for standing in standing_of(centre, on))
    )
    inspect_station(station=centre, draft=CheckDraft(on, findings), by=by, at=at)
    plan = RemedyDraft("area", "buy", "购买相邻商铺，用作社区服务用房", on + timedelta(days=180), Decimal(600_000))
    plan_remedy(station=centre, draft=plan, by=by, at=at)


def _staffing(cast: Cast, keeper: str, at: datetime) -> Staffing:
    return Staffing(cast, local_date(at), at - YEARS, Random(f"{SEED}{keeper}"), keeper=keeper, people=FIRST[keeper])  # noqa: S311 -- the same demonstration every time


def _centre(region: Region, name: str, area: int, by: User, at: datetime) -> Station:
    profile = StationProfile(name=f"{region.name.removesuffix('居委会')}{name}", area_m2=Decimal(area))
    return open_with_hours(NewStation(profile, region, local_date(at - YEARS), StationKind.SERVICE_CENTRE), by=by, at=at)


def _living(code: str) -> Region:
    return Region.objects.select_related("province", "city", "county").get(code=code, valid_until__isnull=True, is_artificial=False)


def _below(region: Region, level: Level) -> list[Region]:
    places = Region.objects.under(region).filter(valid_until__isnull=True, level=level).counted()
    return list(places.select_related("town", "county", "city", "province").order_by("code"))
