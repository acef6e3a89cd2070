import secrets
from datetime import datetime

from django.db import transaction

from wushe.accounts.actions.administering import locked_user, require_charge_of
from wushe.accounts.actions.signing_in import guarded_name
from wushe.accounts.errors import PasswordUnchanged, PasswordWrong, SignInLocked
from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.kernel.clock import local_date
from wushe.kernel.tries import count_try, forget_tries

# nothing that reads like something else on paper or over the phone
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 3, 4


def drawn_password() -> str:
    """A password to pass on: three groups of four."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


@transaction.atomic
def give_password(*, user: User, password: str, by: Actor, at: datetime) -> None:
    """Give a person who cannot sign in a new password; they choose their own when they use it.

    Refuses: NotPermitted, OwnAccount, PostsElsewhere.
    Effects: the User's password, which ends their sessions and any wait after wrong ones; an audit entry.
    """
    row = locked_user(user)
    require_charge_of(row, by, local_date(at))
    _set(row, password, given=True)
    record(by=by, at=at, verb="accounts.password_given", subject=("user", row.number), name=row.name)


def change_password(*, user: User, old: str, new: str, at: datetime) -> User:
    """Choose one's own password. Wrong ones count as those at sign-in do, and so this is not to be called in a transaction.

    Refuses: SignInLocked, PasswordWrong, PasswordUnchanged.
    Effects: the User's password, which ends their other sessions; an audit entry.
    """
    name = guarded_name(user.username)
    minutes = count_try(name, at=at)
    if minutes:
        raise SignInLocked(minutes=minutes)
    with transaction.atomic():
        row = locked_user(user)
        if not row.check_password(old):
            raise PasswordWrong
        if row.check_password(new):
            raise PasswordUnchanged
        _set(row, new, given=False)
        record(by=row, at=at, verb="accounts.password_changed", subject=("user", row.number), name=row.name)
    return row


def _set(user: User, password: str, *, given: bool) -> None:
    user.set_password(password)
    user.password_given = given
    user.save(update_fields=["password", "password_given"])
    forget_tries(guarded_name(user.username))
