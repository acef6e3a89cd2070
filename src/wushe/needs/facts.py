from datetime import date

from django.db.models import F, QuerySet

from wushe.kernel.workdays import end_of_day
from wushe.needs.models import Need


def needs_reported(on: date) -> QuerySet[Need]:
    """One row a need reported up to the day, duplicates aside.

    Columns: `region_id`, `settlement`, `group`, `field`, `urgency`, `source`, `state`, `verdict`, `reopened_count`, `created_at`, `due_at`.
    State and verdict are those of now: a need keeps no past states outside the audit.
    """
    return Need.objects.filter(created_at__lte=end_of_day(on), duplicate_of__isnull=True).annotate(settlement=F("region__settlement"))
