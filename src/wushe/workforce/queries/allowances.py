"""What certificates earn in a month. It is computed from postings, certificates and the policy each time, and never stored."""

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Prefetch, Q

from wushe.accounts.queries import Scope
from wushe.policies.queries import Origin, Policy, policies_for
from wushe.workforce.models import Certificate, Posting

RULES, CENT, DAY = "allowances", Decimal("0.01"), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AllowanceRule:
    """What one level of certificate earns in a month, in which positions; none named: in all."""

    level: str
    monthly: Decimal
    positions: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Allowance:
    """One line: in this post, by this rule, on so many of the month's days."""

    posting: Posting
    rule: AllowanceRule
    days: int
    days_of_month: int

    @property
    def amount(self) -> Decimal:
        """The share of the month, to the cent."""
        return (self.rule.monthly * self.days / self.days_of_month).quantize(CENT, ROUND_HALF_UP)


def allowance_rules(policy: Policy) -> Mapping[str, AllowanceRule]:
    """What each level of certificate earns; nothing where no policy says so."""
    if RULES not in policy.code_lists():
        return {}
    origin = policy.origin("codes", RULES)
    return {
        code.code: AllowanceRule(code.code, Decimal(code.extra["monthly"]), tuple(code.extra.get("positions", ())), origin)
        for code in policy.codes(RULES)
        if not code.retired
    }


def allowances_of(scope: Scope, first: date, on: date) -> list[Allowance]:
    """The lines of a month up to the day, by place: full-time posts of people who hold a certificate; each day counts with the highest
    level held on it. The policy is that of the place of the post on the first of the month.
    """
    days = monthrange(first.year, first.month)[1]
    after = min(first + timedelta(days=days), on + DAY)
    living = Certificate.objects.filter(void_reason="", issued_on__lt=after).order_by("-rank", "issued_on")
    postings = list(
        Posting.objects.filter(scope.where("region", "body"), Q(until__isnull=True) | Q(until__gt=first), since__lt=after, full_time=True)
        .select_related("worker__region__town", "region__county", "region__town", "body")
        .prefetch_related(Prefetch("worker__certificates", living, to_attr="held"))
        .order_by("region__code", "worker__number", "since")
    )
    policies = policies_for({posting.region_id: posting.region for posting in postings}.values(), first)
    rules = {pk: allowance_rules(policy) for pk, policy in policies.items()}
    lines = []
    for posting in postings:
        for level, counted in _days_by_level(posting, first, after).items():
            rule = rules[posting.region_id].get(level)
            if rule is not None and (not rule.positions or posting.position in rule.positions):
                lines.append(Allowance(posting, rule, counted, days))
    return lines


def _days_by_level(posting: Posting, first: date, after: date) -> Counter[str]:
    certificates: list[Certificate] = posting.worker.held  # type: ignore[attr-defined]  # prefetched above
    counted: Counter[str] = Counter()
    day, end = max(first, posting.since), min(after, posting.until or after)
    while certificates and day < end:
        best = next((each.level for each in certificates if each.issued_on <= day), None)
        if best is not None:
            counted[best] += 1
        day += DAY
    return counted
