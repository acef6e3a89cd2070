from pathlib import Path

import pytest

from tests.policies.test_reading import PACK
from wushe.policies.errors import PackInvalid
from wushe.policies.queries import check_folder

TARGETS = """\
targets:
  - id: organisations
    zh: 社会组织
    en: Organisations
    article: 一
    measure: organisations_per_community
    scope: {levels: [community]}
    operator: ">="
    value: 5
    unit: organisations
values:
  - {key: review.days, zh: 审核, en: Review, value: 5, unit: days, article: 一}
codes:
  fields:
    article: 一
    items: [{code: care, zh: 照料, en: Care}]
"""


def verdict(folder: Path, test: str) -> list[str]:
    home = folder / "here-2024"
    home.mkdir()
    (home / "pack.yaml").write_text(PACK + TARGETS, encoding="utf-8")
    places = 'places:\n  社区: {level: community, code: "990326001001"}\n  县: {level: county, code: "990326000000"}\n'
    (home / "tests.yaml").write_text(f"format: 1\n{places}tests:\n  - {{name: 试, {test}}}\n", encoding="utf-8")
    try:
        check_folder(home)
    except PackInvalid as refused:
        return [f"{problem.line}: {problem.text}" for problem in refused.problems]
    return []


@pytest.mark.parametrize(
    "test",
    [
        'on: 2024-02-01, value: review.days, is: 5, default: false, cites: "一"',
        "on: 2024-02-01, value: review.hours, is: null",
        "codes: fields, count: 1, holds: [care]",
        "target: organisations, matches: [社区], spares: [县], met_by: [5], missed_by: [4]",
    ],
)
def test_a_true_test_passes(tmp_path, test):
    assert verdict(tmp_path, test) == []


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("on: 2024-02-01, value: review.days, is: 6", "review.days is 5, not 6"),
        ("on: 2024-02-01, value: review.days, is: 5, default: true", "review.days is in the document"),
        ('on: 2024-02-01, value: review.days, is: 5, cites: "二"', "review.days cites article 一"),
        ("on: 2024-02-01, value: review.hours, is: 6", "review.hours has no value on 2024-02-01"),
        ("codes: fields, count: 2", "fields has 1 codes"),
        ("codes: fields, holds: [cure]", "fields does not hold cure"),
        ("codes: nothing, count: 1", "nothing has 0 codes"),
        ("conditions: nothing, count: 1", "nothing has 0 conditions"),
        ("conditions: nothing, holds: [members]", "nothing does not hold members"),
        ("conditions: nothing, cites: 一", "no condition of nothing cites article 一"),
        ("target: nothing", "there is no target nothing"),
        ("target: organisations, matches: [县]", "县 is not in its scope"),
        ("target: organisations, spares: [社区]", "社区 is in its scope"),
        ("target: organisations, matches: [乡]", "the place 乡 is not described under places"),
        ("target: organisations, met_by: [4]", "4 does not meet >= 5"),
        ("target: organisations, missed_by: [5]", "5 meets >= 5"),
    ],
)
def test_a_false_test_says_what_is_the_case(tmp_path, test, expected):
    assert verdict(tmp_path, test) == [f"6: 试: {expected}"]


def test_a_test_of_nothing_is_refused(tmp_path):
    assert verdict(tmp_path, "on: 2024-02-01") == [
        "6: tests.0: a test asks for one of: `value` with `on` and `is`, `codes`, `conditions`, `standard`, `duties`, `maturity`, `target`"
    ]
