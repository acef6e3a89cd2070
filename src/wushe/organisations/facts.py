from collections.abc import Sequence
from datetime import date

from django.db.models import F, QuerySet

from wushe.organisations.models import IncubationBase, Organisation
from wushe.organisations.queries import judged_in
from wushe.regions.models import Region


def living_organisations(on: date) -> QuerySet[Organisation]:
    """One row a social organisation that lives on the day: `region_id`, `settlement`, `kind`, `state`, `purpose_class`, `professionals`."""
    return Organisation.objects.living(on).societies().with_state(on).annotate(settlement=F("region__settlement"))


def judged_organisations(places: Sequence[Region], on: date) -> QuerySet[Organisation]:
    """One row a community organisation of the places whose conditions to register are known: `state`, `fit` (it meets them; None: not known)."""
    return judged_in(places, on).select_related("region")


def living_bases(on: date) -> QuerySet[IncubationBase]:
    """One row an incubation base that is open on the day: `region` (its own place), `area_m2` (None: not known)."""
    return IncubationBase.objects.living(on).select_related("region").order_by("number")
