from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from wushe.policies.queries import Condition

# where the register keeps a yes or no that a check asks for; empty while nobody knows
ANSWERS = {"charter": "has_charter", "head": "has_head"}
APPLIED_WITH = frozenset({"sponsors", "charter_file", "roster_file"})
NUMBERS = frozenset({"members", "funds", "staff"})
NOBODY = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an organisation when a condition is checked; None: not known, unlike an empty text, which says that there is none. What comes with an
    application only is not known without one.
    `months`: since it is at work; None while it is a group or preparing.
    """

    members: int | None = None
    sponsors: int | None = None
    head: bool | None = None
    charter: bool | None = None
    premises: str | None = None
    funds: Decimal | None = None
    staff: int | None = None
    accountant: str | None = None
    public_benefit: bool = False
    months: int | None = None
    charter_file: bool | None = None
    roster_file: bool | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition: met, missing, or (None) to be shown on paper; with what was found where there is something to count.
    Not `known`: it is missing because nothing is on record.
    """

    rule: Condition
    met: bool | None
    found: Decimal | int | None = None
    known: bool = True


def findings(rules: Iterable[Condition], standing: Standing) -> tuple[Finding, ...]:
    """Every condition with what the register says of it."""
    return tuple(_finding(rule, standing) for rule in rules)


def missing(found: Iterable[Finding]) -> tuple[Condition, ...]:
    """The conditions that the register shows not to be met."""
    return tuple(finding.rule for finding in found if finding.met is False)


def meets(rules: Iterable[Condition], on: date) -> Q:
    """The organisations of the register of which nothing is `missing` on the day, for the database."""
    return reduce(and_, (_met(rule, on) for rule in rules), Q())


def fails(rules: Iterable[Condition], on: date) -> Q:
    """The organisations of the register of which it is known that something is missing on the day, for the database."""
    return reduce(or_, (_failed(rule, on) for rule in rules), NOBODY)


def _met(rule: Condition, on: date) -> Q:
    if rule.check == "accountant":
        return ~Q(accountant_certificate="") & (Q(accountant_until__isnull=True) | Q(accountant_until__gte=on))
    if rule.check in NUMBERS:
        return Q(**{f"{rule.check}__gte": rule.wanted.value}) if rule.wanted is not None else Q(**{f"{rule.check}__gt": 0})
    if rule.check == "premises":
        return ~Q(premises="")
    return Q(**{ANSWERS[rule.check]: True}) if rule.check in ANSWERS else Q()


def _failed(rule: Condition, on: date) -> Q:
    if rule.check == "accountant":
        return ~Q(accountant_certificate="") & Q(accountant_until__lt=on)
    if rule.check in NUMBERS:
        return Q(**{f"{rule.check}__lt": rule.wanted.value}) if rule.wanted is not None else Q(**{rule.check: 0})
    return Q(**{ANSWERS[rule.check]: False}) if rule.check in ANSWERS else NOBODY


def _finding(rule: Condition, standing: Standing) -> Finding:
    if rule.check == "declared" or (rule.check in APPLIED_WITH and getattr(standing, rule.check) is None):
        return Finding(rule, met=None)
    if rule.check == "early":
        young = rule.wanted is not None and standing.months is not None and standing.months <= rule.wanted.value
        return Finding(rule, met=standing.months is None or young, found=standing.months)
    value = getattr(standing, rule.check)
    if rule.wanted is None:
        return Finding(rule, met=bool(value), known=value is not None)
    return Finding(rule, met=value is not None and value >= rule.wanted.value, found=value, known=value is not None)
