"""Points that follow from what was published and are nobody's to give. They are never stored: which bids count may still change."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from wushe.projects.models import Bid, Tender
from wushe.projects.rules import lowest_price

FORMULAS = {"lowest_price": lowest_price}


def given_criteria(tender: Tender) -> list[dict[str, Any]]:
    """The criteria under which the experts give points. Tenders of before formulas have no others."""
    return [row for row in tender.criteria if not row.get("formula")]


def computed_points(tender: Tender, bids: Iterable[Bid]) -> dict[tuple[int, str], Decimal]:
    """Points by (bid id, criterion) under the criteria that have a formula; `bids` are those that count."""
    prices = {bid.pk: bid.price for bid in bids if bid.price is not None}
    return {
        (bid, row["code"]): points
        for row in tender.criteria
        if row.get("formula")
        for bid, points in FORMULAS[row["formula"]](prices, Decimal(row["max_points"])).items()
    }
