"""Reads single entries of a pack into their terms."""

from collections.abc import Callable, Mapping
from typing import Any

from wushe.kernel.errors import PolicySource
from wushe.policies.queries.terms import Duty, Labelled, MaturityCriterion, MaturityStage, PolicyValue

Content = Mapping[str, Any]


def duty(item: Content, source: PolicySource) -> Duty:
    """A duty of a station."""
    evidence = item.get("evidence", {"zh": "", "en": ""})
    return Duty(
        code=item["code"],
        zh=item["zh"],
        en=item["en"],
        months=tuple(sorted(item["months"])),
        evidence=Labelled(zh=evidence["zh"], en=evidence["en"]),
        source=source,
    )


def maturity_stage(item: Content, source: PolicySource, require: Callable[[str], PolicyValue]) -> MaturityStage:
    """A stage of maturity with its criteria."""
    criteria = tuple(
        MaturityCriterion(
            code=each["code"],
            zh=each["zh"],
            en=each["en"],
            check=each["check"],
            wanted=require(each["value"]) if "value" in each else None,
        )
        for each in item["criteria"]
    )
    return MaturityStage(code=item["code"], zh=item["zh"], en=item["en"], criteria=criteria, source=source)
