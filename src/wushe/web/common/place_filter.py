"""The filter of a list by a place of the reader, or below it."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wushe.accounts.queries import Scope
from wushe.regions.queries import region_by_code, shown_children_on
from wushe.web.common.filters import Choice


def place_filter(request: Any, scope: Scope) -> tuple[Scope, Choice]:
    """The scope narrowed to the place of the address, if it lies in it, and the select of its parts."""
    code = request.GET.get("place", "")
    place = region_by_code(code) if code.isdecimal() else None
    if place is None or not scope.covers(place):
        place = None
    options = parts_of(scope, request.on)
    if place is not None:
        options.setdefault(place.code, place.name)
    choice = Choice("place", _("Place"), options.items(), place.code if place else "")
    return (Scope(regions=(place,)) if place else scope), choice


def parts_of(scope: Scope, on: date) -> dict[str, str]:
    """The names by their codes: of the places next below the one place of the scope, or of its several places."""
    only = scope.only_place
    return {each.code: each.name for each in (scope.regions if only is None else shown_children_on(only, on))}
