from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from wushe.accounts.models import BodyKind, Post, User
from wushe.kernel.errors import NotPermitted
from wushe.regions.models import Level, Region


@dataclass(frozen=True, slots=True)
class Role:
    """A role as data: its code, the permissions it gives, and the kind of body at which its posts sit; none: they sit at a region."""

    code: str
    permissions: frozenset[str]
    body_kind: BodyKind | None = None


_roles: dict[str, Role] = {}


def install_roles(roles: Mapping[str, Role]) -> None:
    """Make the role table known. Called once at start by `wushe.config`."""
    _roles.clear()
    _roles.update(roles)


def roles() -> Mapping[str, Role]:
    """All roles by code."""
    return dict(_roles)


def roles_with(permission: str) -> frozenset[str]:
    """The codes of the roles that give a permission."""
    return frozenset(code for code, role in _roles.items() if permission in role.permissions)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a person may use a permission: region subtrees, the highest first and equals by their codes, and bodies. Empty means nowhere."""

    regions: tuple[Region, ...] = field(default=())
    body_ids: frozenset[int] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.regions or self.body_ids)

    def covers(self, region: Region | None = None, *, body_id: int | None = None) -> bool:
        """Whether a region lies in one of the subtrees, or the body is one of the bodies."""
        if body_id is not None and body_id in self.body_ids:
            return True
        if region is None:
            return False
        ids = region.ancestor_ids
        return any(own.level == Level.NATION or own.pk in ids for own in self.regions)

    @property
    def first_place(self) -> Region:
        """Where a page that speaks of one place begins; of several places the others are asked for."""
        return self.regions[0]

    @property
    def only_place(self) -> Region | None:
        """What a form proposes: the place, or nothing where there are several to choose from."""
        return self.regions[0] if len(self.regions) == 1 else None

    @property
    def common_place(self) -> Region:
        """The smallest place that holds all places of the scope: where it has one, that one. Its policy is the one that they share."""
        first, *others = self.regions
        if not others:
            return first
        shared = set(first.ancestor_ids).intersection(*(other.ancestor_ids for other in others))
        around = Region.objects.filter(pk__in=shared) if shared else Region.objects.filter(level=Level.NATION)
        return around.order_by("-level")[0]

    def within(self, region: str = "region") -> Q:
        """The region subtrees as a filter for long lists: by the ids of the places, since the planner knows how many rows each
        place has, which no join would tell it. Above the counties those would be too many, and the subtrees are compared.
        """
        if any(own.level < Level.COUNTY for own in self.regions):
            return self.where(region)
        under = [Q(**{own.ancestor_column: own.pk}) for own in self.regions]
        if not under:
            return Q(pk__in=[])
        return Q(**{f"{region}__in": list(Region.objects.filter(reduce(or_, under)).order_by().values_list("pk", flat=True))})

    def where(self, region: str = "region", body: str = "") -> Q:
        """The scope as a filter. `region` and `body` name the relations of the filtered model; an empty scope matches nothing."""
        condition = Q(pk__in=[])
        if region:
            for own in self.regions:
                if own.level == Level.NATION:
                    # an empty Q would vanish beside another one in an "or"
                    return ~Q(pk__in=[])
                condition |= Q(**{f"{region}__{own.ancestor_column}": own.pk})
        if body and self.body_ids:
            condition |= Q(**{f"{body}__in": self.body_ids})
        return condition


def posts_of(user: Any, on: date) -> list[Post]:
    """The posts a person holds on the day, read once per request."""
    if not getattr(user, "pk", None):
        return []
    if user.known_posts is None:
        user.known_posts = list(Post.objects.filter(user=user).select_related("region", "body"))
    return [post for post in user.known_posts if post.since <= on and (post.until is None or on < post.until)]


def scope_of(user: Any, permission: str, on: date) -> Scope:
    """Where the person may use the permission on the day; of several places the one that they look at."""
    giving = roles_with(permission)
    mine = [post for post in posts_of(user, on) if post.role in giving]
    here = [post for post in mine if post.seat == user.looks_at]
    if here and len(here) < len(mine):
        mine, user.is_narrowed = here, True
    places = {post.region for post in mine if post.region is not None}
    return Scope(
        regions=tuple(sorted(places, key=lambda place: (place.level, place.code))),
        body_ids=frozenset(post.body_id for post in mine if post.body_id is not None),
    )


def has_permission(user: Any, permission: str, on: date) -> bool:
    """Whether the person may use the permission anywhere."""
    giving = roles_with(permission)
    return any(post.role in giving for post in posts_of(user, on))


def permissions_of(user: Any, on: date) -> frozenset[str]:
    """Everything the person may do somewhere."""
    return frozenset().union(*(_roles[post.role].permissions for post in posts_of(user, on) if post.role in _roles))


def holders(permission: str, on: date, *, region: Region | None = None, body_id: int | None = None) -> QuerySet[User]:
    """The people who may use a permission at a region (posts there or above) or at a body."""
    place = Q(pk__in=[])
    if region is not None:
        place |= Q(posts__region__in=region.ancestor_ids) | Q(posts__region__level=Level.NATION)
    if body_id is not None:
        place |= Q(posts__body_id=body_id)
    held = Q(posts__since__lte=on) & (Q(posts__until__isnull=True) | Q(posts__until__gt=on))
    return User.objects.filter(held & place, posts__role__in=roles_with(permission), is_active=True).distinct().order_by("username")


def require(by: Any, permission: str, on: date, *, region: Region | None = None, body_id: int | None = None) -> None:
    """Refuse anyone who may not use the permission at this region or body. Raises NotPermitted."""
    if not scope_of(by, permission, on).covers(region, body_id=body_id):
        raise NotPermitted(permission=str(permission))
