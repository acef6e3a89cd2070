"""Who works at stations, in communities and with agencies: with certificates, vacancies, and what somebody has to look after."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from wushe.accounts.models import Body, User
from wushe.demo.cast import YEARS, Cast
from wushe.demo.data import SEED, load, person, phone
from wushe.kernel.clock import local_date
from wushe.kernel.identifiers import IDENTITY_CHECKS, IDENTITY_WEIGHTS
from wushe.regions.models import Level, Region, Settlement
from wushe.stations.models import Station, StationLevel
from wushe.workforce.actions import (
    CertificateDraft,
    PostingDraft,
    PostsDraft,
    TermDraft,
    WorkerDraft,
    end_posting,
    place_worker,
    record_certificate,
    record_term,
    register_worker,
    release_worker,
    set_up_posts,
)
from wushe.workforce.models import Posting, Worker

NOWHERE = "990000"
SOON, VACANT = timedelta(days=40), timedelta(days=130)


@dataclass
class Staffing:
    """The people so far. Everything is entered by the county as of two years ago."""

    cast: Cast
    today: date
    at: datetime
    random: Random
    keeper: str = "xianzhan"
    plan: dict[str, Any] = field(default_factory=lambda: load("workers"))
    people: int = 0

    @property
    def by(self) -> User:
        """Who keeps the register."""
        return self.cast.users[self.keeper]

    @property
    def since(self) -> date:
        """The first day of everybody."""
        return local_date(self.at)

    def register(self, region: Region, kind: str, user: User | None = None) -> Worker:
        """One more person, with an account or without."""
        self.people += 1
        draft = WorkerDraft(
            name=user.name if user else person(self.random),
            identity=identity(self.people, self.random),
            kind=self.plan["kinds"][kind],
            region=region,
            joined_on=self.since,
            phone=phone(self.random),
            education=self.random.choice(["college", "college", "bachelor", "bachelor", "master"]),
            username=user.username if user else "",
        )
        return register_worker(draft=draft, by=self.by, at=self.at)

    def certify(self, worker: Worker, level: str = "assistant", *, ends: date | None = None) -> None:
        """A certificate whose registration holds for some time yet."""
        draft = CertificateDraft(
            level=level,
            certificate=f"{self.since.year - 1}61{self.people:07d}",
            issued_on=self.since - timedelta(days=400),
            registered_on=self.since - timedelta(days=200),
            valid_until=ends or self.today + timedelta(days=self.random.randint(150, 500)),
        )
        record_certificate(worker=worker, draft=draft, by=self.by, at=self.at)

    def place(self, worker: Worker, region: Region, position: str, body: Body | None = None, **other: Any) -> Posting:
        """A post since the beginning."""
        mode = self.random.choice(["recruited", "recruited", "competed", "transferred"])
        draft = PostingDraft(region=region, position=position, mode=mode, since=self.since, body=body, **other)
        return place_worker(worker=worker, draft=draft, by=self.by, at=self.at)

    def let_go(self, worker: Worker, posting: Posting) -> None:
        """Somebody leaves, and the post stands empty since."""
        gone, at = self.today - VACANT, self.at + YEARS - VACANT
        end_posting(posting=posting, until=gone, reason=self.plan["leaving"], by=self.by, at=at)
        release_worker(worker=worker, left_on=gone, reason=self.plan["leaving"], by=self.by, at=at)

    def set_up(self, station: Station, position: str, posts: int) -> None:
        """Posts of a station."""
        draft = PostsDraft(station.region, position, posts, self.plan["documents"]["stations"], self.since, station.body)
        set_up_posts(draft=draft, by=self.by, at=self.at)


def staff(cast: Cast, at: datetime) -> None:
    """Fill the register: stations with posts by document and one vacancy, communities with leaders and grids, agencies, and one person without a post."""
    staffing = Staffing(cast, local_date(at), at - YEARS, Random(SEED))  # noqa: S311 -- the same demonstration every time
    stations = Station.objects.exclude(level=StationLevel.COMMUNITY).select_related("region__town", "region__county", "body")
    for order, station in enumerate(stations.order_by("region__level", "region__code")):
        _staff_station(staffing, station, order)
    _staff_communities(staffing)
    # agencies send their people to communities while there are any
    homes = iter(
        Region.objects.filter(county=cast.county, level=Level.COMMUNITY, settlement=Settlement.URBAN)
        .select_related("county")
        .order_by("code")
    )
    for agency in cast.agencies.values():
        for _one in range(agency.professionals or 0):
            worker = staffing.register(agency.region, "station")
            staffing.certify(worker, staffing.random.choice(["assistant", "intermediate"]))
            home = next(homes, agency.region)
            staffing.place(worker, home, "project_worker", agency.body)
    staffing.certify(staffing.register(cast.towns[-1], "community"))
    home = Region.objects.select_related("county").get(pk=cast.users["binhe"].posts.values_list("region", flat=True)[0])
    for position in ("community_head", "party_member", "community_member"):
        staffing.place(staffing.register(home, "community"), home, position)
    seat_bodies(staffing, home)


def seat_bodies(staffing: Staffing, community: Region, *, over: bool = False) -> None:
    """The terms of the branch and the committee of a community; of some the last one is over, and nobody entered the next."""
    rows = [staffing.plan["over"]] if over else staffing.plan["terms"]
    for row in rows:
        since, until = (date(staffing.today.year + years, 1, 1) for years in (-row["before"], row["after"]))
        draft = TermDraft(community, row["body"], row["name"], since, until, row["document"])
        record_term(draft=draft, by=staffing.by, at=staffing.at + YEARS)


def _staff_station(staffing: Staffing, station: Station, order: int) -> None:
    """Its head and its social workers, some of them with accounts; somebody of the second one left, and one certificate ends soon."""
    cast, plan = staffing.cast, staffing.plan
    is_county = station.level == StationLevel.COUNTY
    posts = plan["county_posts"] if is_county else plan["station_posts"]
    if not is_county:
        staffing.set_up(station, "station_head", 1)
    staffing.set_up(station, "station_worker", posts)
    users = [cast.users["xianzhan"]] if is_county else [cast.heads[station.region_id], cast.workers[station.region_id]]
    heads = 0 if is_county else 1
    for seat in range(heads + posts):
        user = users[seat] if seat < len(users) else None
        worker = staffing.register(station.region, "station", user)
        level = plan["linked"].get(user.username if user else "", "assistant")
        if user is None or user.username in plan["linked"] or staffing.random.random() < 0.5:
            staffing.certify(worker, level, ends=staffing.today + SOON if order == 2 and user is None else None)
        posting = staffing.place(worker, station.region, "station_head" if seat < heads else "station_worker", station.body)
        if order == 1 and user is None:
            staffing.let_go(worker, posting)


def _staff_communities(staffing: Staffing) -> None:
    """In every second urban community somebody responsible and somebody with grids; the first has one too many."""
    urban = Region.objects.filter(
        county=staffing.cast.county, level=Level.COMMUNITY, town__in=staffing.cast.towns, settlement=Settlement.URBAN
    )
    linked = staffing.cast.users["binhe"]
    home = next(iter(linked.posts.values_list("region", flat=True)), None)
    for order, community in enumerate(urban.select_related("town", "county").order_by("code")):
        if order % 2 and community.pk != home:
            continue
        leader = staffing.register(community, "community", linked if community.pk == home else None)
        if staffing.random.random() < 0.6 or community.pk == home:
            staffing.certify(leader)
        staffing.place(leader, community, "community_worker", is_leader=True)
        grids = tuple(staffing.plan["grids"][: 3 if order == 0 else staffing.random.randint(1, 2)])
        staffing.place(staffing.register(community, "grid"), community, "grid_worker", grids=grids)


def identity(order: int, random: Random) -> str:
    """The number of an identity card with a right last character, of a county that does not exist."""
    born = date(1970, 1, 1) + timedelta(days=random.randrange(30 * 365))
    base = f"{NOWHERE}{born:%Y%m%d}{order % 1000:03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(base, IDENTITY_WEIGHTS, strict=True)) % len(IDENTITY_CHECKS)
    return base + IDENTITY_CHECKS[rest]
