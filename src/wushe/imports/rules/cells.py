"""Cells as offices type them. A cleaner returns the value, wraps it in Doubted when it had to guess, or raises what is wrong."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from stdnum.cn import ric
from stdnum.exceptions import ValidationError as StdnumError

from wushe.imports.errors import (
    CountyAbolished,
    DayAssumed,
    DigitsLost,
    IdentityOfOther,
    IdentityOld,
    NotACreditCode,
    NotADay,
    NotAnArea,
    NotAnIdentity,
    NotANumber,
    NotAPhone,
    NotYesOrNo,
    NumberTooLarge,
    TooLong,
)
from wushe.kernel.errors import DomainError
from wushe.kernel.identifiers import clean_identity, clean_phone, clean_uscc, is_phone, is_uscc

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
EXACT_DIGITS = 15
EPOCH = date(1899, 12, 30)
SERIALS = range(10_000, 80_000)
YEARS = range(1900, 2100)
WHOLE_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?|(\d{4})(\d{2})(\d{2})")
HOUR = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?")
YEAR = re.compile(r"(\d{4})年?")
NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")
TENS = re.compile(r"([1-9]?)十([1-9]?)")
UNITS = re.compile(r"[人名个家元位]$")
SIZE, METRES = r"(\d{1,7}(?:\.\d{1,2})?)", r" ?(?:m2|平方米|平米|平方|平)"
YUAN = re.compile(r"(\d{1,8}(?:\.\d{1,2})?)(万)?元?")
AREA = re.compile(rf"{SIZE}(?:{METRES})?")
PARTS = re.compile(r"[、,，;；\n]+")
PART = re.compile(rf"(.+?)(?: ?\({SIZE}(?:{METRES})?\)|[ :]+{SIZE}(?:{METRES})?|{SIZE}{METRES})?")
LONGEST_PART = 80
BRACKETS = re.compile(r"[（）()]")
SEPARATORS = re.compile(r"[、,，;；/|\s]+")
YES = frozenset({"是", "有", "已", "对", "y", "yes", "true", "1", "√", "✓", "✔", "v"})
NO = frozenset({"否", "无", "没有", "未", "不", "n", "no", "false", "0", "×", "x", "✗", "-", "/"})
IDENTITY = re.compile(r"\d{17}[\dX]")
OTHER_PAPERS = re.compile(
    r"[HM]\d{8}(\d{2})?"  # permits of Hong Kong and Macao
    r"|\d{8}"  # permit of Taiwan
    r"|[A-Z]{3}\d{12}"  # older permanent residence of foreigners
    r"|[A-Z]{1,2}\d{6,9}"  # passports, Hong Kong identity cards
)

Cleaner = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Doubted:
    """A value that was accepted, and what somebody should look at."""

    value: Any
    doubt: DomainError


def plain(cell: Any) -> str:
    """The cell as text: without what nobody sees, numbers without a tail of zeros, days as days."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(UNSEEN.sub("", str(cell)).split())


def halfwidth(cell: Any) -> str:
    """As text, with full-width digits, letters and signs brought to the usual ones."""
    return unicodedata.normalize("NFKC", plain(cell)).strip()


def text(limit: int) -> Cleaner:
    """Any text up to a length."""

    def clean(cell: Any) -> str:
        given = plain(cell)
        if len(given) > limit:
            raise TooLong(limit=limit)
        return given

    return clean


def word(cell: Any) -> str:
    """A word of a list, still to be looked up."""
    return halfwidth(cell)


def words(cell: Any) -> list[str]:
    """Several words in one cell."""
    return [part for part in SEPARATORS.split(halfwidth(cell)) if part]


def day(cell: Any) -> date | Doubted:
    """A day, however it was typed: 2024.3.5, 2024年3月5日, 20240305, Chinese numerals, or Excel's own number of the day."""
    if isinstance(cell, date):
        return _day_of_a_cell(cell)
    given = _digits(HOUR.sub("", halfwidth(cell)).replace(" ", ""))
    if isinstance(cell, float) and not cell.is_integer() and int(cell) in SERIALS:
        given = str(int(cell))  # a moment, of which the day counts
    try:
        return _day_of(given, ambiguous=isinstance(cell, float))
    except (ValueError, OverflowError) as error:
        raise NotADay(text=plain(cell)) from error


def whole_number(cell: Any) -> int:
    """A count, with or without its unit."""
    given = UNITS.sub("", halfwidth(cell).replace(",", "").replace(" ", ""))
    if not given.isascii() or not given.isdecimal() or len(given) > 9:
        raise NotANumber(text=plain(cell))
    return int(given)


def count(most: int) -> Cleaner:
    """A whole number up to the most that the register takes."""

    def clean(cell: Any) -> int:
        given = whole_number(cell)
        if given > most:
            raise NumberTooLarge(text=plain(cell), most=most)
        return given

    return clean


def yuan(cell: Any) -> Decimal:
    """An amount of money: 30000, 30,000.50元, 3万元."""
    found = YUAN.fullmatch(halfwidth(cell).replace(",", "").replace(" ", ""))
    if not found:
        raise NotANumber(text=plain(cell))
    return Decimal(found[1]) * (10_000 if found[2] else 1)


def square_metres(cell: Any) -> Decimal:
    """A floor space, with or without its unit."""
    found = AREA.fullmatch(halfwidth(cell).replace(",", "").replace(" ", ""))
    if not found or not Decimal(found[1]):
        raise NotAnArea(text=plain(cell))
    return Decimal(found[1])


def parts(cell: Any) -> list[tuple[str, Decimal | None]]:
    """Several rooms in one cell, each with its floor space where it is given: 个案室20㎡、会议室（36.5平方米）."""
    given = (" ".join(unicodedata.normalize("NFKC", part).split()) for part in PARTS.split(UNSEEN.sub("", str(cell))))
    found = (PART.fullmatch(part) for part in given)
    return [(part[1][:LONGEST_PART], square_metres(size) if (size := part[2] or part[3] or part[4]) else None) for part in found if part]


def bracketed(name: str) -> tuple[str, ...]:
    """What a name says outside its brackets and within: 个案室（心理咨询室） → 个案室, 心理咨询室."""
    return tuple(part.strip() for part in BRACKETS.split(name) if part.strip())


def yes_or_no(cell: Any) -> bool:
    """Yes or no in the words and signs that people use."""
    given = halfwidth(cell).lower()
    if given in YES or given in NO:
        return given in YES
    raise NotYesOrNo(text=plain(cell))


def phone(cell: Any) -> str:
    """A mobile or landline number as digits."""
    given = clean_phone(halfwidth(cell))
    if not is_phone(given):
        raise NotAPhone(text=plain(cell))
    return given


def credit_code(cell: Any) -> str:
    """A unified social credit code with a right check digit."""
    _refuse_lost_digits(cell)
    given = clean_uscc(plain(cell))
    if not is_uscc(given):
        raise NotACreditCode(text=plain(cell))
    return given


def identity(cell: Any) -> str | Doubted:
    """The number of an identity paper. Only 18 digits with a wrong check digit and what looks like no paper at all are refused."""
    _refuse_lost_digits(cell)
    given = re.sub(r"[\s()-]", "", halfwidth(cell)).upper()
    whole = clean_identity(given)
    if whole != given:
        return Doubted(whole, IdentityOld(text=given))
    if IDENTITY.fullmatch(given):
        return _checked_identity(given)
    if OTHER_PAPERS.fullmatch(given):
        return Doubted(given, IdentityOfOther(text=given))
    raise NotAnIdentity(text=plain(cell))


def _checked_identity(given: str) -> str | Doubted:
    if ric.calc_check_digit(given) != given[-1]:
        raise NotAnIdentity(text=given)
    if given[:2] in {"81", "82", "83"} or given[0] == "9":
        return given  # residence permits of the two regions and Taiwan, permanent residence of foreigners
    try:
        ric.get_birth_place(given)
    except (StdnumError, KeyError):  # the latter where it knows the province alone
        return Doubted(given, CountyAbolished(text=given[:6]))
    return given


def _refuse_lost_digits(cell: Any) -> None:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**EXACT_DIGITS:
        raise DigitsLost(text=plain(cell))


def _digits(given: str) -> str:
    """Chinese numerals as digits: 二〇二四年十二月五日."""
    if not given or given[0].isascii():
        return given
    return TENS.sub(lambda found: f"{found[1] or 1}{found[2] or 0}", given.translate(NUMERALS))


def _day_of_a_cell(cell: date) -> date:
    """Some mean “for ever” by the last day that a program knows, which no calendar gets past."""
    found = cell.date() if isinstance(cell, datetime) else cell
    try:
        return _within(found)
    except ValueError as error:
        raise NotADay(text=plain(cell)) from error


def _day_of(given: str, *, ambiguous: bool) -> date | Doubted:
    if given.isdecimal() and int(given) in SERIALS:
        return EPOCH + timedelta(days=int(given))
    if found := WHOLE_DAY.fullmatch(given):
        year, month, number = (int(part) for part in found.groups() if part is not None)
        return _within(date(year, month, number))
    if ambiguous and given.endswith(".1"):
        raise ValueError(given)  # a cell with the number 2024.10 shows the same
    if found := MONTH.fullmatch(given):
        first = _within(date(int(found[1]), int(found[2]), 1))
    elif found := YEAR.fullmatch(given):
        first = _within(date(int(found[1]), 1, 1))
    else:
        raise ValueError(given)
    return Doubted(first, DayAssumed(text=given, day=first))


def _within(found: date) -> date:
    if found.year not in YEARS:
        raise ValueError(found.year)
    return found
