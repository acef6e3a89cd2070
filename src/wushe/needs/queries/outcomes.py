"""What became of the needs of a county: how many went into projects, how many ended with their resident's word."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.db.models import Count, Sum

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


@dataclass(slots=True)
class Outcome:
    """The needs of one place, duplicates aside. `answered` ended without a project, `judged` and `unheard` were closed with and without a verdict."""

    place: Region
    reported: int = 0
    waiting: int = 0
    adopted: int = 0
    answered: int = 0
    judged: int = 0
    unheard: int = 0
    reopened: int = 0
    contested: int = 0

    @property
    def ended(self) -> int:
        """The needs on which nobody works any more, whether their residents were heard or not."""
        return self.answered + self.judged + self.unheard

    @property
    def verdict_share(self) -> Decimal | None:
        """The share of the ended needs on which the resident has spoken; None while none has ended."""
        return share_of(self.judged, self.ended)

    def count(self, state: str, verdict: str, needs: int, reopened: int, contested: int) -> None:
        """Add the needs of one state with one verdict."""
        self.reported += needs
        self.reopened += reopened
        self.contested += contested
        self.waiting += needs * (state == NeedState.REPORTED)
        self.adopted += needs * (state in IN_A_PROJECT)
        self.answered += needs * (state == NeedState.DECLINED)
        self.judged += needs * (state == NeedState.CLOSED and verdict != Verdict.NONE)
        self.unheard += needs * (state == NeedState.CLOSED and verdict == Verdict.NONE)


def outcomes(county: Region) -> list[Outcome]:
    """The outcome of needs, town by town in the order of the codes; a place below a level that no government has stands for itself."""
    places = (
        Region.objects.under(county).select_related("town").only("code", "name", "level", "town__name", "town__code", "town__is_artificial")
    )
    shown = {place.pk: place if place.town is None or place.town.is_artificial else place.town for place in places}
    # grouped by what the index holds, and added up here: counted by many conditions, every row would be weighed many times
    groups = (
        Need.objects.filter(region__in=list(shown), duplicate_of__isnull=True)
        .order_by()
        .values_list("region", "state", "verdict")
        .annotate(needs=Count("*"), reopened=Sum("reopened_count"), contested=Sum("contested_count"))
    )
    rows: dict[int, Outcome] = {}
    for region, *counts in groups:
        place = shown[region]
        rows.setdefault(place.pk, Outcome(place)).count(*counts)
    return sorted(rows.values(), key=lambda row: row.place.code)


def conversion_of(rows: Iterable[Converted]) -> Decimal | None:
    """The share of the needs of several places that went into projects; None where there are no needs."""
    counted = list(rows)
    return share_of(sum(row.adopted for row in counted), sum(row.reported for row in counted))


def verdict_share_of(rows: Iterable[Outcome]) -> Decimal | None:
    """The share of the ended needs of several places on which the residents have spoken; None while none has ended."""
    counted = list(rows)
    return share_of(sum(row.judged for row in counted), sum(row.ended for row in counted))


def share_of(part: int, whole: int) -> Decimal | None:
    """A part of a whole in whole percents; None where there is nothing."""
    return (Decimal(part) / whole).quantize(HUNDREDTH) if whole else None
