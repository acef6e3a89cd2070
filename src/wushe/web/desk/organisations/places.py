"""The place that a page of the register speaks of."""

from typing import Any

from wushe.accounts.queries import scope_of
from wushe.kernel.errors import NotFound, NotPermitted
from wushe.organisations.permissions import Permission
from wushe.regions.models import Region
from wushe.regions.queries import region_by_code


def place_of(request: Any, code: str = "") -> Region:
    """The place with the code, or where the person works. Raises NotFound for places that are not theirs to see."""
    scope = scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on)
    if not code and not scope.regions:
        raise NotPermitted(permission=Permission.VIEW_ORGANISATIONS)
    place = region_by_code(code) if code.isdecimal() else None if code else scope.regions[0]
    if place is None or not scope.covers(place):
        raise NotFound(kind="region", number=code)
    return place
