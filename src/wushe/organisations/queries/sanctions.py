from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from wushe.accounts.queries import Scope
from wushe.kernel.errors import NotFound
from wushe.organisations.models import Sanction


@dataclass(frozen=True, slots=True)
class SanctionFilter:
    """What the list is narrowed to. `every`: past ones too."""

    text: str = ""
    every: bool = False


def sanctions_in(scope: Scope, chosen: SanctionFilter, on: date) -> QuerySet[Sanction]:
    """The sanctions of a scope that pass the filter."""
    rows = Sanction.objects.all() if chosen.every else Sanction.objects.in_force(on)
    rows = rows.filter(scope.where("organisation__region")).select_related("organisation__region")
    text = chosen.text.strip()
    return rows.filter(Q(organisation__name__icontains=text) | Q(document__icontains=text)) if text else rows


def sanction_by_number(number: str, scope: Scope) -> Sanction:
    """One sanction of the scope. Raises NotFound."""
    rows = Sanction.objects.select_related("organisation__region")
    found = rows.filter(scope.where("organisation__region"), number=number).first()
    if found is None:
        raise NotFound(kind="sanction", number=number)
    return found
