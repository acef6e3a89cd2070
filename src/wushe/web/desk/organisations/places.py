"""The place that a page of the register speaks of."""

from datetime import date
from typing import Any

from wushe.accounts.queries import scope_of
from wushe.kernel.errors import NotFound, NotPermitted
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import counting_stage
from wushe.policies.errors import NoPolicy
from wushe.policies.queries import Stage, policy_for
from wushe.regions.models import Region
from wushe.regions.queries import region_by_code


def place_of(request: Any, code: str = "") -> Region:
    """The place with the code, or where the person works. Raises NotFound for places that are not theirs to see."""
    scope = scope_of(request.user, Permission.VIEW_ORGANISATIONS, request.on)
    if not code and not scope.regions:
        raise NotPermitted(permission=Permission.VIEW_ORGANISATIONS)
    place = region_by_code(code) if code.isdecimal() else None if code else scope.first_place
    if place is None or not scope.covers(place):
        raise NotFound(kind="region", number=code)
    return place


def counting_of(place: Region, on: date) -> Stage | None:
    """From which step on statistics of the place count a filing; none above the places that have a policy."""
    try:
        return counting_stage(policy_for(place, on))
    except NoPolicy:
        return None
