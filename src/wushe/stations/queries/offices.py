"""Free offices and who has them, with the benefit in kind."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from wushe.kernel.errors import NotFound
from wushe.organisations.models import Organisation
from wushe.stations.models import Office, OfficeExtension, OfficeUse

MONTHS, DAYS = 12, 365
OFFICE_STATES = ("free", "taken", "withdrawn")


def offices_in(places: Q, state: str, on: date) -> QuerySet[Office, Any]:
    """The offices of the stations that fit `places` (a filter on offices), each with `taken` and its `running` use; without a state, those on the list."""
    uses = OfficeUse.objects.held(on)
    rows = Office.objects.filter(places).annotate(taken=Exists(uses.filter(office=OuterRef("pk"))))
    meanings = {
        "free": Q(withdrawn_on__isnull=True, taken=False),
        "taken": Q(withdrawn_on__isnull=True, taken=True),
        "withdrawn": Q(withdrawn_on__isnull=False),
    }
    rows = rows.filter(meanings.get(state, Q(withdrawn_on__isnull=True)))
    extensions = Prefetch("extensions", queryset=OfficeExtension.objects.order_by("pk"))
    running = Prefetch("uses", queryset=uses.select_related("organisation").prefetch_related(extensions), to_attr="running")
    return rows.select_related("station__region__town").prefetch_related(running)


def office_by_number(number: str) -> Office:
    """One office. Raises NotFound."""
    found = Office.objects.select_related("station__region").filter(number=number).first()
    if found is None:
        raise NotFound(kind="office", number=number)
    return found


def tenancy_of(office: Office) -> OfficeUse | None:
    """Who has the office, until it is recorded that it was vacated."""
    return office.uses.filter(until__isnull=True).select_related("organisation").first()


def benefit_of(use: OfficeUse, on: date) -> Decimal:
    """What the office was worth to who has it up to the day, in yuan: the monthly value for its days."""
    days = ((min(use.until, on) if use.until else on) - use.since).days
    return (use.office.monthly_value * MONTHS * max(days, 0) / DAYS).quantize(Decimal("0.01"))


def offices_of(organisation: Organisation, on: date) -> QuerySet[OfficeUse]:
    """Where an organisation sits on the day."""
    return OfficeUse.objects.held(on).filter(organisation=organisation).select_related("office__station__region").order_by("since")
