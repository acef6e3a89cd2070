from datetime import date

from django.db.models import F, QuerySet

from wushe.organisations.models import Organisation


def living_organisations(on: date) -> QuerySet[Organisation]:
    """One row an organisation that lives on the day: `region_id`, `settlement`, `kind`, `state`, `purpose_class`, `professionals`."""
    return Organisation.objects.living(on).with_state(on).annotate(settlement=F("region__settlement"))
