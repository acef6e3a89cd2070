"""The measures whose facts exist. A key of a pack that is missing here has no facts yet, and the board says so."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q

from wushe.indicators.queries.facilities import coverage, model_centres, station_area
from wushe.indicators.queries.figures import Figure, Figures, Row
from wushe.indicators.queries.money import lottery_money, station_money
from wushe.indicators.queries.places import column_of
from wushe.indicators.queries.staffing import station_staff
from wushe.indicators.queries.training import agency_class_hours, least_agency_class_hours
from wushe.indicators.queries.workforce import (
    committee_certificate_ratio,
    community_social_workers,
    full_time_social_workers,
    grids_of_a_worker,
    responsible_leaders,
    social_work_posts,
    social_work_posts_per_resident,
    trained_or_licensed_share,
    trained_share_of_unlicensed,
)
from wushe.organisations.facts import judged_organisations, living_bases, living_organisations
from wushe.organisations.models import IncubationBase, Kind, Organisation, PurposeClass
from wushe.organisations.rules import state_of
from wushe.organisations.states import State
from wushe.regions.models import Level, Region, Settlement
from wushe.stations.facts import living_centres, living_stations
from wushe.stations.models import StationLevel

Measure = Callable[[Sequence[Region], date], Figures]

FOR_OTHERS = frozenset({PurposeClass.SERVICE, PurposeClass.PUBLIC_BENEFIT, PurposeClass.MUTUAL_HELP})
STANDING = frozenset({State.FILED, State.REGISTERED})


def organisations_per_community(places: Sequence[Region], on: date) -> Figures:
    """Filed and registered organisations with their seat in the place."""
    found = _organisations(places, on)
    return {place.pk: _count(found[place.pk]) for place in places}


def organisations_service_share(places: Sequence[Region], on: date) -> Figures:
    """Of those, the ones that serve, do public good or help one another."""
    figures = {}
    for place_id, organisations in _with_all(places, _organisations(places, on)).items():
        rows = tuple(
            Row("organisation", each.number, each.name, counted=PurposeClass(each.purpose_class) in FOR_OTHERS) for each in organisations
        )
        figures[place_id] = Figure(Decimal(sum(row.counted for row in rows)), Decimal(len(rows)), rows)
    return figures


def social_work_agencies(places: Sequence[Region], on: date) -> Figures:
    """Registered social-work agencies with their seat in the place."""
    found = _organisations(places, on)
    agencies = {pk: [each for each in rows if each.kind == Kind.AGENCY] for pk, rows in found.items()}
    return {place.pk: _count(agencies.get(place.pk, [])) for place in places}


def share_standing(state: State, *, fit: bool) -> Measure:
    """Of the organisations that meet the conditions to register, or of those that do not: which have come as far as the state."""

    def measure(places: Sequence[Region], on: date) -> Figures:
        column = column_of(places)
        found: dict[int, list[Row]] = {place.pk: [] for place in places}
        for each in judged_organisations(places, on).filter(Q(fit=fit)).order_by("name"):
            found[getattr(each.region, column)].append(Row("organisation", each.number, each.name, counted=state_of(each, on) == state))
        return {pk: Figure(Decimal(sum(row.counted for row in rows)), Decimal(len(rows)), tuple(rows)) for pk, rows in found.items()}

    return measure


def base_area(places: Sequence[Region], on: date) -> Figures:
    """Floor space of the largest base that the place itself has; no base is nought, bases without a known area are no data."""
    own: dict[int, list[IncubationBase]] = defaultdict(list)
    for base in living_bases(on).filter(region__in=[place.pk for place in places]):
        own[base.region_id].append(base)
    figures = {}
    for place in places:
        known = [base for base in own[place.pk] if base.area_m2 is not None]
        if known:
            largest = max(known, key=lambda base: base.area_m2 or 0)
            figures[place.pk] = Figure(largest.area_m2 or Decimal(0), None, (Row("base", largest.number, largest.name),))
        elif not own[place.pk]:
            figures[place.pk] = Figure(Decimal(0), None, ())
    return figures


def bases_of(level: Level | None) -> Measure:
    """Incubation bases in the place, of one level or of all."""

    def measure(places: Sequence[Region], on: date) -> Figures:
        column = column_of(places)
        found: dict[int, list[Row]] = {place.pk: [] for place in places}
        rows = living_bases(on).filter(**{f"region__{column}__in": [place.pk for place in places]})
        for base in rows if level is None else rows.filter(region__level=level):
            found[getattr(base.region, column)].append(Row("base", base.number, base.name))
        return {pk: Figure(Decimal(len(rows)), None, tuple(rows)) for pk, rows in found.items()}

    return measure


MEASURES: Mapping[str, Measure] = {
    "organisations_per_community": organisations_per_community,
    "organisations_service_share": organisations_service_share,
    "social_work_agencies_in_town": social_work_agencies,
    "social_work_agencies": social_work_agencies,
    "incubation_bases": bases_of(None),
    "street_incubation_bases": bases_of(Level.TOWN),
    "city_incubation_base_area": base_area,
    "district_incubation_base_area": base_area,
    "fit_organisations_registered": share_standing(State.REGISTERED, fit=True),
    "unfit_organisations_filed": share_standing(State.FILED, fit=False),
    "county_station_area": station_area(StationLevel.COUNTY),
    "town_station_area": station_area(StationLevel.TOWN),
    "community_room_area": station_area(StationLevel.COMMUNITY),
    "county_station_staff": station_staff(StationLevel.COUNTY),
    "county_station_professionals": station_staff(StationLevel.COUNTY, licensed=True),
    "town_station_staff": station_staff(StationLevel.TOWN),
    "town_station_professionals": station_staff(StationLevel.TOWN, licensed=True),
    "county_station_money": station_money(StationLevel.COUNTY),
    "town_station_money": station_money(StationLevel.TOWN),
    "urban_room_money": station_money(StationLevel.COMMUNITY),
    "lottery_money": lottery_money,
    "town_station_coverage": coverage(living_stations, Level.TOWN),
    "street_centre_coverage": coverage(living_centres, Level.TOWN, Settlement.URBAN),
    "urban_service_facility_coverage": coverage(living_centres, Level.COMMUNITY, Settlement.URBAN),
    "model_street_centres": model_centres,
    "full_time_social_workers": full_time_social_workers,
    "responsible_leaders": responsible_leaders,
    "committee_certificate_ratio": committee_certificate_ratio,
    "trained_or_licensed_share": trained_or_licensed_share,
    "trained_share_of_unlicensed": trained_share_of_unlicensed,
    "community_social_workers": community_social_workers,
    "social_work_posts": social_work_posts,
    "social_work_posts_per_resident": social_work_posts_per_resident,
    "fewest_grids_of_a_worker": grids_of_a_worker(min),
    "most_grids_of_a_worker": grids_of_a_worker(max),
    "agency_training_class_hours": agency_class_hours,
    "agency_training_class_hours_per_agency": least_agency_class_hours,
}


def _organisations(places: Sequence[Region], on: date) -> dict[int, list[Organisation]]:
    found: dict[int, list[Organisation]] = defaultdict(list)
    if not places:
        return found
    column = column_of(places)
    rows = living_organisations(on).filter(**{f"region__{column}__in": [place.pk for place in places]}).exclude(kind=Kind.EVALUATOR)
    for row in rows.select_related("region").order_by("name"):
        if state_of(row, on) in STANDING:
            found[getattr(row.region, column)].append(row)
    return found


def _with_all(places: Sequence[Region], found: Mapping[int, list[Organisation]]) -> dict[int, list[Organisation]]:
    return {place.pk: found.get(place.pk, []) for place in places}


def _count(organisations: Sequence[Organisation]) -> Figure:
    return Figure(Decimal(len(organisations)), None, tuple(Row("organisation", each.number, each.name) for each in organisations))
