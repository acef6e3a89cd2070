"""A policy laid out to be read: its parts with their sources, and what follows from each article."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wushe.kernel.errors import PolicySource
from wushe.policies.queries import Article, Labelled, Origin, Policy

CHECKLISTS: "dict[str, Promise]" = {
    "registration_papers": _("Papers for the registration authority"),
    "project_review": _("Review of the project"),
    "supervision": _("Mid-term supervision"),
    "work_standard": _("Work standard of organisations that cannot register"),
}
RUBRICS: "dict[str, Promise]" = {"evaluation": _("Evaluation")}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the policy: its name, where it comes from, and its rows."""

    id: str
    name: "Promise | str"
    origin: Origin
    rows: Any


@dataclass(frozen=True, slots=True)
class Parts:
    """Every part that the packs of a policy give. The rows of checklists and of the others are pairs of item and article."""

    steps: Part | None
    checklists: tuple[Part, ...]
    others: tuple[Part, ...]
    rubrics: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Consequence:
    """Something that an article sets: what kind of thing, its name, and for numbers the value."""

    kind: "Promise | str"
    name: str
    source: PolicySource
    value: Any = None
    unit: str = ""
    operator: str = ""


def parts_of(policy: Policy) -> Parts:
    """The policy, part by part."""
    steps = Part("steps", _("Procedure"), policy.origin("steps"), policy.steps()) if policy.has("steps") else None
    others = (
        ("qualifications", _("Conditions for bidders"), policy.qualifications),
        ("criteria", _("Scoring criteria"), policy.criteria),
        ("tranches", _("Tranche plan"), policy.tranches),
        ("roles", _("The five societies"), policy.role_words),
    )
    return Parts(
        steps=steps,
        checklists=tuple(
            Part(name, CHECKLISTS.get(name, name), policy.origin("checklists", name), _cited(policy, policy.checklist(name)))
            for name in policy.names("checklists")
        ),
        others=tuple(
            Part(section, name, policy.origin(section), _cited(policy, items())) for section, name, items in others if policy.has(section)
        ),
        rubrics=tuple(
            Part(name, RUBRICS.get(name, name), policy.origin("rubrics", name), policy.rubric(name)) for name in policy.names("rubrics")
        ),
    )


def consequences(policy: Policy, source: PolicySource) -> list[Consequence]:
    """What the policy takes from an article."""
    every = (*_from_parts(parts_of(policy)), *_numbers(policy), *_code_lists(policy))
    return [found for found in every if (found.source.document, found.source.article) == (source.document, source.article)]


def _cited(policy: Policy, items: Iterable[Any]) -> tuple[tuple[Any, Article | None], ...]:
    return tuple((item, policy.article(item.article) if getattr(item, "article", "") else None) for item in items)


def _from_parts(parts: Parts) -> Iterator[Consequence]:
    for part in (*((parts.steps,) if parts.steps else ()), *parts.checklists, *parts.others, *parts.rubrics):
        yield Consequence(_("Part of the policy"), str(part.name), part.origin.source)
    for step in parts.steps.rows if parts.steps else ():
        yield Consequence(_("Step"), _shown(step), step.source)
    for part in (*parts.checklists, *parts.others):
        for item, article in part.rows:
            if article is not None:
                yield Consequence(part.name, _shown(item), article.source)


def _numbers(policy: Policy) -> Iterator[Consequence]:
    for value in policy.values():
        yield Consequence(_("Value"), _shown(value), value.source, value.value, value.unit)
    for target in policy.targets():
        operator = "" if target.unit == "yes_no" else target.operator
        yield Consequence(_("Target"), _shown(target), target.source, target.value, target.unit, operator)


def _code_lists(policy: Policy) -> Iterator[Consequence]:
    for name in policy.code_lists():
        yield Consequence(_("Code list"), " · ".join(map(_shown, policy.codes(name))), policy.origin("codes", name).source)


def _shown(item: Labelled) -> str:
    return item.label(get_language() or "")
