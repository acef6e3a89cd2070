from datetime import date

from django.db.models import F, QuerySet

from wushe.stations.models import Station, StationKind


def living_stations(on: date) -> QuerySet[Station]:
    """One row a station of social work open on the day: `level`, `region_id`, `settlement`, `area_m2` (none: no data)."""
    return _open(StationKind.SOCIAL_WORK, on)


def living_centres(on: date) -> QuerySet[Station]:
    """One row a service centre or facility open on the day, with the columns of `living_stations`."""
    return _open(StationKind.SERVICE_CENTRE, on)


def _open(kind: StationKind, on: date) -> QuerySet[Station]:
    return Station.objects.living(on).filter(kind=kind).annotate(settlement=F("region__settlement"))
