"""Choosing a place: by a part of its name, or from lists, level by level, for whoever would rather not search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from wushe.policies.queries import packs_on
from wushe.regions.models import Level, Region
from wushe.regions.queries import region_by_code, search_places, shown_children_on
from wushe.web.common.fields import RegionField
from wushe.web.common.forms import Form

LABELS = {
    Level.PROVINCE: _("Province"),
    Level.CITY: _("City"),
    Level.COUNTY: _("County"),
    Level.TOWN: _("Town or street"),
    Level.COMMUNITY: _("Community or village"),
}
MEANT = 8  # places that a text may mean


@dataclass(frozen=True, slots=True)
class Question:
    """What a page needs a place for: its own address, the level of the place, and how the question is put."""

    page: str
    level: Level
    title: Any
    heading: Any
    hint: Any
    label: Any


@dataclass(frozen=True, slots=True)
class Choosing:
    """One step: what is chosen so far, and what may be chosen next."""

    within: Region | None
    options: Sequence[Region]

    @property
    def label(self) -> Any:
        """What is to be chosen; the places with a policy may be of several levels."""
        levels = {Level(each.level) for each in self.options}
        return LABELS[levels.pop()] if len(levels) == 1 else _("Place")


class PlaceForm(Form):
    """A place by a part of its name."""

    place = RegionField(help_text=_("A part of its name is enough, such as the first two characters."))

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, RegionField)  # noqa: S101 -- declared above
        place.label = question.label
        place.limit_to(levels=(question.level,))


def place_of(request: Any, question: Question) -> Region | None:
    """The place that the address names; None while it names none, or one of another level."""
    place = region_by_code(code) if (code := request.GET.get("place", "")).isdecimal() else None
    return place if place is not None and place.level == question.level else None


def only_place(request: Any, question: Question) -> Region | None:
    """The place where there is but one to choose: the only one with a policy, if it is of the level asked for."""
    served = _served(request.on)
    return served[0] if len(served) == 1 and served[0].level == question.level else None


def ask_place(request: Any, question: Question) -> HttpResponse:
    """The page that asks for the place; with an answer, the way back to the page that needs it."""
    form = PlaceForm(request.GET if "place_text" in request.GET else None, question=question)
    within = region_by_code(code) if (code := request.GET.get("within", "")).isdecimal() else None
    chosen = form.cleaned_data["place"] if form.is_bound and form.is_valid() else within
    if chosen is not None and chosen.level == question.level:
        response = redirect(question.page)
        response["Location"] += f"?place={chosen.code}"
        return response
    if form.has_error("place", code="choose"):
        form.forget_errors()  # several places have this in their name: the list says enough
    context = {"form": form, "step": choosing(within, request.on, question.level), "question": question}
    return render(request, "portal/place.html", context)


def choosing(region: Region | None, on: date, level: Level) -> Choosing | None:
    """The step after a chosen region; the first one lists the places whose policy is in force. None where there is nothing to list."""
    served = _served(on)
    if region is None or not {place.pk for place in served} & set(region.ancestor_ids):
        region = served[0] if len(served) == 1 and served[0].level < level else None
    options = shown_children_on(region, on) if region else served
    return Choosing(region, options) if options else None


def places_meant(query: Mapping[str, str]) -> list[Region]:
    """The place with the code in the address of a list, or the places that its text may mean."""
    where, code = query.get("where", "").strip(), query.get("place", "")
    if where:
        return search_places(where, limit=MEANT)
    region = region_by_code(code) if code.isdecimal() else None
    return [region] if region is not None else []


def _served(on: date) -> list[Region]:
    """The regions with a policy of their own that stand below no other such region."""
    places = {pack.region.pk: pack.region for pack in packs_on(on) if pack.region is not None}
    outermost = [place for place in places.values() if not (set(place.ancestor_ids) - {place.pk}) & places.keys()]
    return sorted(outermost, key=lambda place: place.code)
