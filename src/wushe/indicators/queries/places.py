from collections.abc import Sequence

from wushe.regions.models import Level, Region

COLUMNS = {
    Level.PROVINCE: "province_id",
    Level.CITY: "city_id",
    Level.COUNTY: "county_id",
    Level.TOWN: "town_id",
    Level.COMMUNITY: "community_id",
}


def column_of(places: Sequence[Region]) -> str:
    """The column of a region that says in which of the places it lies; all of them are of one level."""
    return COLUMNS[Level(places[0].level)]
