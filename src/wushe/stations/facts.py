from datetime import date

from django.db.models import F, QuerySet

from wushe.stations.models import Station, StationKind


def living_stations(on: date) -> QuerySet[Station]:
    """One row a station of social work open on the day: `level`, `region_id`, `settlement`, `area_m2` (none: no data)."""
    return Station.objects.living(on).filter(kind=StationKind.SOCIAL_WORK).annotate(settlement=F("region__settlement"))


def living_stations_and_centres(on: date) -> QuerySet[Station]:
    """One row a station, service centre or facility open on the day: `kind`, `level`, `region_id`, `area_m2` (none: no data)."""
    return Station.objects.living(on)
