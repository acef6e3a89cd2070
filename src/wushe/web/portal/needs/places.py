"""Choosing a place from lists, level by level, for whoever would rather not search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from wushe.policies.queries import packs_on
from wushe.regions.models import Level, Region
from wushe.regions.queries import children_on, region_by_code

LABELS = {
    Level.PROVINCE: _("Province"),
    Level.CITY: _("City"),
    Level.COUNTY: _("County"),
    Level.TOWN: _("Town or street"),
    Level.COMMUNITY: _("Community or village"),
}


@dataclass(frozen=True, slots=True)
class Choosing:
    """One step: what is chosen so far, and what may be chosen next."""

    within: Region | None
    options: Sequence[Region]

    @property
    def name(self) -> str:
        """How the choice is sent: the last one is the place itself."""
        return "place" if self.options[0].level == Level.COMMUNITY else "within"

    @property
    def label(self) -> Any:
        """What is to be chosen."""
        return LABELS[Level(self.options[0].level)]


def choosing(code: str, on: date) -> Choosing | None:
    """The step after a chosen region; the first one lists the places whose policy is in force. None where there is nothing to list."""
    served = _served(on)
    region = region_by_code(code) if code.isdecimal() else None
    if region is None or not {place.pk for place in served} & set(region.ancestor_ids):
        region = served[0] if len(served) == 1 else None
    options = list(children_on(region, on)) if region else served
    return Choosing(region, options) if options else None


def _served(on: date) -> list[Region]:
    """The regions with a policy of their own that stand below no other such region."""
    places = {pack.region.pk: pack.region for pack in packs_on(on) if pack.region is not None}
    outermost = [place for place in places.values() if not (set(place.ancestor_ids) - {place.pk}) & places.keys()]
    return sorted(outermost, key=lambda place: place.code)
