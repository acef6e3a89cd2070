from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model

from wushe.accounts.models import Body, Post, User
from wushe.kernel.rows import rows_of
from wushe.regions.models import Region

AnyModel = TypeVar("AnyModel", bound=Model)


def session_of(key: str, at: datetime) -> tuple[str, User | None] | None:
    """What a living session keeps, and its person with their posts. One plain statement: every request of the desk begins with it."""
    rows = rows_of(_session_statement(), [key, at])
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
