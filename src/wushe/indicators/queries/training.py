"""What a place teaches the people of its agencies. A place that has entered no course of the year is no data."""

from collections.abc import Sequence

from wushe.indicators.queries.facts import Facts
from wushe.indicators.queries.figures import Figure, Figures, Row
from wushe.regions.models import Region
from wushe.workforce.models import Session
from wushe.workforce.queries import agency_kinds, attended_by_agencies, class_hours, hours_of_agencies


def agency_class_hours(places: Sequence[Region], facts: Facts) -> Figures:
    """Class hours of the year that the place itself taught in courses owed to agencies, where people of an agency were: each session once."""
    figures = {}
    for place in (each for each in places if each.pk in facts.taught):
        policy = facts.policies[place.pk]
        pairs = attended_by_agencies(place, agency_kinds(policy), facts.on.year, facts.on)
        sessions = list(Session.objects.filter(pk__in=pairs.values("session")).select_related("course").order_by("held_on", "pk"))
        rows = tuple(Row("session", each.number, f"{each.course.title} {each.held_on.isoformat()}") for each in sessions)
        figures[place.pk] = Figure(class_hours(sum(each.minutes for each in sessions), policy), None, rows)
    return figures


def least_agency_class_hours(places: Sequence[Region], facts: Facts) -> Figures:
    """The same for each living agency below the place: the hours of the one that was taught least. Without an agency, no data."""
    figures = {}
    for place in (each for each in places if each.pk in facts.taught):
        policy = facts.policies[place.pk]
        agencies = hours_of_agencies(place, agency_kinds(policy), facts.on.year, facts.on)
        if agencies:
            least = min(each.minutes for each in agencies)
            rows = tuple(
                Row("organisation", each.organisation.number, each.organisation.name, counted=each.minutes == least) for each in agencies
            )
            figures[place.pk] = Figure(class_hours(least, policy), None, rows)
    return figures
