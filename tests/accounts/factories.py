"""People with posts, for every test in which somebody acts."""

from datetime import UTC, date, datetime

from wushe.accounts.models import Body, Post, User
from wushe.regions.models import Region

BEFORE = date(2021, 1, 1)


def make_user(username: str = "li", *, name: str = "李明") -> User:
    return User.objects.create(
        number=f"user-000000-2021-{username}", username=username, name=name, created_at=datetime(2021, 1, 1, tzinfo=UTC)
    )


def make_holder(
    role: str,
    *,
    region: Region | None = None,
    body: Body | None = None,
    username: str = "",
    since: date = BEFORE,
    until: date | None = None,
) -> User:
    """A person with one post."""
    user = make_user(username or role)
    Post.objects.create(user=user, role=role, region=region, body=body, since=since, until=until)
    return user
