"""Identifiers of the outside world: phones, credit codes, division codes; and how to show them without giving them away."""

import re
import unicodedata

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as StdnumError

MOBILE = re.compile(r"1[3-9]\d{9}")
# people type the landline of their own town without its area code; such a number never starts with 0, 1 or 9
LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}|[2-8]\d{6,7}")
REGION_CODE = re.compile(r"\d{12}")
TAIL = 4
OLD_IDENTITY_CARD = re.compile(r"\d{8}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}")
IDENTITY_CARD = re.compile(r"\d{17}[\dX]")
OTHER_PAPER = re.compile(r"[A-Z0-9()]{6,17}")
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHECKS = "10X98765432"


def clean_phone(text: str) -> str:
    """Digits of a phone number as people type it: full-width digits, spaces and a country code are accepted."""
    halfwidth = text.translate({0xFF10 + n: ord("0") + n for n in range(10)})
    digits = re.sub(r"[^\d]", "", halfwidth)
    return digits.removeprefix("0086").removeprefix("86") if len(digits) > len("13800138000") else digits


def is_phone(digits: str) -> bool:
    """Whether the digits are a mobile or a landline number."""
    return bool(MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits))


def clean_uscc(text: str) -> str:
    """A unified social credit code as it is kept, from how people type or paste it: full-width, lower case, with spaces or hyphens."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def is_uscc(text: str) -> bool:
    """Whether the text is a unified social credit code with a right check digit (GB 32100-2015)."""
    try:
        uscc.validate(text)
    except StdnumError:
        return False
    return True


def clean_identity(text: str) -> str:
    """The number of an identity paper as it is kept: half-width, capital letters, without spaces; the fifteen digits of an old card as the
    eighteen that they became, so that nobody is two people.
    """
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    return _with_century(number) if OLD_IDENTITY_CARD.fullmatch(number) else number


def is_identity(text: str) -> bool:
    """Whether the number can be right. Only the 18 digits of GB 11643 check themselves; the region in them is not judged, and
    those of other papers are taken as they are.
    """
    if not IDENTITY_CARD.fullmatch(text):
        return bool(OTHER_PAPER.fullmatch(text))
    return _check_of(text) == text[-1]


def _with_century(number: str) -> str:
    """GB 11643 of 1999 put the century into the day of birth and a check digit at the end."""
    body = f"{number[:6]}19{number[6:]}"
    return body + _check_of(body)


def _check_of(body: str) -> str:
    rest = sum(int(digit) * weight for digit, weight in zip(body, IDENTITY_WEIGHTS, strict=False)) % len(IDENTITY_CHECKS)
    return IDENTITY_CHECKS[rest]


def mask_phone(digits: str) -> str:
    """138****8000."""
    return f"{digits[:3]}****{digits[-TAIL:]}" if len(digits) > len("1234567") else "****"


def mask_name(name: str) -> str:
    """张*: the family name stays."""
    return f"{name[:1]}*" if name else ""
