"""What every act of an administrator asks first. The installation itself, at its command line, administers everything."""

from datetime import date

from wushe.accounts.errors import OwnAccount, PostsElsewhere
from wushe.accounts.models import User
from wushe.accounts.permissions import Permission
from wushe.accounts.queries import has_permission, places_elsewhere, require, scope_of
from wushe.audit.actions.recording import Actor
from wushe.kernel.actors import SYSTEM
from wushe.kernel.errors import NotPermitted
from wushe.regions.models import Region


def require_administrator(by: Actor, on: date, *, place: Region | None = None) -> None:
    """Refuse whoever does not administer the place, or any place if none is given. Raises NotPermitted."""
    if by is SYSTEM:
        return
    if place is not None:
        require(by, Permission.MANAGE_USERS, on, region=place)
    elif not has_permission(by, Permission.MANAGE_USERS, on):
        raise NotPermitted(permission=Permission.MANAGE_USERS)


def require_charge_of(user: User, by: Actor, on: date, *, own: bool = False) -> None:
    """Refuse whoever does not administer every place where the person holds a post, and, except for `own` acts, the person themselves.

    Otherwise the administrator of one county could take over the account of somebody who decides elsewhere.
    Raises NotPermitted, OwnAccount, PostsElsewhere.
    """
    require_administrator(by, on)
    if by is SYSTEM:
        return
    if by.number == user.number:
        if own:
            return
        raise OwnAccount
    elsewhere = places_elsewhere(user, scope_of(by, Permission.MANAGE_USERS, on), on)
    if elsewhere:
        raise PostsElsewhere(places=tuple(elsewhere))


def locked_user(user: User) -> User:
    """The row, held until the transaction ends."""
    return User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
