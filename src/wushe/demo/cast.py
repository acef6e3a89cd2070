"""Who acts: users with posts, agencies, evaluators, stations, community organisations, funding sources."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

from django.conf import settings

from wushe.accounts.actions import appoint, create_body, create_user
from wushe.accounts.actions.users import NewUser
from wushe.accounts.models import Body, BodyKind, User
from wushe.demo.data import load, person, uscc
from wushe.demo.opening import open_with_hours
from wushe.kernel.actors import SYSTEM
from wushe.kernel.clock import POLICY_ZONE, local_date
from wushe.ledger.actions import Allotment, allot_to_body, open_source
from wushe.ledger.actions.funding import SourceDraft
from wushe.ledger.models import FundingSource
from wushe.organisations.actions import NewOrganisation, Profile, register_organisation
from wushe.organisations.models import Kind, Organisation, PurposeClass
from wushe.regions.models import Level, Region, Settlement
from wushe.stations.actions import NewStation, StationProfile
from wushe.stations.models import Station, StationLevel

AGENCY_KIND = "52"
YEARS = timedelta(days=730)
FUNDED_FOR = timedelta(days=425)
BUDGET_DAY = (1, 10)


@dataclass
class Cast:
    """Everyone and everything that the story needs, by the keys of the data files."""

    county: Region
    towns: list[Region]
    users: dict[str, User] = field(default_factory=dict)
    agencies: dict[str, Organisation] = field(default_factory=dict)
    managers: dict[str, User] = field(default_factory=dict)
    heads: dict[int | None, User] = field(default_factory=dict)
    workers: dict[int | None, User] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    office: Body | None = None
    sources: list[tuple[date, FundingSource]] = field(default_factory=list)

    def agency_of(self, user: User) -> Organisation:
        """The agency that a manager leads."""
        return next(self.agencies[key] for key, manager in self.managers.items() if manager.pk == user.pk)


def plant_cast(at: datetime, random: Random) -> Cast:
    """Make the cast, as of two years before `at`."""
    plan = load("bodies")
    county = Region.objects.get(code=plan["county"], level=Level.COUNTY)
    towns = list(Region.objects.filter(county=county, level=Level.TOWN, counts_for_coverage=True).order_by("code"))
    cast = Cast(county, towns)
    start = at - YEARS
    since = local_date(start)
    cast.office = create_body(name=plan["office"]["name"], kind=BodyKind.OFFICE, region=county, by=SYSTEM, at=start)
    for row in plan["evaluators"]:
        region = Region.objects.get(code=row["region"], valid_until__isnull=True)
        cast.bodies[row["key"]] = create_body(name=row["name"], kind=BodyKind.EVALUATOR, region=region, by=SYSTEM, at=start)
    for row in load("cast"):
        if "at" in row:
            _person(cast, row, since, start)
    reviewer = cast.users["xianzhan"]
    for serial, row in enumerate(plan["agencies"], start=1):
        _agency(cast, row, serial, reviewer, start)
    _federation(cast, load("growth")["federation"], start)
    for row in load("cast"):
        if "body" in row:
            _person(cast, row, since, start)
    _towns(cast, since, start, random)
    _stations(cast, reviewer, start, random)
    _organisations(cast, plan["organisations"], start, random)
    _sources(cast, plan["sources"], at)
    return cast


def _person(cast: Cast, row: dict[str, Any], since: date, at: datetime) -> None:
    user = create_user(draft=NewUser(row["username"], row["name"], settings.DEMO_PASSWORD), by=SYSTEM, at=at)
    cast.users[row["username"]] = user
    region = Region.objects.get(code=row["at"], valid_until__isnull=True) if "at" in row else None
    body = cast.agencies[row["body"]].body if row.get("body") in cast.agencies else cast.bodies.get(row.get("body", ""))
    appoint(user=user, role=row["role"], title=row["title"], by=SYSTEM, at=at, since=since, region=region, body=body)
    if row.get("body") in cast.agencies:
        cast.managers[row["body"]] = user
    if row["role"] == "town_station_head" and region is not None:
        cast.heads[region.pk] = user
    if row["role"] == "social_worker" and region is not None:
        cast.workers[region.pk] = user


def _agency(cast: Cast, row: dict[str, Any], serial: int, by: User, at: datetime) -> None:
    on = local_date(at)
    profile = Profile(
        name=row["name"],
        region=Region.objects.get(code=row["region"], valid_until__isnull=True),
        purpose_class=PurposeClass.SERVICE,
        uscc=uscc(AGENCY_KIND, cast.county.code[:6], serial),
        professionals=row["professionals"],
        professionals_as_of=on,
        professionals_evidence="持证人员名册",
    )
    draft = NewOrganisation(profile=profile, kind=Kind.AGENCY, founded_on=on, registered_on=on)
    cast.agencies[row["key"]] = register_organisation(draft=draft, by=by, at=at)
    if "manager" in row:
        manager = create_user(draft=NewUser(row["key"], row["manager"], settings.DEMO_PASSWORD), by=SYSTEM, at=at)
        appoint(user=manager, role="agency_manager", by=SYSTEM, at=at, since=on, body=cast.agencies[row["key"]].body)
        cast.users[row["key"]] = cast.managers[row["key"]] = manager


def _federation(cast: Cast, row: dict[str, Any], at: datetime) -> None:
    region = Region.objects.get(code=row["region"], valid_until__isnull=True)
    profile = Profile(name=row["name"], region=region, purpose_class=PurposeClass.PUBLIC_BENEFIT)
    draft = NewOrganisation(profile=profile, kind=Kind.FEDERATION, founded_on=local_date(at), filed_on=local_date(at))
    cast.bodies[row["key"]] = register_organisation(draft=draft, by=cast.heads[region.pk], at=at).body


def _towns(cast: Cast, since: date, at: datetime, random: Random) -> None:
    for town in cast.towns:
        for role, table, word in (("town_station_head", cast.heads, "zz"), ("social_worker", cast.workers, "sg")):
            if town.pk not in table:
                user = create_user(draft=NewUser(f"{word}{town.code[6:9]}", person(random), settings.DEMO_PASSWORD), by=SYSTEM, at=at)
                appoint(user=user, role=role, by=SYSTEM, at=at, since=since, region=town)
                table[town.pk] = user


def _stations(cast: Cast, by: User, at: datetime, random: Random) -> None:
    places = [(cast.county, f"{cast.county.name}社会工作服务总站", Decimal(126))]
    places += [(town, f"{town.name}社会工作服务站", Decimal(random.choice([48, 60, 66, 72, 85, 90]))) for town in cast.towns]
    for region, name, area in places:
        profile = StationProfile(name=name, area_m2=area)
        open_with_hours(NewStation(profile=profile, region=region, opened_on=local_date(at)), by=by, at=at)
    communities = Region.objects.filter(county=cast.county, level=Level.COMMUNITY, town__in=cast.towns).select_related("town")
    for community in communities:
        if random.random() < 0.6:
            area = Decimal(random.choice([18, 24, 28, 30, 32, 36, 40, 45]))
            profile = StationProfile(name=f"{community.name}社工室", area_m2=area)
            open_with_hours(NewStation(profile=profile, region=community, opened_on=local_date(at)), by=by, at=at)


def _organisations(cast: Cast, patterns: list[dict[str, str]], at: datetime, random: Random) -> None:
    on, serials = local_date(at), count()
    for community in Region.objects.filter(county=cast.county, level=Level.COMMUNITY, town__in=cast.towns).select_related("town"):
        urban = community.settlement == Settlement.URBAN
        wanted = random.randint(9, 16) if urban else random.randint(2, 7)
        place = community.name.removesuffix("居委会").removesuffix("村委会").removesuffix("社区")
        for order, row in enumerate(random.sample(patterns, wanted)):
            profile = Profile(
                name=row["pattern"].format(place=place),
                region=community,
                purpose_class=PurposeClass(row["purpose"]),
                purpose_evidence="" if order % 3 == 2 else "章程（演示数据）",
            )
            profile = replace(profile, **_facts(next(serials), community))
            draft = NewOrganisation(profile=profile, kind=row.get("kind", Kind.COMMUNITY_ORGANISATION), founded_on=on, filed_on=on)
            register_organisation(draft=draft, by=cast.heads[community.town_id], at=at)


def _facts(serial: int, community: Region) -> dict[str, Any]:
    """What is on record of an organisation; of every seventh nothing is."""
    if serial % 7 == 0:
        return {}
    numbers = {"members": 8 + serial * 5 % 35, "staff": 0, "funds": Decimal(serial % 5 * 400)}
    return numbers | {"has_charter": True, "has_head": True, "premises": f"{community.name}活动室"}


def _sources(cast: Cast, rows: list[dict[str, str]], at: datetime) -> None:
    finance = cast.users["caiwu"]
    first = at - FUNDED_FOR
    for year in range(local_date(first).year, local_date(at).year + 1):
        opened = max(first, datetime.combine(date(year, *BUDGET_DAY), time(9), POLICY_ZONE))
        if opened > at:
            continue
        on = local_date(opened)
        for row in rows:
            draft = SourceDraft(
                kind=row["kind"],
                name=f"{year}年{row['name']}",
                region=cast.county,
                year=year,
                document_no=row["document"].replace("本年", str(year)),
                amount=Decimal(row["amount"]),
                occurred_on=on,
            )
            cast.sources.append((on, open_source(draft=draft, by=finance, at=opened)))
        _allotments(cast, cast.sources[-len(rows)][1], finance, opened)


def _allotments(cast: Cast, source: FundingSource, by: User, at: datetime) -> None:
    """The county keeps its station, those of the towns, and the rooms of urban communities; one town gets less than planned."""
    stations = Station.objects.filter(region__county=cast.county).select_related("body", "region").order_by("region__code")
    planned = {StationLevel.COUNTY: 60_000, StationLevel.TOWN: 20_000, StationLevel.COMMUNITY: 10_000}
    for order, station in enumerate(stations):
        if station.level == StationLevel.COMMUNITY and station.region.settlement != Settlement.URBAN:
            continue
        amount = Decimal(planned[StationLevel(station.level)] - (5_000 if station.region_id == cast.towns[-1].pk else 0))
        voucher = f"拨{source.year}-{order + 1:03d}"
        draft = Allotment(
            source=source.number, body=station.body, amount=amount, voucher_no=voucher, occurred_on=local_date(at), memo="站点运转经费"
        )
        allot_to_body(draft=draft, by=by, at=at)
