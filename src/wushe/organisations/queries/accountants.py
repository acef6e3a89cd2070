"""What organisations share: accountants with their qualification, and places of activity."""

from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Prefetch, Q, QuerySet

from wushe.accounts.queries import Scope
from wushe.organisations.models import Accountant, Bookkeeping, Organisation


def accountants_in(scope: Scope, on: date, text: str = "") -> QuerySet[Accountant]:
    """The accountants who keep books in a scope today, with how many `organisations` of it, and these as `kept`."""
    inside = scope.where("organisation__region") & Q(until__isnull=True, since__lte=on, organisation__deregistered_on__isnull=True)
    mine = Bookkeeping.objects.filter(inside)
    rows = Accountant.objects.filter(bookkeeping__in=mine).annotate(organisations=Count("bookkeeping", distinct=True))
    kept = mine.select_related("organisation__region").order_by("organisation__name")
    rows = rows.prefetch_related(Prefetch("bookkeeping", queryset=kept, to_attr="kept"))
    return rows.filter(Q(person__icontains=text.strip()) | Q(certificate=text.strip())) if text.strip() else rows


def shared_premises(scope: Scope, on: date, text: str = "") -> QuerySet[Organisation, Any]:
    """Places of activity of more than one living organisation of a community: `place`, `premises`, `organisations`, `names` and `numbers`."""
    rows = Organisation.objects.living(on).filter(scope.within()).exclude(premises="")
    if text.strip():
        rows = rows.filter(premises__icontains=text.strip())
    return (
        rows.order_by()
        .values("premises", "region_id", place=F("region__name"), town=F("region__town__name"))
        .annotate(
            organisations=Count("pk"),
            names=ArrayAgg("name", order_by=("name", "pk")),
            numbers=ArrayAgg("number", order_by=("name", "pk")),
        )
        .filter(organisations__gt=1)
    )


def books_of(organisation: Organisation) -> QuerySet[Bookkeeping]:
    """Who keeps and kept the books of an organisation, newest first."""
    return organisation.bookkeeping.select_related("accountant").order_by("-since", "-pk")
