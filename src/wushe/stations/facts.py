from datetime import date

from django.db.models import F, QuerySet

from wushe.stations.models import Station


def living_stations(on: date) -> QuerySet[Station]:
    """One row a station open on the day: `level`, `region_id`, `settlement`, `area_m2` (none: no data)."""
    return Station.objects.living(on).annotate(settlement=F("region__settlement"))
