"""What certificates earn in a month. It is computed from postings, certificates and the policy each time, and never stored."""

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Prefetch, Q

from wushe.accounts.queries import Scope
from wushe.policies.queries import Policy, policy_for
from wushe.workforce.models import Certificate, Posting

RULES, CENT = "allowances", Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Allowance:
    """One line: in this post, with this level, on so many of the month's days; `monthly` is what a whole month earns."""

    posting: Posting
    level: str
    days: int
    days_of_month: int
    monthly: Decimal

    @property
    def amount(self) -> Decimal:
        """The share of the month, to the cent."""
        return (self.monthly * self.days / self.days_of_month).quantize(CENT, ROUND_HALF_UP)


def monthly_amounts(policy: Policy) -> Mapping[str, Decimal]:
    """What each level of certificate earns in a month; nothing where no policy says so."""
    if RULES not in policy.code_lists():
        return {}
    return {code.code: Decimal(code.extra["monthly"]) for code in policy.codes(RULES) if not code.retired}


def allowances_of(scope: Scope, first: date) -> list[Allowance]:
    """The lines of a month, by place: full-time posts of people who hold a certificate; each day counts with the highest level held on it."""
    days = monthrange(first.year, first.month)[1]
    after = first + timedelta(days=days)
    living = Certificate.objects.filter(void_reason="", issued_on__lt=after).order_by("-rank", "issued_on")
    postings = (
        Posting.objects.filter(scope.where("region", "body"), Q(until__isnull=True) | Q(until__gt=first), since__lt=after, full_time=True)
        .select_related("worker__region__town", "region__county", "region__town", "body")
        .prefetch_related(Prefetch("worker__certificates", living, to_attr="held"))
        .order_by("region__code", "worker__number", "since")
    )
    amounts: dict[int, Mapping[str, Decimal]] = {}
    lines = []
    for posting in postings:
        if posting.region_id not in amounts:
            amounts[posting.region_id] = monthly_amounts(policy_for(posting.region, first))
        held = _days_by_level(posting, first, after)
        rules = amounts[posting.region_id]
        lines += [Allowance(posting, level, number, days, rules[level]) for level, number in held.items() if level in rules]
    return lines


def _days_by_level(posting: Posting, first: date, after: date) -> Counter[str]:
    certificates: list[Certificate] = posting.worker.held  # type: ignore[attr-defined]  # prefetched above
    counted: Counter[str] = Counter()
    day, end = max(first, posting.since), min(after, posting.until or after)
    while day < end:
        best = next((each.level for each in certificates if each.issued_on <= day), None)
        if best is not None:
            counted[best] += 1
        day += timedelta(days=1)
    return counted
