"""What follows from a division code and a name. The codes are those of the statistical tree: 2+2+2+3+3 digits."""

import re
from functools import cache

from pypinyin import lazy_pinyin

from wushe.regions.models import Level, Settlement

CODE_LENGTH = 12
DIGITS: dict[int, int] = {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6, Level.TOWN: 9, Level.COMMUNITY: 12}
FIRST_PSEUDO_TOWN = 400
FIRST_RURAL = {Level.COUNTY: (slice(4, 6), 21), Level.TOWN: (slice(6, 9), 100), Level.COMMUNITY: (slice(9, 12), 200)}
DEVELOPMENT_ZONES = range(70, 81)
LEVELS_OF_NO_GOVERNMENT = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
SPOKEN = re.compile(r"[^0-9a-z一-鿿㐀-䶿〇\U00020000-\U0002ffff]")


def padded(digits: str) -> str:
    """The official form of a code: twelve digits at every level."""
    return digits.ljust(CODE_LENGTH, "0")


def parent_code(code: str, level: Level) -> str:
    """The code of the region above, in the official form."""
    return padded(code[: DIGITS[level - 1]] if level > Level.PROVINCE else "")


def is_artificial(code: str, level: Level, name: str, parent_name: str) -> bool:
    """Whether the code needs this level but no government has it: display skips it and no target goes there."""
    if level == Level.CITY:
        return name in LEVELS_OF_NO_GOVERNMENT
    if level == Level.COUNTY:
        return name == parent_name
    # a county without towns in the statistics stands again under itself with the part 000
    return name == parent_name and code[DIGITS[level - 1] : DIGITS[level]] == "000"


def counts_for_coverage(code: str, level: Level) -> bool:
    """Whether "all towns" or "all communities" in a policy means this one too: parks, farms and development zones do not count."""
    if level == Level.COUNTY:
        return int(code[4:6]) not in DEVELOPMENT_ZONES
    return level < Level.TOWN or int(code[6:9]) < FIRST_PSEUDO_TOWN


def default_settlement(code: str, level: Level) -> Settlement:
    """Urban or rural as the part of the code for the level has it (districts, streets, residents' committees come first in their series).

    Right for about 97 of 100 communities; the others are set by hand.
    """
    if level not in FIRST_RURAL:
        return Settlement.NONE
    part, first = FIRST_RURAL[level]
    return Settlement.URBAN if int(code[part]) < first else Settlement.RURAL


def pinyin_keys(name: str, level: Level) -> tuple[str, str]:
    """Initials for search and syllables for sorting.

    Towns and all above are read as words; communities character by character, which is forty times as fast and
    wrong only where a character of a village's name has several readings.
    """
    spoken = SPOKEN.sub("", name.lower())
    syllables = _read_words(spoken) if level <= Level.TOWN else [_reading(character) for character in spoken]
    return "".join(syllable[0] for syllable in syllables), " ".join(syllables)


def _read_words(spoken: str) -> list[str]:
    return list(lazy_pinyin(spoken, errors=list))  # type: ignore[arg-type]  # a list is allowed and spread; the stub knows only str


@cache
def _reading(character: str) -> str:
    return str(lazy_pinyin(character)[0])
