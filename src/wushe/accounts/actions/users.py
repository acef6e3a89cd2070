from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from wushe.accounts.errors import UsernameTaken
from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.kernel import numbers
from wushe.kernel.clock import local_date


@dataclass(frozen=True, slots=True)
class NewUser:
    """What is known of a person who is to sign in."""

    username: str
    name: str
    password: str
    phone: str = ""


@transaction.atomic
def create_user(*, draft: NewUser, by: Actor, at: datetime) -> User:
    """Make an account; what it may do comes with `appoint`.

    Refuses: UsernameTaken.
    Effects: a User; an audit entry.
    """
    number = numbers.draw("user", place="000000", on=local_date(at))
    user = User(number=number, username=draft.username, name=draft.name, phone=draft.phone, created_at=at)
    user.set_password(draft.password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise UsernameTaken(username=draft.username) from error
    record(by=by, at=at, verb="accounts.user_created", subject=("user", number), name=draft.name)
    return user


@transaction.atomic
def set_language(*, user: User, language: str, at: datetime) -> None:
    """Keep the language in which a person reads the pages.

    Effects: the User's language; an audit entry.
    """
    user.language = language
    user.save(update_fields=["language"])
    record(by=user, at=at, verb="accounts.language_set", subject=("user", user.number), name=user.name, data={"language": language})
