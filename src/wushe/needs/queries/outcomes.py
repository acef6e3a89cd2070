"""What became of the needs of a place: how many went into projects, how many were closed with their resident's word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Count, Min, Q, QuerySet, Sum

from wushe.needs.models import Need
from wushe.needs.states import NeedState, Verdict
from wushe.regions.models import Region

HUNDREDTH = Decimal("0.01")
IN_A_PROJECT = (NeedState.ADOPTED, NeedState.AWAITING_VERDICT, NeedState.CLOSED)


class Converted(Protocol):
    """Needs of which some went into projects."""

    @property
    def reported(self) -> int: ...
    @property
    def adopted(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """The needs of one place, duplicates aside. `waiting_since` is when the one that has waited longest for the town was reported."""

    place: Region
    reported: int
    waiting: int
    adopted: int
    answered: int
    judged: int
    unheard: int
    reopened: int
    waiting_since: datetime | None

    @property
    def conversion(self) -> Decimal | None:
        """The share of the needs that went into a project, in whole percents."""
        return share_of(self.adopted, self.reported)

    @property
    def verdict_share(self) -> Decimal | None:
        """The share of the closed needs on which the resident has spoken; None while none is closed."""
        return share_of(self.judged, self.judged + self.unheard)


def outcomes(needs: QuerySet[Need], *, by: str) -> list[Outcome]:
    """The outcome of needs, place by place in the order of the codes; `by` leads from a need to the place, such as `region__town`."""
    waiting, closed = Q(state=NeedState.REPORTED), Q(state=NeedState.CLOSED)
    rows: QuerySet[Need, dict[str, Any]] = (
        needs.filter(duplicate_of__isnull=True, **{f"{by}__isnull": False})
        .order_by()
        .values(by)
        .annotate(
            reported=Count("pk"),
            waiting=Count("pk", filter=waiting),
            adopted=Count("pk", filter=Q(state__in=IN_A_PROJECT)),
            answered=Count("pk", filter=Q(state=NeedState.DECLINED)),
            judged=Count("pk", filter=closed & ~Q(verdict=Verdict.NONE)),
            unheard=Count("pk", filter=closed & Q(verdict=Verdict.NONE)),
            reopened=Sum("reopened_count"),
            waiting_since=Min("created_at", filter=waiting),
        )
    )
    counted = {row.pop(by): row for row in rows}
    places = Region.objects.select_related("town").filter(pk__in=counted).order_by("code")
    return [Outcome(place=place, **counted[place.pk]) for place in places]


def conversion_of(rows: Iterable[Converted]) -> Decimal | None:
    """The share of the needs of several places that went into projects; None where there are no needs."""
    counted = list(rows)
    return share_of(sum(row.adopted for row in counted), sum(row.reported for row in counted))


def verdict_share_of(rows: Iterable[Outcome]) -> Decimal | None:
    """The share of the closed needs of several places on which the residents have spoken; None while none is closed."""
    counted = list(rows)
    judged = sum(row.judged for row in counted)
    return share_of(judged, judged + sum(row.unheard for row in counted))


def share_of(part: int, whole: int) -> Decimal | None:
    """A part of a whole in whole percents; None where there is nothing."""
    return (Decimal(part) / whole).quantize(HUNDREDTH) if whole else None
