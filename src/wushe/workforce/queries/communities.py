"""How places are staffed: who answers for social work, how many posts their residents ask for, which teams work there.

How many posts a place should have, and whether it needs a leader, is what the targets of the policy say of it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Ceil, Coalesce, Greatest

from wushe.accounts.queries import Scope
from wushe.policies.queries import Policy, Target
from wushe.regions.models import Level, Pilot, Population, Region
from wushe.regions.queries import PlacesOn
from wushe.workforce.models import Certificate, Establishment, Posting
from wushe.workforce.queries.people import grid_rule, off_grid

LEADERS, PER_RESIDENT = "responsible_leaders", "social_work_posts_per_resident"
FULL_TIME, LARGE_FROM = "full_time_social_workers", "posts.large_community_from"
# the step by which a community gets its leader, and what the to-do is about
NAME_LEADER, LEADER = "name_leader", "leader"
PLAIN = ("social_work_posts", FULL_TIME)
PROFESSIONAL, LOCAL = "professional", "local"
ALARMS = ("no_leader", "short", "vacant", "grids")
# that one of the two teams is missing is worth a list and no alarm
PLACE_STATES = (*ALARMS, "unpaired")


@dataclass(frozen=True, slots=True)
class PlaceRules:
    """What the policy says of the staff of places."""

    posts: tuple[Target, ...]
    leaders: tuple[Target, ...]
    social_work: tuple[str, ...]
    teams: dict[str, str]
    large_from: int | None
    staff: tuple[str, ...]

    def post_rule(self, place: Any) -> Target | None:
        """The target that asks most of this place."""
        asked = [(self.asked(target, place.residents), target) for target in self.posts if target.applies_to(place, place.marks)]
        return max(asked, key=lambda pair: pair[0])[1] if asked else None

    def asked(self, target: Target, residents: int | None) -> Decimal:
        """Posts that a target asks of a place; a share of residents is rounded up, since posts are whole."""
        if target.measure == PER_RESIDENT:
            return (target.value * (residents or 0)).to_integral_value(ROUND_CEILING)
        return target.value + (1 if self.is_larger(target) and (residents or 0) >= (self.large_from or 0) else 0)

    def is_larger(self, target: Target) -> bool:
        """Whether the target asks large communities for one post more, and the policy says what is large."""
        return target.measure == FULL_TIME and self.large_from is not None

    def wants_leader(self, place: Region) -> Target | None:
        """The target that asks this place for a responsible leader."""
        return next((target for target in self.leaders if target.applies_to(place)), None)

    def in_team(self, team: str) -> list[str]:
        """The positions of a team."""
        return [position for position, own in self.teams.items() if own == team]


@dataclass(slots=True)
class Crew:
    """Who works at a place on the day. A team counts those with a certificate; `staff` are the people whom the policy marks as staff of
    communities, by the id of the worker, with whether they have one.
    """

    leaders: list[Posting] = field(default_factory=list)
    filled: list[Posting] = field(default_factory=list)
    teams: dict[str, list[Posting]] = field(default_factory=lambda: {PROFESSIONAL: [], LOCAL: []})
    off_grid: list[Posting] = field(default_factory=list)
    staff: dict[int, bool] = field(default_factory=dict)

    @property
    def licensed(self) -> int:
        """How many of those who fill posts of social work have a certificate."""
        return sum(posting.licensed for posting in self.filled)  # type: ignore[attr-defined]  # annotated by crews_of

    @property
    def licensed_staff(self) -> int:
        """How many of the staff have a certificate, each person once."""
        return sum(self.staff.values())

    @property
    def licensed_share(self) -> Decimal | None:
        """Of the staff; None without any."""
        return Decimal(self.licensed_staff) / len(self.staff) if self.staff else None


def place_rules(policy: Policy) -> PlaceRules:
    """What the policy says of posts, leaders, positions and teams."""
    targets, positions, large = policy.targets(), policy.codes("positions"), policy.value(LARGE_FROM)
    return PlaceRules(
        posts=tuple(target for target in targets if target.measure in {PER_RESIDENT, *PLAIN}),
        leaders=tuple(target for target in targets if target.measure == LEADERS),
        social_work=tuple(code.code for code in positions if code.extra.get("social_work")),
        teams={code.code: code.extra["team"] for code in positions if "team" in code.extra},
        large_from=int(large.value) if large else None,
        staff=tuple(code.code for code in positions if code.extra.get("community_staff")),
    )


def staffed_places(scope: Scope, level: Level, policy: Policy, state: str, on: date) -> QuerySet[Region, Any]:
    """The places of a level that counted on the day, as they stood that day, with the last count of `residents`, its `counted_in` and `counted_by`,
    the posts `required` and `set_up`, and how many people fill them (`filled`); `state` is one of PLACE_STATES.
    """
    rules, day = place_rules(policy), PlacesOn(on)
    count = Population.objects.filter(region=OuterRef("pk"), year__lte=on.year).order_by("-year")
    posts = Establishment.objects.held(on).filter(region=OuterRef("pk"), position__in=rules.social_work).order_by().values("region")
    filling = _here(on).filter(position__in=rules.social_work).order_by().values("region")
    places = Region.objects.existing(on).filter(day.counted(), day.under_any(scope.regions), level=level)
    rows = places.annotate(
        residents=Subquery(count.values("residents")[:1]),
        counted_in=Subquery(count.values("year")[:1]),
        counted_by=Subquery(count.values("source")[:1]),
        set_up=Coalesce(Subquery(posts.annotate(n=Sum("posts")).values("n")), 0),
        filled=Coalesce(Subquery(filling.annotate(n=Sum(Value(1))).values("n")), 0),
        marks=ArraySubquery(Pilot.objects.marked(on).filter(region=OuterRef("pk")).values("mark")),
    ).annotate(required=_required(rules, day))
    return rows.filter(_standings(rules, policy, on).get(state, Q())).select_related("town", "county")


def alarms_in(places: QuerySet[Region, Any], policy: Policy, on: date) -> dict[str, int]:
    """How many of the places stand in each of ALARMS; without a leader only where the policy wants one."""
    rules = place_rules(policy)
    standings = _standings(rules, policy, on)
    standings["no_leader"] &= _wanted(rules, PlacesOn(on))
    return {state: places.filter(standings[state]).count() for state in ALARMS}


def without_leader(place: Region, policy: Policy, on: date) -> QuerySet[Region, Any]:
    """The communities of a place in which the policy wants a responsible leader and nobody is one; where nobody was ever posted, nothing is known."""
    wanted = _wanted(place_rules(policy), PlacesOn(on))
    known = Exists(Posting.objects.filter(region=OuterRef("pk"), since__lte=on))
    rows = staffed_places(Scope(regions=(place,)), Level.COMMUNITY, policy, "no_leader", on)
    return rows.filter(wanted, known).order_by("code")


def crews_of(places: Iterable[Region], policy: Policy, on: date) -> dict[int, Crew]:
    """Who works at each of some places, with the days since when."""
    rules, grids = place_rules(policy), grid_rule(policy)
    crews: dict[int, Crew] = defaultdict(Crew)
    held = Certificate.objects.held(on).filter(worker=OuterRef("worker"))
    rows = Posting.objects.held(on).filter(region__in=[place.pk for place in places]).annotate(licensed=Exists(held))
    held_here: Iterable[Any] = rows.select_related("worker__region", "body").order_by("since", "pk")
    for posting in held_here:
        crew = crews[posting.region_id]
        if posting.is_leader:
            crew.leaders.append(posting)
        if posting.position in rules.social_work:
            crew.filled.append(posting)
        if posting.position in rules.staff:
            crew.staff[posting.worker_id] = posting.licensed
        team = rules.teams.get(posting.position)
        if team is not None and posting.licensed:
            crew.teams[team].append(posting)
        if not grids.allows(posting):
            crew.off_grid.append(posting)
    return crews


def under(scope: Scope) -> Q:
    """Places of the scope: regions themselves are filtered, not rows that stand at a region."""
    if any(own.level == Level.NATION for own in scope.regions):
        return Q()
    return reduce(or_, (Q(**{own.ancestor_column: own.pk}) for own in scope.regions), Q(pk__in=[]))


def _here(on: date) -> QuerySet[Posting]:
    """The postings held at a place of an outer query."""
    return Posting.objects.held(on).filter(region=OuterRef("pk"))


def _standings(rules: PlaceRules, policy: Policy, on: date) -> dict[str, Q]:
    """What each of PLACE_STATES means for a row."""
    here = _here(on)
    certified = Exists(Certificate.objects.held(on).filter(worker=OuterRef("worker")))
    teams = [Exists(here.filter(certified, position__in=rules.in_team(team))) for team in (PROFESSIONAL, LOCAL)]
    return {
        "no_leader": ~Q(Exists(here.filter(is_leader=True))),
        "short": Q(set_up__lt=F("required")),
        "vacant": Q(filled__lt=F("set_up")),
        "unpaired": ~(Q(teams[0]) & Q(teams[1])),
        "grids": Q(Exists(off_grid(grid_rule(policy), on).filter(region=OuterRef("pk")))),
    }


def _wanted(rules: PlaceRules, day: PlacesOn) -> Q:
    """Whether a target asks a row for a responsible leader."""
    return reduce(or_, (_meant(target, day) for target in rules.leaders), Q(pk__in=[]))


def _required(rules: PlaceRules, day: PlacesOn) -> Any:
    """The same as an expression: the most that a target asks, nothing where none speaks of the place or its residents are not known."""
    asked = [
        Case(When(_meant(target, day), then=_asked_of_row(target, rules)), default=None, output_field=IntegerField())
        for target in rules.posts
    ]
    if len(asked) > 1:
        return Greatest(*asked)
    return asked[0] if asked else Value(None, output_field=IntegerField())


def _asked_of_row(target: Target, rules: PlaceRules) -> Any:
    if rules.is_larger(target):
        more = When(residents__gte=rules.large_from, then=Value(int(target.value) + 1))
        return Case(more, default=Value(int(target.value)), output_field=IntegerField())
    if target.measure != PER_RESIDENT:
        return Value(int(target.value))
    share = ExpressionWrapper(F("residents") * Value(target.value), output_field=DecimalField(max_digits=20, decimal_places=6))
    return Ceil(share, output_field=IntegerField())


def _meant(target: Target, day: PlacesOn) -> Q:
    """Whether a target means a row, as Target.applies_to says of one place; pseudo-units are out already."""
    meant = Q(level__in=target.levels)
    if target.settlement:
        meant &= day.settled(target.settlement)
    if target.marked:
        meant &= Q(marks__contains=[target.marked])
    if target.only:
        meant &= Q(code__in=target.only)
    return meant & ~Q(code__in=target.spared) if target.spared else meant
