from datetime import date, datetime

from django.db import transaction

from wushe.accounts.actions.administering import locked_user, require_administrator
from wushe.accounts.errors import (
    OwnLastAdministration,
    PostAlreadyHeld,
    PostEndsTooEarly,
    PostIsOver,
    RolesConflict,
    UnknownRole,
    WrongKindOfPlace,
)
from wushe.accounts.models import Body, Post, User
from wushe.accounts.permissions import Permission
from wushe.accounts.queries import roles, roles_with
from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.kernel.clock import local_date
from wushe.regions.models import Region

KEPT_APART = frozenset({"system_admin", "auditor"})


@transaction.atomic
def appoint(
    *,
    user: User,
    role: str,
    by: Actor,
    at: datetime,
    since: date,
    region: Region | None = None,
    body: Body | None = None,
    title: str = "",
    until: date | None = None,
) -> Post:
    """Give a person a post at a region or a body.

    Refuses: UnknownRole, WrongKindOfPlace, NotPermitted, PostEndsTooEarly, PostAlreadyHeld, RolesConflict.
    Effects: a Post; an audit entry.
    """
    locked_user(user)
    post = Post(user=user, role=role, title=title, region=region, body=body, since=since, until=until)
    _check_place(post)
    require_administrator(by, local_date(at), place=post.place)
    if until is not None and until <= since:
        raise PostEndsTooEarly(earliest=since)
    _check_others(post)
    post.save(force_insert=True)
    user.known_posts = None
    record(by=by, at=at, verb="accounts.appointed", subject=("user", user.number), name=user.name, data=_said(post))
    return post


@transaction.atomic
def end_post(*, post: Post, by: Actor, at: datetime, until: date) -> None:
    """End a post on a day, the first day without it. A post that has not begun, or began today, is withdrawn by ending it on its first day.
    One with an end may end later: then it fits to the other posts of that time as a new one would.

    Refuses: NotPermitted, PostIsOver, PostEndsTooEarly, PostAlreadyHeld, RolesConflict, OwnLastAdministration.
    Effects: the Post's end; an audit entry.
    """
    on = local_date(at)
    user = locked_user(post.user)
    post.refresh_from_db(fields=["until"])
    require_administrator(by, on, place=post.place)
    if post.until is not None and post.until <= on:
        raise PostIsOver(until=post.until)
    earliest = max(post.since, on)
    if until < earliest:
        raise PostEndsTooEarly(earliest=earliest)
    if by.number == user.number and not _still_administers(post, until):
        raise OwnLastAdministration
    is_longer = post.until is not None and until > post.until
    post.until = until
    if is_longer:
        _check_others(post)
    post.save(update_fields=["until"])
    post.user.known_posts = None
    data = _said(post) | {"until": until.isoformat()}
    record(by=by, at=at, verb="accounts.post_ended", subject=("user", user.number), name=user.name, data=data)


def _check_place(post: Post) -> None:
    role = roles().get(post.role)
    if role is None:
        raise UnknownRole(role=post.role)
    fits = post.region is not None if role.body_kind is None else post.body is not None and post.body.kind == role.body_kind
    if not fits or (post.region is not None and post.body is not None):
        raise WrongKindOfPlace(role=post.role, body_kind=role.body_kind or "")


def _check_others(post: Post) -> None:
    others = Post.objects.filter(user=post.user).exclude(pk=post.pk)
    for held in others.overlapping(post.since, post.until).select_related("region", "body"):
        if held.role != post.role and {held.role, post.role} & KEPT_APART:
            raise RolesConflict(role=post.role, held=held.role)
        if (held.role, held.region_id, held.body_id) == (post.role, post.region_id, post.body_id):
            raise PostAlreadyHeld(role=post.role, place=str(post.region or post.body), since=held.since, until=held.until)


def _still_administers(post: Post, until: date) -> bool:
    giving = roles_with(Permission.MANAGE_USERS)
    others = Post.objects.filter(user=post.user, role__in=giving).exclude(pk=post.pk)
    return post.role not in giving or others.held(until).exists()


def _said(post: Post) -> dict[str, str]:
    place = post.region.code if post.region else (post.body.number if post.body else "")
    return {"role": post.role, "at": place, "since": post.since.isoformat()}
