"""Reads single entries of a pack into their terms."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from wushe.kernel.errors import PolicySource
from wushe.policies.queries.terms import (
    Article,
    Document,
    Duty,
    Labelled,
    MaturityCriterion,
    MaturityStage,
    PolicyValue,
    RubricItem,
    StandardItem,
)

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


def standard_item(item: Content, section: Content) -> StandardItem:
    """What a station has to have; an item without an article is of its section's."""
    return StandardItem(
        code=item["code"],
        kind=item["kind"],
        at_least=decimal(item["at_least"]) if "at_least" in item else None,
        at_least_for=item.get("at_least_for", ""),
        room=item.get("room", ""),
        function=item.get("function", ""),
        settlement=item.get("settlement", ""),
        article=item.get("article", section.get("article", "")),
        note=Labelled(**label(item["note"])) if "note" in item else None,
        **label(item),
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


def label(entry: Content) -> dict[str, str]:
    """The words of an entry in both languages."""
    return {"zh": entry["zh"], "en": entry["en"]}


def day(entry: Content, name: str) -> date | None:
    """A day of an entry, if it gives one."""
    return date.fromisoformat(entry[name]) if name in entry else None


def decimal(number: float | str) -> Decimal:
    """A number as it stands in the pack, without the error of binary fractions."""
    return Decimal(str(number))


def rubric_item(item: Content) -> RubricItem:
    """A line of a rubric."""
    guide = item.get("guide", {})
    return RubricItem(
        code=item["code"],
        max_points=decimal(item["max_points"]),
        kind=item["kind"],
        metric=item.get("metric", ""),
        guide=guide.get("zh", ""),
        guide_en=guide.get("en", ""),
        **label(item),
    )


def document(content: Content) -> Document:
    """A document with its articles."""
    title = label(content["title"])
    return Document(
        code=content["code"],
        number=content.get("number", ""),
        issuer=content.get("issuer", ""),
        issued_on=day(content, "issued_on"),
        articles=tuple(_articles(content, title)),
        **title,
    )


def _articles(content: Content, title: dict[str, str]) -> Iterator[Article]:
    for item in content["articles"]:
        yield Article(document=content["code"], number=item["number"], heading=item.get("title", ""), text=item["text"], **title)
