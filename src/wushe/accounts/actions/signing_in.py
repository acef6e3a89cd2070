from datetime import datetime

from django.contrib.auth import authenticate

from wushe.accounts.actions.keeping import clear_kept_forms
from wushe.accounts.errors import SignInLocked, SignInWrong
from wushe.accounts.models import User
from wushe.kernel.tries import Guarded, Sender, clear_old_tries, count_try, forget_tries, take_back_try

TRIES_AT_NAME = 5
# an office shares one address
TRIES_FROM_ADDRESS = 20


def guarded_name(username: str) -> Guarded:
    """A user name, of somebody or of nobody, as tries at it are counted."""
    return Guarded("sign-in name", username.casefold(), TRIES_AT_NAME)


def check_sign_in(*, username: str, password: str, sender: Sender | None, at: datetime) -> User:
    """The person of a user name and a password. After several wrong ones the name waits, and so does the address, if it is known.

    Not to be called in a transaction: the count would be lost with the refusal.

    Refuses: SignInLocked, SignInWrong.
    Effects: the counts of tries; what was kept for people who did not come back in time goes.
    """
    place = sender.guarded("sign-in address", TRIES_FROM_ADDRESS) if sender else None
    if place is not None:
        _count(place, at)
    name = guarded_name(username)
    _count(name, at)
    user = authenticate(username=username, password=password)
    if not isinstance(user, User):
        raise SignInWrong
    forget_tries(name)
    if place is not None:
        take_back_try(place)
    clear_old_tries(at=at)
    clear_kept_forms(at=at)
    return user


def _count(guarded: Guarded, at: datetime) -> None:
    minutes = count_try(guarded, at=at)
    if minutes:
        raise SignInLocked(minutes=minutes)
