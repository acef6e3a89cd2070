"""For whom a form was made: a hidden field, signed, so that nobody can have anything kept in another person's name."""

from typing import Any

from django.core.signing import BadSignature, Signer

from wushe.accounts.models import User

OWNER = "made_for"
_signer = Signer(salt="made for")


def owner_mark(user: Any) -> str:
    """What the form carries; nothing on a page for everybody."""
    return _signer.sign(str(user.pk)) if isinstance(user, User) else ""


def owner_of(mark: str) -> User | None:
    """The person, if the mark is ours and they may still sign in."""
    try:
        return User.objects.filter(pk=_signer.unsign(mark), is_active=True).first()
    except BadSignature:
        return None
