"""The tests beside a pack: what its author wants to be true of it, checked without a database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wushe.policies.errors import Problem
from wushe.policies.queries.policy import Policy
from wushe.policies.queries.terms import SCOPE_LEVELS, Target
from wushe.policies.rules import Source

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ExamplePlace:
    """A region as a test describes it."""

    code: str
    level: int
    settlement: str
    counts_for_coverage: bool
    is_artificial: bool = False
    marks: tuple[str, ...] = ()


def failures(stack: Sequence[Source], tests: Source) -> list[Problem]:
    """What the tests find wrong with the pack on top of the stack."""
    layers = tuple(source.content for source in stack)
    places = {name: _place(content) for name, content in tests.content.get("places", {}).items()}
    found = []
    for n, test in enumerate(tests.content["tests"]):
        policy = Policy(layers, date.fromisoformat(test.get("on", layers[0]["valid_from"])))
        found += [tests.problem(["tests", n], f"{test['name']}: {text}") for text in _run(policy, test, places)]
    return found


def _place(content: Content) -> ExamplePlace:
    level = SCOPE_LEVELS[content["level"]]
    return ExamplePlace(
        content["code"], level, content.get("settlement", ""), content.get("counted", True), marks=tuple(content.get("marks", ()))
    )


def _run(policy: Policy, test: Content, places: Mapping[str, ExamplePlace]) -> Iterator[str]:
    if "value" in test:
        return _value(policy, test)
    if "conditions" in test:
        return _conditions(policy, test)
    for section, entries in (("standard", policy.standard), ("duties", policy.duties), ("maturity", policy.maturity)):
        if section in test:
            return _entries(test[section], [entry.code for entry in entries(test[section])], test)
    return _codes(policy, test) if "codes" in test else _target(policy, test, places)


def _entries(name: str, codes: Sequence[str], test: Content) -> Iterator[str]:
    if len(codes) != test.get("count", len(codes)):
        yield f"{name} has {len(codes)} entries"
    missing = [code for code in test.get("holds", ()) if code not in codes]
    if missing:
        yield f"{name} does not hold {', '.join(missing)}"


def _value(policy: Policy, test: Content) -> Iterator[str]:
    found = policy.value(test["value"])
    if found is None:
        if test["is"] is not None:
            yield f"{test['value']} has no value on {policy.on}"
        return
    if found.value != test["is"]:
        yield f"{test['value']} is {found.value}, not {test['is']}"
    if found.is_default != test.get("default", found.is_default):
        yield f"{test['value']} is {'a default' if found.is_default else 'in the document'}"
    if found.source.article != test.get("cites", found.source.article):
        yield f"{test['value']} cites article {found.source.article or 'none'}"


def _codes(policy: Policy, test: Content) -> Iterator[str]:
    codes = {code.code for code in policy.codes(test["codes"])} if test["codes"] in policy.code_lists() else set()
    if len(codes) != test.get("count", len(codes)):
        yield f"{test['codes']} has {len(codes)} codes"
    missing = [code for code in test.get("holds", ()) if code not in codes]
    if missing:
        yield f"{test['codes']} does not hold {', '.join(missing)}"


def _conditions(policy: Policy, test: Content) -> Iterator[str]:
    found = {rule.code: rule for rule in policy.conditions(test["conditions"])} if test["conditions"] in policy.names("conditions") else {}
    if len(found) != test.get("count", len(found)):
        yield f"{test['conditions']} has {len(found)} conditions"
    missing = [code for code in test.get("holds", ()) if code not in found]
    if missing:
        yield f"{test['conditions']} does not hold {', '.join(missing)}"
    cited = {rule.source.article for rule in found.values()}
    if "cites" in test and test["cites"] not in cited:
        yield f"no condition of {test['conditions']} cites article {test['cites']}"


def _target(policy: Policy, test: Content, places: Mapping[str, ExamplePlace]) -> Iterator[str]:
    target = next((target for target in policy.targets() if target.id == test["target"]), None)
    if target is None:
        yield f"there is no target {test['target']}"
        return
    yield from _scope(target, test, places)
    for key, expected in (("met_by", True), ("missed_by", False)):
        for number in test.get(key, ()):
            if target.met_by(Decimal(str(number))) != expected:
                yield f"{number} {'does not meet' if expected else 'meets'} {target.operator} {target.value}"


def _scope(target: Target, test: Content, places: Mapping[str, ExamplePlace]) -> Iterator[str]:
    for key, expected in (("matches", True), ("spares", False)):
        for name in test.get(key, ()):
            if name not in places:
                yield f"the place {name} is not described under places"
            elif target.applies_to(places[name], places[name].marks) != expected:
                yield f"{name} is {'not ' if expected else ''}in its scope"
