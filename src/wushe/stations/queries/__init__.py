"""Stations, their staff, and how they stand against their standard."""

from wushe.stations.queries.register import (
    STAFF_ROLES,
    Staff,
    StationFilter,
    places_without,
    staff_on,
    staff_posts,
    station_by_number,
    station_of,
    stations_in,
    stations_under,
    subject_of,
)
from wushe.stations.queries.staffing import StaffCount, count_staff_with
from wushe.stations.queries.standing import Standing, may_open_finding, shortfalls, standard_of, standing_of, standings_of

__all__ = [
    "STAFF_ROLES",
    "Staff",
    "StaffCount",
    "Standing",
    "StationFilter",
    "count_staff_with",
    "may_open_finding",
    "places_without",
    "shortfalls",
    "staff_on",
    "staff_posts",
    "standard_of",
    "standing_of",
    "standings_of",
    "station_by_number",
    "station_of",
    "stations_in",
    "stations_under",
    "subject_of",
]
