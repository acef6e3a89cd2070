from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from wushe.accounts.models import Body, BodyKind, Post, User
from wushe.accounts.queries.scope import Scope
from wushe.kernel.errors import NotFound
from wushe.regions.models import Region


@dataclass(frozen=True, slots=True)
class UserFilter:
    """What a list of people is narrowed to; empty means everybody. `active`: whether they may sign in."""

    text: str = ""
    role: str = ""
    region: Region | None = None
    active: bool | None = None


def people_in(scope: Scope, chosen: UserFilter, on: date) -> QuerySet[User]:
    """Whoever has or had a post in the scope, and whoever never had one; with the posts they hold today as `held`."""
    people = visible(scope)
    if chosen.text:
        people = people.filter(Q(name__contains=chosen.text) | Q(username__icontains=chosen.text) | Q(number=chosen.text))
    if chosen.active is not None:
        people = people.filter(is_active=chosen.active)
    if chosen.role or chosen.region is not None:
        posts = Post.objects.held(on).filter(_placed(scope))
        if chosen.role:
            posts = posts.filter(role=chosen.role)
        if chosen.region is not None:
            posts = posts.filter(_placed(Scope(regions=(chosen.region,))))
        people = people.filter(Exists(posts.filter(user=OuterRef("pk"))))
    held = Post.objects.held(on).select_related("region", "body").order_by("since", "pk")
    return people.prefetch_related(Prefetch("posts", held, to_attr="held"))


def visible(scope: Scope) -> QuerySet[User]:
    """The people that an administrator of the scope sees. Who has no post yet belongs to every administrator."""
    posts = Post.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(posts.filter(_placed(scope))) | ~Exists(posts))


def user_by_number(number: str, scope: Scope) -> User:
    """A person that an administrator of the scope sees. Raises NotFound."""
    user = visible(scope).filter(number=number).first()
    if user is None:
        raise NotFound(kind="user", number=number)
    return user


def places_elsewhere(user: User, scope: Scope, on: date) -> list[str]:
    """Where a person holds posts, now or later, that lie outside the scope."""
    posts = Post.objects.filter(Q(until__isnull=True) | Q(until__gt=on), user=user).select_related("region", "body__region")
    return [str(post.region or post.body) for post in posts if not scope.covers(post.place)]


def bodies_in(scope: Scope, kind: BodyKind) -> QuerySet[Body]:
    """The units of a kind in the scope, by name."""
    return Body.objects.filter(scope.where("region"), kind=kind).select_related("region").order_by("name")


def _placed(scope: Scope) -> Q:
    return scope.where("region") | scope.where("body__region")
