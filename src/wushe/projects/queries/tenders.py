from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, QuerySet, Sum

from wushe.kernel.clock import local_date
from wushe.kernel.errors import PolicySource
from wushe.policies.queries import Code, Policy, policy_for
from wushe.projects.models import Award, Bid, Expert, Project, Score, Tender, TenderDocument
from wushe.projects.queries.computed import computed_points


@dataclass(frozen=True, slots=True)
class Ranked:
    """One bid's place: the mean of the experts' totals, with the points that are computed."""

    place: int
    bid: Bid
    price: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class BidCount:
    """The bids that count and the number below which a tender fails."""

    valid: int
    required: int
    source: PolicySource

    @property
    def is_enough(self) -> bool:
        """Whether the tender can go on."""
        return self.valid >= self.required


@dataclass(frozen=True, slots=True)
class Contest:
    """The tender that counts, the award that counts, and whether there are papers of the notice and disqualified bids to read."""

    tender: Tender
    award: Award | None
    has_papers: bool
    has_disqualified: bool


def bidder_terms(policy: Policy) -> dict[str, Any]:
    """What the register has to show of an agency here before it may bid; a party organisation only where the policy asks for one."""
    return {
        "minimum_professionals": int(policy.require("agency.minimum_professionals").value),
        "party_organisation": any(condition.check == "party_organisation" for condition in policy.qualifications()),
    }


def living_tender(project: Project) -> Tender | None:
    """The tender that counts: published and not cancelled."""
    return project.tenders.filter(cancelled_at__isnull=True).first()


def contest_of(project: Project) -> Contest | None:
    """What came of the living tender, in one statement; None without a tender."""
    around = {
        "counted": FilteredRelation("awards", condition=Q(awards__withdrawn_at__isnull=True)),
        "has_papers": Exists(TenderDocument.objects.filter(tender=OuterRef("pk"))),
        "has_disqualified": Exists(Bid.objects.filter(tender=OuterRef("pk"), disqualified_at__isnull=False)),
    }
    tenders: Any = project.tenders.filter(cancelled_at__isnull=True).annotate(**around)
    found = tenders.select_related("counted__bid__agency").first()
    return None if found is None else Contest(found, getattr(found, "counted", None), found.has_papers, found.has_disqualified)


def published_tenders() -> QuerySet[Tender]:
    """Every tender that was ever published, newest first, with the number of living bids (never whose)."""
    living = Count("bids", filter=Q(bids__withdrawn_at__isnull=True))
    return (
        Tender.objects.select_related("project", "project__region", "project__region__town")
        .annotate(bid_count=living)
        .order_by("-published_at")
    )


def bids_of(tender: Tender) -> QuerySet[Bid]:
    """The living bids of a tender. Their content is empty until they are opened."""
    return tender.bids.filter(withdrawn_at__isnull=True).select_related("agency", "agency__body").order_by("number")


def valid_bids(tender: Tender) -> QuerySet[Bid]:
    """The bids that count: living, and not disqualified after the opening."""
    return bids_of(tender).filter(disqualified_at__isnull=True)


def policy_of(tender: Tender) -> Policy:
    """The policy of the day of publication: a tender runs to its end under what it was published with, whatever pack comes after."""
    return policy_for(tender.project.region, local_date(tender.published_at))


def method_of(tender: Tender) -> Code | None:
    """How the tender was published, in the words of that day; also when nobody may choose the method any more."""
    return next((method for method in policy_of(tender).codes("tender_methods") if method.code == tender.method), None)


def bid_count(tender: Tender) -> BidCount:
    """How many bids count, beside how many the law asks for; a method that invites fewer asks for no more than it invites."""
    fewest = policy_of(tender).require("tender.minimum_qualified_bids")
    method = method_of(tender)
    required = min(int(fewest.value), int(method.extra.get("invite_minimum", fewest.value) if method else fewest.value))
    return BidCount(valid_bids(tender).count(), required, fewest.source)


def experts_of(tender: Tender) -> QuerySet[Expert]:
    """The panel of a tender."""
    return tender.experts.select_related("user").order_by("pk")


def papers_of(tender: Tender) -> QuerySet[TenderDocument]:
    """What was published with the notice, in the order of publication."""
    return tender.documents.select_related("file").order_by("pk")


def living_award(tender: Tender) -> Award | None:
    """The award that counts."""
    return tender.awards.filter(withdrawn_at__isnull=True).select_related("bid__agency").first()


def scoring_panel(tender: Tender) -> list[Expert]:
    """Those whose points count, once all of them have locked theirs. Nobody while one of them can still change some."""
    panel = list(tender.experts.seated().select_related("user").order_by("pk"))
    return panel if all(expert.locked_at is not None for expert in panel) else []


def ranking(tender: Tender) -> list[Ranked]:
    """The bids by the mean of the experts' totals; equal totals are sums by price, then by time of submission. None before all have locked."""
    panel = scoring_panel(tender)
    if not panel:
        return []
    sums = Score.objects.filter(expert__in=panel).values("bid").annotate(points=Sum("points"))
    totals = {row["bid"]: (row["points"] / len(panel)).quantize(Decimal("0.01")) for row in sums}
    bids = list(valid_bids(tender))
    for (bid_id, _criterion), points in computed_points(tender, bids).items():
        totals[bid_id] = totals.get(bid_id, Decimal("0.00")) + points
    ranked = [(totals.get(bid.pk, Decimal("0.00")), bid.price, bid) for bid in bids if bid.price is not None]
    ranked.sort(key=lambda row: (-row[0], row[1], row[2].submitted_at))
    return [Ranked(place, bid, price, total) for place, (total, price, bid) in enumerate(ranked, start=1)]
