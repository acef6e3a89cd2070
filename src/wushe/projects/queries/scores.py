"""The experts' points side by side, once nobody of the panel can change any more."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Avg

from wushe.projects.models import Bid, Expert, LostBid, Score, Tender
from wushe.projects.queries.computed import computed_points
from wushe.projects.queries.panel import seats_left
from wushe.projects.queries.tenders import living_award, scoring_panel, valid_bids


@dataclass(frozen=True, slots=True)
class Points:
    """What each expert gave one bid under one criterion, in the order of the panel, and the mean; nobody gives what is computed."""

    given: tuple[Decimal | None, ...]
    mean: Decimal


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A criterion as it was published, with the points of every bid."""

    criterion: dict[str, Any]
    bids: tuple[Points, ...]


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Criteria as rows, bids as columns, and in each cell the points of the experts."""

    experts: tuple[Expert, ...]
    bids: tuple[Bid, ...]
    rows: tuple[ScoreRow, ...]
    totals: tuple[Points, ...]


@dataclass(frozen=True, slots=True)
class OwnMark:
    """The mean that a bid had under one criterion."""

    criterion: dict[str, Any]
    mean: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a bidder is told of its own bid after the award."""

    place: int
    of: int
    total: Decimal
    marks: tuple[OwnMark, ...]
    won: bool
    reason: str


def score_table(tender: Tender, on: date) -> ScoreTable | None:
    """Everybody's points, for the county. None while an expert can still change some, or is still to be seated: who fills an empty
    seat must not know how the points lie.
    """
    experts = scoring_panel(tender)
    if not experts:
        return None
    if seats_left(tender, on) > 0 and living_award(tender) is None:
        return None
    bids = tuple(valid_bids(tender))
    points = {(s.bid_id, s.criterion, s.expert_id): s.points for s in Score.objects.filter(expert__in=experts, bid__in=bids)}
    computed = computed_points(tender, bids)

    def cell(bid: Bid, code: str) -> Points:
        if (bid.pk, code) in computed:
            return Points((), computed[bid.pk, code])
        return _points([points.get((bid.pk, code, expert.pk)) for expert in experts])

    def total(bid: Bid, expert: Expert) -> Decimal:
        codes = [row["code"] for row in tender.criteria]
        return sum((computed.get((bid.pk, code)) or points.get((bid.pk, code, expert.pk), Decimal(0)) for code in codes), Decimal(0))

    rows = tuple(ScoreRow(row, tuple(cell(bid, row["code"]) for bid in bids)) for row in tender.criteria)
    totals = tuple(_points([total(bid, expert) for expert in experts]) for bid in bids)
    return ScoreTable(tuple(experts), bids, rows, totals)


def criterion_means(tender: Tender) -> dict[tuple[int, str], Decimal]:
    """Points by (bid id, criterion): the means of the locked experts, and what is computed."""
    rows = (
        Score.objects.filter(expert__tender=tender, expert__locked_at__isnull=False).values("bid", "criterion").annotate(mean=Avg("points"))
    )
    return {(row["bid"], row["criterion"]): _rounded(row["mean"]) for row in rows} | computed_points(tender, valid_bids(tender))


def outcome_of(bid: Bid, tender: Tender) -> Outcome | None:
    """A bidder's own place, marks and reason; None before the award, and for a bid that was not ranked."""
    award = living_award(tender)
    row = next((row for row in award.ranking if row["bid"] == bid.number), None) if award else None
    if award is None or row is None:
        return None
    means = criterion_means(tender)
    lost = LostBid.objects.filter(award=award, bid=bid).first()
    return Outcome(
        place=row["place"],
        of=len(award.ranking),
        total=Decimal(row["total"]),
        marks=tuple(OwnMark(each, means.get((bid.pk, each["code"]), Decimal(0))) for each in tender.criteria),
        won=award.bid_id == bid.pk,
        # awards of before bidders had reasons of their own gave one for all
        reason=lost.reason if lost else award.reasons,
    )


def _points(given: list[Decimal | None]) -> Points:
    return Points(tuple(given), _rounded(sum((each for each in given if each is not None), Decimal(0)) / len(given)))


def _rounded(points: Decimal) -> Decimal:
    return points.quantize(Decimal("0.01"))
