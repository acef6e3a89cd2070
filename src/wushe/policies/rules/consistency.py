"""What a schema cannot say: sums, references, and codes that occur once."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from wushe.policies.errors import Problem
from wushe.policies.rules.reading import Source

Content = Mapping[str, Any]
Path = list[str | int]
Finding = tuple[Path, str]
HUNDRED = Decimal(100)
CHAPTERS = ("supervision", "breach")
STAGES = ("first_review", "town_decision", "county_acceptance")


def contradictions(source: Source, bases: Sequence[Content]) -> list[Problem]:
    """Every contradiction of a pack in itself or with the packs that it builds on."""
    content = source.content
    layers = [content, *bases]
    findings = (
        *_unknown_articles(content, layers),
        *_repeated(content),
        *_words_of_two(content),
        *_wrong_sums(content),
        *_unknown_values(content, layers),
        *_overlapping_values(content),
        *_unclear_authority(content),
        *_ungated_tranches(content),
        *_clauses_without_chapter(content),
        *_unknown_marks(content, layers),
    )
    return sorted((source.problem(path, text) for path, text in findings), key=lambda problem: problem.line)


def _lists(content: Content) -> Iterator[tuple[Path, Sequence[Content], str]]:
    for name, key in (("roles", "society"), ("steps", "code"), ("qualifications", "code"), ("criteria", "code"), ("tranches", "number")):
        if name in content:
            yield [name, "items"], content[name]["items"], key
    for name in ("codes", "checklists", "standards", "duties", "maturity", "conditions", "procedures"):
        for part, section in content.get(name, {}).items():
            yield [name, part, "items"], section["items"], "code"
    for part, rubric in content.get("rubrics", {}).items():
        yield ["rubrics", part, "sides"], rubric["sides"], "code"
        yield ["rubrics", part, "sides"], [item for side in rubric["sides"] for item in side["items"]], "code"
        yield ["rubrics", part, "grades"], rubric["grades"], "code"
    yield ["targets"], content.get("targets", ()), "id"
    yield ["documents"], content["documents"], "code"
    for n, document in enumerate(content["documents"]):
        yield ["documents", n, "articles"], document["articles"], "number"


def _repeated(content: Content) -> Iterator[Finding]:
    for path, items, key in _lists(content):
        for found, times in Counter(item[key] for item in items).items():
            if times > 1:
                yield path, f"{found} occurs {times} times"


def _words_of_two(content: Content) -> Iterator[Finding]:
    """A table brought from elsewhere names the entries of a list by these words."""
    for name, section in content.get("codes", {}).items():
        chosen = [item for item in section["items"] if not item.get("retired")]
        words = Counter(word.lower() for item in chosen for word in {item["zh"], item["en"], *item.get("extra", {}).get("also", ())})
        for word, times in words.items():
            if times > 1:
                yield ["codes", name, "items"], f"{word} names {times} entries"


def _references(node: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "article":
                yield [*path, key], value
            else:
                yield from _references(value, [*path, key])
    elif isinstance(node, list):
        for n, value in enumerate(node):
            yield from _references(value, [*path, n])


def _unknown_articles(content: Content, layers: Sequence[Content]) -> Iterator[Finding]:
    known: set[str] = set()
    for layer in layers:
        for document in layer["documents"]:
            numbers = {article["number"] for article in document["articles"]}
            known |= numbers | {f"{document['code']}#{number}" for number in numbers}
    for path, reference in _references(content, []):
        if reference not in known:
            yield path, f"no document here or below has an article {reference}"


def _sum(items: Sequence[Content], key: str) -> Decimal:
    return sum((Decimal(str(item.get(key, 0))) for item in items), Decimal(0))


def _wrong_sums(content: Content) -> Iterator[Finding]:
    sums: list[tuple[Path, Decimal]] = []
    if "criteria" in content:
        sums.append((["criteria", "items"], _sum(content["criteria"]["items"], "max_points")))
    if "tranches" in content:
        sums.append((["tranches", "items"], _sum(content["tranches"]["items"], "percent")))
    for name, checklist in content.get("checklists", {}).items():
        if any("points" in item for item in checklist["items"]):
            sums.append((["checklists", name, "items"], _sum(checklist["items"], "points")))
    for name, rubric in content.get("rubrics", {}).items():
        items = [item for side in rubric["sides"] for item in side["items"] if item["kind"] not in {"deduct", "bonus"}]
        sums.append((["rubrics", name, "sides"], _sum(items, "max_points")))
        yield from _ratios_without_metric(["rubrics", name, "sides"], items)
    for path, total in sums:
        if total != HUNDRED:
            yield path, f"the points or percents sum to {total}, not to 100"


def _ungated_tranches(content: Content) -> Iterator[Finding]:
    if "tranches" in content and content["tranches"]["items"][-1]["trigger"] != "final_pass":
        yield ["tranches", "items"], "the last tranche is paid after acceptance: its trigger is final_pass"


def _clauses_without_chapter(content: Content) -> Iterator[Finding]:
    for n, item in enumerate(content.get("codes", {}).get("agreement_clauses", {}).get("items", ())):
        if item.get("extra", {}).get("chapter") not in CHAPTERS:
            yield ["codes", "agreement_clauses", "items", n], f"a clause of the agreement has extra.chapter: {' or '.join(CHAPTERS)}"


def _ratios_without_metric(path: Path, items: Sequence[Content]) -> Iterator[Finding]:
    for item in items:
        if (item["kind"] == "ratio") != ("metric" in item):
            yield path, f"{item['code']}: an item has a metric exactly if it is a ratio"


def _unknown_values(content: Content, layers: Sequence[Content]) -> Iterator[Finding]:
    known = {entry["key"] for layer in layers for entry in layer.get("values", ())}
    for section, key in (("steps", "clock"), ("qualifications", "value")):
        for n, item in enumerate(content.get(section, {}).get("items", ())):
            if key in item and item[key] not in known:
                yield [section, "items", n, key], f"no value {item[key]} here or below"
    for section, key in (("conditions", "value"), ("procedures", "clock")):
        for part, rules in content.get(section, {}).items():
            for n, item in enumerate(rules["items"]):
                if key in item and item[key] not in known:
                    yield [section, part, "items", n, key], f"no value {item[key]} here or below"
    yield from _unknown_values_of_stages(content, known)
    for name in content.get("rubrics", {}):
        if f"{name}.pass_mark" not in known:
            yield ["rubrics", name], f"no value {name}.pass_mark here or below"


def _unknown_values_of_stages(content: Content, known: Collection[str]) -> Iterator[Finding]:
    for part, stages in content.get("maturity", {}).items():
        for n, stage in enumerate(stages["items"]):
            for m, each in enumerate(stage["criteria"]):
                if "value" in each and each["value"] not in known:
                    yield ["maturity", part, "items", n, "criteria", m, "value"], f"no value {each['value']} here or below"


def _overlapping_values(content: Content) -> Iterator[Finding]:
    ends: dict[str, str] = {}
    for n, entry in sorted(enumerate(content.get("values", ())), key=lambda pair: (pair[1]["key"], pair[1].get("valid_from", ""))):
        key = entry["key"]
        if key in ends and entry.get("valid_from", "") < ends[key]:
            yield ["values", n], f"{key} has two values on one day"
        ends[key] = entry.get("valid_until", "9999-12-31")


def _unknown_marks(content: Content, layers: Sequence[Content]) -> Iterator[Finding]:
    """A target that means places by a mark that no list has would mean none."""
    known = {item["code"] for layer in layers for item in layer.get("codes", {}).get("place_marks", {"items": ()})["items"]}
    for n, target in enumerate(content.get("targets", ())):
        mark = target["scope"].get("marked", "")
        if mark and mark not in known:
            yield ["targets", n, "scope", "marked"], f"no code {mark} in a list place_marks here or below"


def _unclear_authority(content: Content) -> Iterator[Finding]:
    for name, procedure in content.get("procedures", {}).items():
        path: Path = ["procedures", name, "items"]
        codes = [item["code"] for item in procedure["items"]]
        final = [item["code"] for item in procedure["items"] if item.get("final")]
        if len(final) != 1 or final == ["first_review"]:
            yield path, "exactly one step after the first review is final: true"
        if "town_decision" not in codes:
            yield path, "a procedure has the step town_decision"
        if codes != sorted(codes, key=STAGES.index):
            yield path, f"the steps come in this order: {', '.join(STAGES)}"
