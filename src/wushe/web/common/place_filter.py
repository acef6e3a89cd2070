"""The filter of a list by a place below the reader's own."""

from typing import Any

from django.utils.translation import gettext as _

from wushe.accounts.queries import Scope
from wushe.regions.queries import region_by_code, shown_children_on
from wushe.web.common.filters import Choice


def place_filter(request: Any, scope: Scope) -> tuple[Scope, Choice]:
    """The scope narrowed to the place of the address, if it lies in it, and the select of the places next below."""
    code = request.GET.get("place", "")
    place = region_by_code(code) if code.isdecimal() else None
    if place is None or not scope.covers(place):
        place = None
    options = {each.code: each.name for each in shown_children_on(scope.regions[0], request.on)}
    if place is not None:
        options.setdefault(place.code, place.name)
    choice = Choice("place", _("Place"), options.items(), place.code if place else "")
    return (Scope(regions=(place,)) if place else scope), choice
