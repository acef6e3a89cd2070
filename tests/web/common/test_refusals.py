"""Every refusal of every app has a sentence in both languages that says why and what to do, with its data filled in."""

import re
from dataclasses import fields
from datetime import UTC, date, datetime, time
from decimal import Decimal
from importlib import import_module
from itertools import product
from typing import Any, get_type_hints

import pytest
from django.utils.translation import override

from tests.architecture.source import PACKAGE
from wushe.kernel.errors import DomainError, PolicySource
from wushe.organisations.queries import Condition
from wushe.policies.errors import Problem
from wushe.policies.queries import Condition as PackCondition
from wushe.policies.queries import Labelled, PolicyValue
from wushe.projects.errors import AgencyNotQualified, DesignIncomplete
from wushe.projects.models import Trigger
from wushe.web.common import words
from wushe.web.common.refusals import organisations, oversight, projects, sentence, sentences, services

SOURCE = PolicySource("试点方案", "二(三)")
WANTED = PolicyValue(
    zh="成员", en="Members", key="filing.minimum_members", value=5, unit="persons", source=SOURCE, is_default=False, note=None
)
CONDITIONS = (
    PackCondition(zh="成员达到规定人数", en="Enough members", code="members", check="members", wanted=WANTED, source=SOURCE),
    PackCondition(zh="有章程", en="Has a charter", code="charter", check="charter", wanted=None, source=SOURCE),
)
SAMPLES: dict[Any, list[Any]] = {
    int: [3],
    str: ["甲"],
    bool: [True, False],
    Decimal: [Decimal("12.50")],
    date: [date(2026, 3, 2)],
    datetime: [datetime(2026, 3, 2, 9, tzinfo=UTC)],
    tuple[str, ...]: [("甲", "乙")],
    tuple[Problem, ...]: [(Problem("pack.yaml", 3, "title is missing"),)],
    PolicySource: [PolicySource("政府采购法", "35"), PolicySource("试点方案", "三(一)1"), PolicySource("平台默认", "")],
    PolicySource | None: [None, SOURCE],
    tuple[int, ...]: [(1, 3)],
    tuple[Labelled, ...]: [(Labelled(zh="章程", en="Charter"), Labelled(zh="住所证明", en="Proof of the premises"))],
    tuple[PackCondition, ...]: [(), CONDITIONS],
    date | None: [None, date(2026, 5, 1)],
    tuple[tuple[time, time], ...]: [(), ((time(9, 30), time(12)),)],
}
CODES: dict[tuple[str, str], list[Any]] = {
    ("ApprovedWithComments", "parts"): [("budget_lines", "goals")],
    ("DesignIncomplete", "missing"): [tuple(projects.PARTS)],
    ("AgencyNotQualified", "missing"): [tuple(str(condition) for condition in Condition)],
    ("PartNotPositive", "part"): ["budget_lines", "indicators"],
    ("ExpertNotEligible", "reason"): list(projects.REASONS),
    ("EvaluatorNotIndependent", "reason"): list(oversight.REASONS),
    ("TrancheNotFree", "trigger"): list(Trigger.values),
    ("TrancheNotFree", "reason"): ["", "supervision-990326-2026-000001"],
    ("PanelNotDone", "waiting"): [(), ("李明",)],
    ("AlreadySigned", "side"): list(projects.SIDES),
    ("WorkerMismatch", "reason"): list(services.REASONS),
    ("DatesOutOfOrder", "first"): list(organisations.DAYS),
    ("DatesOutOfOrder", "second"): list(organisations.DAYS),
    ("DayInFuture", "name"): list(organisations.DAYS),
}


def refusals() -> list[type[DomainError]]:
    names = [f"wushe.{path.parent.name}.errors" for path in sorted(PACKAGE.glob("*/errors*"))]
    found = [kind for name in names for kind in vars(import_module(name)).values() if isinstance(kind, type) and _is_of(kind, name)]
    return [kind for kind in found if issubclass(kind, DomainError) and kind is not DomainError]


def _is_of(kind: type, module: str) -> bool:
    return kind.__module__ == module or kind.__module__.startswith(f"{module}.")


def examples(kind: type[DomainError]) -> list[DomainError]:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    values = [CODES.get((kind.__name__, name)) or SAMPLES[hints[name]] for name in names]
    return [kind(**dict(zip(names, row, strict=True))) for row in product(*values)]


def test_refusals_and_sentences_are_the_same():
    declared = set(refusals())
    assert sorted(kind.__name__ for kind in declared - set(sentences())) == []
    assert sorted(kind.__name__ for kind in set(sentences()) - declared) == []


def test_every_refusal_is_one_that_the_code_can_give():
    elsewhere = [path for path in PACKAGE.rglob("*.py") if path.name != "errors.py" and path.parent.name not in {"errors", "refusals"}]
    named = {word for path in elsewhere for word in re.findall(r"[A-Z]\w+", path.read_text())}
    assert sorted(kind.__name__ for kind in refusals() if kind.__name__ not in named) == []


def test_every_sample_belongs_to_a_refusal():
    hints = {(kind.__name__, name): hint for kind in refusals() for name, hint in get_type_hints(kind).items()}
    assert set(CODES) - set(hints) == set()
    assert set(SAMPLES) - set(hints.values()) == set()


@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: kind.__name__)
def test_a_refusal_says_what_to_do_in_both_languages(kind):
    for error in examples(kind):
        with override("en"):
            english = sentence(error)
        with override("zh-hans"):
            chinese = sentence(error)
        assert english.endswith(".")
        assert chinese.endswith("。")
        assert "%" + "(" not in english + chinese


def test_every_code_of_a_refusal_has_its_words():
    assert {str(condition) for condition in Condition} == set(projects.CONDITIONS)
    assert set(Trigger.values) == set(projects.TRIGGERS)
    with override("zh-hans"):
        assert (
            sentence(AgencyNotQualified(missing=("is_registered",)))
            == "机构不符合投标条件：没有依法登记。请到县级总站更正机构信息后再投标。"
        )
        assert sentence(DesignIncomplete(missing=("needs", "title"))) == "项目方案还缺：居民需求、项目名称。请补齐后再提交。"


def test_a_paper_is_cited_in_the_language_of_the_page():
    paper, default = (
        PolicySource("政府采购法", "52", document_en="Procurement Law"),
        PolicySource("平台默认", "", document_en="Platform default"),
    )
    with override("en"):
        assert [words.source(each) for each in (paper, default)] == ["Procurement Law, article 52", "Platform default"]
    with override("zh-hans"):
        assert [words.source(each) for each in (paper, default)] == ["《政府采购法》第 52 条", "平台默认"]
