import pytest

from wushe.policies.errors import PackInvalid
from wushe.policies.rules import contradictions, read_folder, read_text

PACK = """\
format: 1
code: here-2024
version: "1.0.0"
title: {zh: 本地政策, en: Local policy}
valid_from: 2024-01-01
documents:
  - code: paper
    title: {zh: 文件, en: Paper}
    articles:
      - {number: "一", text: 每个社区不少于五个。}
"""


def read(more: str = "", text: str = PACK):
    return read_text(text + more, "pack.yaml")


def problems(more: str = "", text: str = PACK) -> list[str]:
    with pytest.raises(PackInvalid) as refused:
        read(more, text)
    return [str(problem) for problem in refused.value.problems]


def contradicted(more: str) -> list[str]:
    return [str(problem) for problem in contradictions(read(more), [])]


def test_a_sound_pack_is_read_as_plain_content():
    assert read().content["valid_from"] == "2024-01-01"


def test_comments_and_the_order_of_keys_do_not_change_the_digest():
    lines = PACK.splitlines(keepends=True)
    assert read(text="# a remark\n" + "".join([lines[1], lines[0], *lines[2:]])).digest == read().digest


def test_a_missing_key_is_named_with_its_line():
    assert problems(text=PACK.replace("title: {zh: 文件, en: Paper}", "title: {zh: 文件}")) == [
        "pack.yaml:8: documents.0.title: en is missing"
    ]


def test_an_unknown_key_is_named_with_those_that_are_known():
    (problem,) = problems("rules: []\n")
    assert problem.startswith("pack.yaml:1: the pack: rules is not known here; known are format, code, version, title")


def test_a_wrong_type_says_what_it_should_be():
    assert problems(text=PACK.replace("documents:", "base: cn-law\ndocuments:")) == ["pack.yaml:6: base: 'cn-law' should be a list"]


def test_a_value_needs_an_article_or_says_that_it_is_a_default():
    assert problems("values:\n  - {key: review.days, zh: 审核, en: Review, value: 5, unit: days}\n") == [
        "pack.yaml:12: values.0: give `article`, or `default: true` with a `note` that says why"
    ]


def test_a_value_from_a_closed_list_is_held_to_it():
    (problem,) = problems(
        "tranches:\n  article: 一\n  items:\n    - {number: 1, percent: 100, trigger: later, zh: 一次付清, en: At once}\n"
    )
    assert problem == "pack.yaml:14: tranches.items.0.trigger: 'later' is not one of signed, midterm_pass, final_pass"


def test_a_key_written_twice_is_refused_on_its_line():
    (problem,) = problems("code: again\n")
    assert problem.startswith("pack.yaml:11: ")


def test_text_that_is_no_yaml_is_refused_on_its_line():
    (problem,) = problems("values: [\n")
    assert problem.startswith("pack.yaml:1")


def test_text_that_is_no_mapping_is_refused():
    assert problems(text="- 1\n") == ["pack.yaml:1: the pack: [1] should be a mapping"]


def test_a_folder_without_a_pack_is_refused(tmp_path):
    with pytest.raises(PackInvalid) as refused:
        read_folder(tmp_path)
    assert refused.value.problems[0].text == "there is no pack here"


def test_a_base_that_is_not_there_is_refused_where_it_is_named(tmp_path):
    folder = tmp_path / "here-2024"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK + "base: [nowhere]\n", encoding="utf-8")
    with pytest.raises(PackInvalid) as refused:
        read_folder(folder)
    assert refused.value.problems[0].line == 11


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            "codes:\n  fields:\n    article: 二\n    items: [{code: a, zh: 甲, en: A}]\n",
            "pack.yaml:13: no document here or below has an article 二",
        ),
        (
            "codes:\n  fields:\n    article: 一\n    items: [{code: a, zh: 甲, en: A}, {code: a, zh: 乙, en: B}]\n",
            "pack.yaml:14: a occurs 2 times",
        ),
        (
            "codes:\n  fields:\n    article: 一\n    items: [{code: a, zh: 甲, en: A, extra: {also: [乙]}}, {code: b, zh: 乙, en: B}]\n",
            "pack.yaml:14: 乙 names 2 entries",
        ),
        (
            "tranches:\n  article: 一\n  items:\n    - {number: 1, percent: 40, trigger: final_pass, zh: 一, en: One}\n",
            "pack.yaml:13: the points or percents sum to 40, not to 100",
        ),
        (
            "tranches:\n  article: 一\n  items:\n    - {number: 1, percent: 100, trigger: signed, zh: 一, en: One}\n",
            "pack.yaml:13: the last tranche is paid after acceptance: its trigger is final_pass",
        ),
        (
            "criteria:\n  article: 一\n  items:\n    - {code: a, zh: 甲, en: A, max_points: 99.5, text: {zh: 甲, en: A}}\n",
            "pack.yaml:13: the points or percents sum to 99.5, not to 100",
        ),
        (
            "checklists:\n  supervision:\n    article: 一\n    items: [{code: a, zh: 甲, en: A, points: 10}]\n",
            "pack.yaml:14: the points or percents sum to 10, not to 100",
        ),
        (
            "conditions:\n  filing:\n    article: 一\n    items: [{code: a, zh: 甲, en: A, check: members, value: no.such}]\n",
            "pack.yaml:14: no value no.such here or below",
        ),
        (
            "qualifications:\n  article: 一\n  items:\n    - {code: a, zh: 甲, en: A, check: professionals, value: none.such}\n",
            "pack.yaml:14: no value none.such here or below",
        ),
        (
            (
                "values:\n"
                "  - {key: a.b, zh: 甲, en: A, value: 1, unit: days, article: 一, valid_until: 2025-01-02}\n"
                "  - {key: a.b, zh: 甲, en: A, value: 2, unit: days, article: 一, valid_from: 2025-01-01}\n"
            ),
            "pack.yaml:13: a.b has two values on one day",
        ),
    ],
    ids=["article", "twice", "words", "tranches", "ungated", "criteria", "checklist", "condition", "value", "dates"],
)
def test_a_contradiction_is_named_with_its_line(more, expected):
    assert contradicted(more) == [expected]


def test_a_rubric_sums_to_a_hundred_without_what_is_taken_off_or_added():
    rubric = """\
rubrics:
  evaluation:
    article: 一
    grades: [{code: passed, zh: 合格, en: Passed, from: 0}]
    sides:
      - code: effect
        zh: 成效
        en: Effect
        items:
          - {code: a, zh: 甲, en: A, max_points: 100, kind: sum}
          - {code: b, zh: 乙, en: B, max_points: 5, kind: bonus}
          - {code: c, zh: 丙, en: C, max_points: 5, kind: deduct}
values:
  - {key: evaluation.pass_mark, zh: 合格线, en: Pass mark, value: 60, unit: points, article: 一}
"""
    assert contradicted(rubric) == []
    assert contradicted(rubric.replace("kind: sum", "kind: ratio")) == ["pack.yaml:15: a: an item has a metric exactly if it is a ratio"]
    assert contradicted(rubric.replace("key: evaluation", "key: other")) == ["pack.yaml:12: no value evaluation.pass_mark here or below"]


def test_a_line_is_that_of_the_nearest_part_that_is_there():
    source = read()
    assert (source.line(["documents", 0, "articles", 0, "number"]), source.line(["documents", 0, "nothing", 3])) == (10, 7)


STAGE = "{{code: {}, zh: 甲, en: A, actor: {{zh: 甲, en: A}}, clock: review.days{}}}"
CLOCK = "values:\n  - {key: review.days, zh: 甲, en: A, value: 5, unit: days, article: 一}\n"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((("first_review", ""), ("town_decision", ", final: true")), []),
        ((("first_review", ""), ("town_decision", "")), ["exactly one step after the first review is final: true"]),
        ((("first_review", ", final: true"), ("town_decision", "")), ["exactly one step after the first review is final: true"]),
        ((("town_decision", ", final: true"),), []),
        ((("town_decision", ""), ("county_acceptance", ", final: true")), []),
        ((("first_review", ""), ("county_acceptance", ", final: true")), ["a procedure has the step town_decision"]),
        (
            (("town_decision", ", final: true"), ("first_review", "")),
            ["the steps come in this order: first_review, town_decision, county_acceptance"],
        ),
    ],
)
def test_a_procedure_says_who_has_the_last_word(steps, expected):
    items = ", ".join(STAGE.format(*step) for step in steps)
    found = contradicted(f"{CLOCK}procedures:\n  filing:\n    article: 一\n    items: [{items}]\n")
    assert [problem.split(": ", 1)[1] for problem in found] == expected


def test_a_step_of_the_place_has_a_desk_and_a_clock():
    step = "{code: hearing, zh: 议事, en: Hearing, actor: {zh: 镇, en: Town}, societies: [], ends: {zh: 完毕, en: Done}, by: DESK}"
    pack = 'steps:\n  article: "一"\n  items:\n    - ' + step
    (without_clock,) = problems(pack.replace("DESK", "town"))
    (nobody,) = problems(pack.replace("by: DESK", "by: mayor, clock: x"))
    assert "clock" in without_clock
    assert "mayor" in nobody


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"format: 1\ncode: x\nvalid_from: 2022-02-30\n", 3),
        (b"format: 1\ncode: \xff\xfe\n", 2),
        (b"format: 1\n# a bell: \x07\n", 2),
    ],
)
def test_what_is_no_day_and_no_text_is_named_with_its_line(tmp_path, content, line):
    (tmp_path / "pack.yaml").write_bytes(content)
    with pytest.raises(PackInvalid) as refused:
        read_folder(tmp_path)
    assert [problem.line for problem in refused.value.problems] == [line]
