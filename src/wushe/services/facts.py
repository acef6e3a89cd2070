from django.db.models import Count, F, QuerySet

from wushe.services.models import Activity


def service_records() -> QuerySet[Activity]:
    """One row per record that counts: region, day, kind, project, identified and counted people. Grain: record."""
    return Activity.objects.filter(voided_at__isnull=True).annotate(identified=Count("attendances"), project_number=F("project__number"))
