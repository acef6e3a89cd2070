"""Which column of a table is which column of a register, by what its heading says."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

NOTES = re.compile(r"[(\[【〔].*?[)\]】〕]")
SIGNS = re.compile(r"[^\w]|_")
CONTAINED = 0.8
LIKE_ENOUGH = 0.7
SHORTEST_PART = 2
HEADING_WITHIN = 20


def bare(heading: str) -> str:
    """The heading without notes in brackets, signs and spaces: `*名称（全称）` → `名称`."""
    given = unicodedata.normalize("NFKC", heading).lower()
    return SIGNS.sub("", NOTES.sub("", given)) or SIGNS.sub("", given)


def signature(headings: Sequence[str]) -> str:
    """The same for two tables with the same headings in the same order."""
    return hashlib.sha256("\0".join(bare(heading) for heading in headings).encode()).hexdigest()


def likeness(heading: str, names: Sequence[str]) -> float:
    """From 0 to 1: how well a heading fits one of the names of a column."""
    given = bare(heading)
    return max((_likeness(given, bare(name)) for name in names), default=0.0) if given else 0.0


def proposed(headings: Sequence[str], columns: Mapping[str, Sequence[str]]) -> dict[int, str]:
    """Position of a heading → column, best pairs first; each column and each heading once."""
    pairs = [
        (-likeness(heading, names), order, position, column)
        for position, heading in enumerate(headings)
        for order, (column, names) in enumerate(columns.items())
    ]
    found: dict[int, str] = {}
    for score, _, position, column in sorted(pairs):
        if -score >= LIKE_ENOUGH and position not in found and column not in found.values():
            found[position] = column
    return found


def heading_line(rows: Sequence[Sequence[str]], columns: Mapping[str, Sequence[str]]) -> int | None:
    """Where the headings stand among the first rows, below a title if there is one; none when no row fits two columns."""
    fits = [(len(proposed(row, columns)), -line) for line, row in enumerate(rows[:HEADING_WITHIN])]
    most, line = max(fits, default=(0, 0))
    return -line if most >= min(2, len(columns)) else None


def _likeness(given: str, name: str) -> float:
    if given == name:
        return 1.0
    shorter, longer = sorted((given, name), key=len)
    if len(shorter) >= SHORTEST_PART and shorter in longer:
        return CONTAINED + (1 - CONTAINED) * len(shorter) / len(longer) / 2
    return SequenceMatcher(None, given, name).ratio() * CONTAINED if len(shorter) >= SHORTEST_PART else 0.0
