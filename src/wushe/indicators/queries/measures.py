"""The measures whose facts exist. A key of a pack that is missing here has no facts yet, and the board says so."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from wushe.indicators.queries.facilities import coverage, model_centres, station_area
from wushe.indicators.queries.facts import Facts, Society, lying_in
from wushe.indicators.queries.figures import Figure, Figures, Measure, Row
from wushe.indicators.queries.money import lottery_money, station_money
from wushe.indicators.queries.pilots import pilots_of
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
from wushe.organisations.models import Kind
from wushe.organisations.states import State
from wushe.regions.models import Level, Region, Settlement
from wushe.stations.models import StationKind, StationLevel

PURPOSES, SHARED, EVIDENCE = "organisation_purposes", "counts_for_share", "needs_evidence"
KINDS, COMMUNITY = "organisation_kinds", "community"
LEAST_LICENSED = "agency.minimum_professionals"


def organisations_per_community(places: Sequence[Region], facts: Facts) -> Figures:
    """Filed and registered organisations with their seat in the place."""
    return {pk: _count(rows) for pk, rows in lying_in(facts.societies, places).items()}


def community_organisations(places: Sequence[Region], facts: Facts) -> Figures:
    """Of those, the kinds that the policy of the place calls community organisations: no agencies, hubs, federations or charities."""
    found = lying_in(facts.societies, places)
    return {pk: _count(each for each in rows if each.kind in facts.marked(pk, KINDS, COMMUNITY)) for pk, rows in found.items()}


def organisations_service_share(places: Sequence[Region], facts: Facts) -> Figures:
    """Of those, the ones of the classes that the policy counts: serving, public good, mutual help. A class for which the policy asks evidence
    counts with evidence alone; the rows say of each organisation whether something shows its class.
    """
    figures = {}
    for pk, societies in lying_in(facts.societies, places).items():
        classes, shown = facts.marked(pk, PURPOSES, SHARED), facts.marked(pk, PURPOSES, EVIDENCE)
        figures[pk] = _share(
            Row(
                "organisation",
                each.number,
                each.name,
                counted=each.purpose_class in classes and (bool(each.evidence) or each.purpose_class not in shown),
                proven=bool(each.evidence),
            )
            for each in societies
        )
    return figures


def social_work_agencies(places: Sequence[Region], facts: Facts) -> Figures:
    """Agencies with their seat in the place that are registered and have as many licensed workers as the policy asks of an agency: by the
    register of workers, or by what they declared with evidence. The others stand in the rows and do not count.
    """
    figures = {}
    for pk, societies in lying_in(facts.societies, places).items():
        agencies = [each for each in societies if each.kind == Kind.AGENCY]
        least = facts.policies[pk].value(LEAST_LICENSED) if agencies else None
        enough = least.value if least else 0
        rows = tuple(
            Row(
                "organisation",
                each.number,
                each.name,
                counted=each.state == State.REGISTERED and max(facts.licensed.get(each.body_id or 0, 0), each.professionals or 0) >= enough,
            )
            for each in agencies
        )
        figures[pk] = Figure(Decimal(sum(row.counted for row in rows)), None, rows)
    return figures


def share_standing(state: State, *, fit: bool) -> Measure:
    """Of the organisations that meet the conditions to register, or of those that do not: which have come as far as the state."""

    def measure(places: Sequence[Region], facts: Facts) -> Figures:
        found = lying_in((each for each in facts.judged(places) if each.fit == fit), places)
        return {
            pk: _share(Row("organisation", each.number, each.name, counted=each.state == state) for each in rows)
            for pk, rows in found.items()
        }

    return measure


def comprehensive_base_area(places: Sequence[Region], facts: Facts) -> Figures:
    """The same of the bases that are comprehensive; the place's other bases do not count."""
    return base_area(places, facts, comprehensive=True)


def base_area(places: Sequence[Region], facts: Facts, *, comprehensive: bool = False) -> Figures:
    """Floor space of the largest base that the place itself has; no base is nought, bases without a known area are no data."""
    figures = {}
    for place in places:
        own = [base for base in facts.bases if base.region_id == place.pk and (base.comprehensive or not comprehensive)]
        known = [base for base in own if base.area_m2 is not None]
        if known:
            largest = max(known, key=lambda base: base.area_m2 or 0)
            figures[place.pk] = Figure(largest.area_m2 or Decimal(0), None, (Row("base", largest.number, largest.name),))
        elif not own:
            figures[place.pk] = Figure(Decimal(0), None, ())
    return figures


def bases_of(level: Level | None) -> Measure:
    """Incubation bases in the place, of one level or of all."""

    def measure(places: Sequence[Region], facts: Facts) -> Figures:
        bases = [base for base in facts.bases if level is None or base.region.level == level]
        found = {place.pk: [base for base in bases if place.pk in facts.day.lies(base.region)] for place in places}
        return {
            pk: Figure(Decimal(len(rows)), None, tuple(Row("base", base.number, base.name) for base in rows)) for pk, rows in found.items()
        }

    return measure


MEASURES: Mapping[str, Measure] = {
    "organisations_per_community": organisations_per_community,
    "community_organisations_per_community": community_organisations,
    "organisations_service_share": organisations_service_share,
    "social_work_agencies_in_town": social_work_agencies,
    "social_work_agencies": social_work_agencies,
    "incubation_bases": bases_of(None),
    "street_incubation_bases": bases_of(Level.TOWN),
    "city_incubation_base_area": comprehensive_base_area,
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
    "town_station_coverage": coverage(StationKind.SOCIAL_WORK, Level.TOWN),
    "street_centre_coverage": coverage(StationKind.SERVICE_CENTRE, Level.TOWN, Settlement.URBAN),
    "urban_service_facility_coverage": coverage(StationKind.SERVICE_CENTRE, Level.COMMUNITY, Settlement.URBAN),
    "model_street_centres": model_centres,
    "pilot_streets": pilots_of(Level.TOWN),
    "pilot_communities": pilots_of(Level.COMMUNITY),
    "pilot_villages": pilots_of(Level.COMMUNITY, Settlement.RURAL),
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


def _share(rows: Iterable[Row]) -> Figure:
    shown = tuple(rows)
    return Figure(Decimal(sum(row.counted for row in shown)), Decimal(len(shown)), shown)


def _count(societies: Iterable[Society]) -> Figure:
    rows = tuple(Row("organisation", each.number, each.name) for each in societies)
    return Figure(Decimal(len(rows)), None, rows)
