from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from wushe.policies.queries import Condition


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an organisation when a condition is checked; None: not known."""

    members: int | None = None
    sponsors: int | None = None
    head: bool = False
    charter: bool = False
    premises: str = ""
    funds: Decimal | None = None
    staff: int | None = None
    accountant: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition: met, missing, or (None) to be shown on paper; with what was found where there is something to count."""

    rule: Condition
    met: bool | None
    found: Decimal | int | None = None


def findings(rules: Iterable[Condition], standing: Standing) -> tuple[Finding, ...]:
    """Every condition with what the register says of it."""
    return tuple(_finding(rule, standing) for rule in rules)


def missing(found: Iterable[Finding]) -> tuple[Condition, ...]:
    """The conditions that the register shows not to be met."""
    return tuple(finding.rule for finding in found if finding.met is False)


def _finding(rule: Condition, standing: Standing) -> Finding:
    if rule.check == "declared":
        return Finding(rule, met=None)
    value = getattr(standing, rule.check)
    if rule.wanted is None:
        return Finding(rule, met=bool(value))
    return Finding(rule, met=value is not None and value >= rule.wanted.value, found=value)
