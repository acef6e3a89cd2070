from typing import Any

from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.accounts.queries import Scope
from wushe.kernel.errors import NotFound
from wushe.stations.models import Station
from wushe.stations.queries import commitment_state, hours_of, offices_in, station_by_number, with_hours
from wushe.web.common.access import public
from wushe.web.common.listing import Listing
from wushe.web.common.station_words import COMMITMENT_STATES, hours_in_words
from wushe.web.portal.places import places_meant
from wushe.web.portal.projects.export import Column, export

SORTS = {"place": ("region__code", "kind"), "name": ("name", "pk")}
OFFICE_SORTS = {"place": ("station__region__code", "name"), "area": ("-area_m2", "pk")}


@public
def stations(request: Any) -> HttpResponseBase:
    """Every open station: where it is and when it is open."""
    places, text = places_meant(request.GET), request.GET.get("q", "").strip()
    place = places[0] if len(places) == 1 else None
    rows = with_hours(Station.objects.living(request.on).select_related("region__town"))
    if place is not None:
        rows = rows.filter(Scope(regions=(place,)).where("region"))
    if text:
        rows = rows.filter(Q(name__contains=text) | Q(address__contains=text))
    listing = Listing(request, rows, SORTS)
    columns = [
        Column("number", _("Number"), lambda row: row.number),
        Column("name", _("Name"), lambda row: row.name),
        Column("place_code", _("Division code"), lambda row: row.region.code),
        Column("place", _("Place"), lambda row: str(row.region)),
        Column("address", _("Address"), lambda row: row.address),
        Column("opening_hours", _("Opening hours"), lambda row: hours_in_words(row.week, row.opening_hours)),
    ]
    return export(request, "stations", listing, columns) or render(
        request,
        "portal/stations/list.html",
        {
            "listing": listing,
            "place": place,
            "places": places if len(places) > 1 else [],
        },
    )


@public
def station(request: Any, number: str) -> HttpResponseBase:
    """One station: hours, what was promised to it and what came, the offices that it gives away."""
    row = station_by_number(number)
    if not Station.objects.living(request.on).filter(pk=row.pk).exists():
        raise NotFound(kind="station", number=number)
    commitments = row.commitments.order_by("-due_on", "-pk")
    context = {
        "station": row,
        "hours": hours_of(row),
        "commitments": [(each, commitment_state(each, request.on)) for each in commitments],
        "states": COMMITMENT_STATES,
        "offices": offices_in(Q(station=row), "", request.on),
    }
    return render(request, "portal/stations/detail.html", context)


@public
def offices(request: Any) -> HttpResponseBase:
    """The offices that stations give away, to all on the same terms, and who has them."""
    listing = Listing(request, offices_in(Q(station__closed_on__isnull=True), "", request.on), OFFICE_SORTS)
    columns = [
        Column("number", _("Number"), lambda row: row.number),
        Column("station", _("Station"), lambda row: row.station.name),
        Column("place_code", _("Division code"), lambda row: row.station.region.code),
        Column("place", _("Place"), lambda row: str(row.station.region)),
        Column("space", _("Which space"), lambda row: row.name),
        Column("area_m2", _("Floor space"), lambda row: row.area_m2),
        Column("terms", _("Terms for everybody"), lambda row: row.terms),
        Column("organisation", _("Who has it"), lambda row: row.running[0].organisation.name if row.running else ""),
        Column("since", _("From"), lambda row: row.running[0].since if row.running else None),
    ]
    return export(request, "offices", listing, columns) or render(request, "portal/stations/offices.html", {"listing": listing})
