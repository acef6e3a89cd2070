from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from wushe.accounts.actions.administering import locked_user, require_administrator, require_charge_of
from wushe.accounts.errors import UsernameTaken
from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.kernel import numbers
from wushe.kernel.clock import local_date


@dataclass(frozen=True, slots=True)
class NewUser:
    """What is known of a person who is to sign in. `password_given`: it was not they who chose the password."""

    username: str
    name: str
    password: str
    phone: str = ""
    password_given: bool = False


@transaction.atomic
def create_user(*, draft: NewUser, by: Actor, at: datetime) -> User:
    """Make an account; what it may do comes with `appoint`.

    Refuses: NotPermitted, UsernameTaken.
    Effects: a User; an audit entry.
    """
    on = local_date(at)
    require_administrator(by, on)
    number = numbers.draw("user", place="000000", on=on)
    user = User(
        number=number,
        username=draft.username,
        name=draft.name,
        phone=draft.phone,
        password_given=draft.password_given,
        created_at=at,
    )
    user.set_password(draft.password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise UsernameTaken(username=draft.username) from error
    record(by=by, at=at, verb="accounts.user_created", subject=("user", number), name=draft.name)
    return user


@transaction.atomic
def update_user(*, user: User, name: str, phone: str, by: Actor, at: datetime) -> User:
    """Correct a person's name and phone number. What they did before is told under the name they have now.

    Refuses: NotPermitted, PostsElsewhere.
    Effects: the User; an audit entry that names the changed columns, never the values.
    """
    row = locked_user(user)
    require_charge_of(row, by, local_date(at), own=True)
    changed = [column for column, value in (("name", name), ("phone", phone)) if getattr(row, column) != value]
    if changed:
        row.name, row.phone = name, phone
        row.save(update_fields=changed)
        record(by=by, at=at, verb="accounts.user_updated", subject=("user", row.number), name=name, data={"changed": changed})
    return row


@transaction.atomic
def disable_user(*, user: User, by: Actor, at: datetime) -> None:
    """Let a person sign in no more; open sessions end with the next request. Posts and to-dos stay as they are.

    Refuses: NotPermitted, OwnAccount, PostsElsewhere.
    Effects: the User is not active; an audit entry.
    """
    _set_active(user, active=False, verb="accounts.user_disabled", by=by, at=at)


@transaction.atomic
def enable_user(*, user: User, by: Actor, at: datetime) -> None:
    """Let a person sign in again.

    Refuses: NotPermitted, OwnAccount, PostsElsewhere.
    Effects: the User is active; an audit entry.
    """
    _set_active(user, active=True, verb="accounts.user_enabled", by=by, at=at)


@transaction.atomic
def set_language(*, user: User, language: str, at: datetime) -> None:
    """Keep the language in which a person reads the pages.

    Effects: the User's language; an audit entry.
    """
    user.language = language
    user.save(update_fields=["language"])
    record(by=user, at=at, verb="accounts.language_set", subject=("user", user.number), name=user.name, data={"language": language})


def _set_active(user: User, *, active: bool, verb: str, by: Actor, at: datetime) -> None:
    row = locked_user(user)
    require_charge_of(row, by, local_date(at))
    if row.is_active == active:
        return
    row.is_active = active
    row.save(update_fields=["is_active"])
    record(by=by, at=at, verb=verb, subject=("user", row.number), name=row.name)
