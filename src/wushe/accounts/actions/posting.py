from datetime import date, datetime

from django.db import transaction

from wushe.accounts.errors import RolesConflict, UnknownRole
from wushe.accounts.models import Body, Post, User
from wushe.accounts.queries import posts_of, roles
from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.regions.models import Region

KEPT_APART = frozenset({"system_admin", "security_admin", "auditor"})


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

    Refuses: UnknownRole, RolesConflict.
    Effects: a Post; an audit entry.
    """
    if role not in roles():
        raise UnknownRole(role=role)
    for held in posts_of(user, since):
        if held.role != role and (held.role in KEPT_APART or role in KEPT_APART):
            raise RolesConflict(role=role, held=held.role)
    post = Post.objects.create(user=user, role=role, title=title, region=region, body=body, since=since, until=until)
    user.known_posts = None
    place = region.code if region else (body.number if body else "")
    record(by=by, at=at, verb="accounts.appointed", subject=("user", user.number), name=user.name, data={"role": role, "at": place})
    return post


@transaction.atomic
def end_post(*, post: Post, by: Actor, at: datetime, until: date) -> None:
    """End a post on a day; the first day without it.

    Effects: the Post's end; an audit entry.
    """
    post.until = until
    post.save(update_fields=["until"])
    post.user.known_posts = None
    record(
        by=by,
        at=at,
        verb="accounts.post_ended",
        subject=("user", post.user.number),
        name=post.user.name,
        data={"role": post.role, "until": until.isoformat()},
    )
