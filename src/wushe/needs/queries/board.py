"""The needs of a scope in one look: how many are open by place and service field, and what became of the others."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Min, Q

from wushe.accounts.queries import Scope
from wushe.needs.models import Need
from wushe.needs.queries.outcomes import IN_A_PROJECT, share_of
from wushe.needs.states import LIVING, NeedState
from wushe.regions.models import Level, Region


@dataclass(slots=True)
class Cell:
    """The needs of one service field in one place that are not over; `waiting` for the town, `overdue` past its clock."""

    field: str
    living: int = 0
    waiting: int = 0
    overdue: int = 0


@dataclass(slots=True)
class BoardRow:
    """The needs of one place. `cells` are those that are not over, by field; the rest counts all needs, duplicates aside.

    `waiting_since` is when the one that has waited longest for the town was reported.
    """

    place: Region
    cells: dict[str, Cell] = field(default_factory=dict)
    reported: int = 0
    adopted: int = 0
    waiting_since: datetime | None = None

    @property
    def living(self) -> int:
        """The needs of all fields that are not over."""
        return sum(cell.living for cell in self.cells.values())

    @property
    def overdue(self) -> int:
        """Those of them that are past the town's clock."""
        return sum(cell.overdue for cell in self.cells.values())

    @property
    def conversion(self) -> Decimal | None:
        """The share of the needs that went into a project, in whole percents."""
        return share_of(self.adopted, self.reported)

    def count(self, code: str, state: str, counts: tuple[int, int, int, datetime | None]) -> None:
        """Add the needs of one field in one state: all, those that are late, those that repeat no other, since when."""
        every, late, own, since = counts
        self.reported += own
        if state in IN_A_PROJECT:
            self.adopted += own
        if since is not None:
            self.waiting_since = min(self.waiting_since or since, since)
        if state in LIVING:
            cell = self.cells.setdefault(code, Cell(code))
            cell.living += every
            if state == NeedState.REPORTED:
                cell.waiting, cell.overdue = every, late


def needs_board(scope: Scope, at: datetime) -> list[BoardRow]:
    """The places of the scope that have needs, in the order of the division codes: communities within a county, else counties."""
    by = "region__county" if any(region.level < Level.COUNTY for region in scope.regions) else "region"
    own = Q(duplicate_of__isnull=True)
    # one group a state, and what they add up to is added up here: asked by many conditions, the database would weigh every row many times
    groups = list(
        Need.objects.filter(scope.within(), **{f"{by}__isnull": False})
        .order_by()
        .values_list(by, "field", "state")
        .annotate(
            every=Count("created_at"),
            late=Count("created_at", filter=Q(due_at__lt=at)),
            own=Count("created_at", filter=own),
            since=Min("created_at", filter=own & Q(state=NeedState.REPORTED)),
        )
    )
    places = Region.objects.select_related("town").only("code", "name", "level", "town__name")
    rows = {pk: BoardRow(place) for pk, place in places.in_bulk({pk for pk, *_ in groups}).items()}
    for pk, code, state, *counts in groups:
        rows[pk].count(code, state, tuple(counts))
    return sorted(rows.values(), key=lambda row: row.place.code)
