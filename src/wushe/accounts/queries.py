from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, reduce
from operator import or_
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model, Q, QuerySet

from wushe.accounts.models import Body, Post, User
from wushe.kernel.errors import NotPermitted
from wushe.regions.models import Level, Region

AnyModel = TypeVar("AnyModel", bound=Model)


@dataclass(frozen=True, slots=True)
class Role:
    """A role as data: its code, whether posts sit at a region or at a body, and the permissions it gives."""

    code: str
    permissions: frozenset[str]
    at_body: bool = False


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
    """Where a person may use a permission: region subtrees and bodies. Empty means nowhere."""

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
                    return Q()
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
    """Where the person may use the permission on the day."""
    giving = roles_with(permission)
    mine = [post for post in posts_of(user, on) if post.role in giving]
    return Scope(
        regions=tuple(post.region for post in mine if post.region is not None),
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


def session_of(key: str, at: datetime) -> tuple[str, User | None] | None:
    """What a living session keeps, and its person with their posts. One plain statement: every request of the desk begins with it."""
    with connection.cursor() as cursor:
        cursor.execute(_session_statement(), [key, at])
        rows = cursor.fetchall()
    if not rows:
        return None
    user = _made(User, rows[0][1:])
    if user is not None:
        user.known_posts = [post for row in rows if (post := _post(row[1 + _width(User) :], user)) is not None]
    return rows[0][0], user


def _post(values: tuple[Any, ...], user: User) -> Post | None:
    post = _made(Post, values)
    if post is not None:
        post.user = user
        post.region = _made(Region, values[_width(Post) :])
        post.body = _made(Body, values[_width(Post) + _width(Region) :])
    return post


def _made(model: type[AnyModel], values: tuple[Any, ...]) -> AnyModel | None:
    names = [field.attname for field in _fields(model)]
    return model.from_db(connection.alias, names, values[: len(names)]) if values[0] is not None else None


def _width(model: type[Model]) -> int:
    return len(_fields(model))


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return list(model._meta.concrete_fields)  # noqa: SLF001 -- documented for use


@cache
def _session_statement() -> str:
    tables = {"accounts_user": User, "accounts_post": Post, "regions_region": Region, "accounts_body": Body}
    shown = ", ".join(f'{table}."{field.column}"' for table, model in tables.items() for field in _fields(model))
    return f"""
        SELECT session_data, {shown} FROM accounts_session
        LEFT JOIN accounts_user ON accounts_user.id = accounts_session.user_id
        LEFT JOIN accounts_post ON accounts_post.user_id = accounts_session.user_id
        LEFT JOIN regions_region ON regions_region.id = accounts_post.region_id
        LEFT JOIN accounts_body ON accounts_body.id = accounts_post.body_id
        WHERE session_key = %s AND expire_date > %s ORDER BY accounts_post.id"""  # noqa: S608 -- names of our own columns
