"""Identifiers of the outside world: phones, credit codes, division codes; and how to show them without giving them away."""

import re
import unicodedata

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as StdnumError

MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"(0\d{2,3}-?)?\d{7,8}")
REGION_CODE = re.compile(r"\d{12}")
TAIL = 4


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


def mask_phone(digits: str) -> str:
    """138****8000."""
    return f"{digits[:3]}****{digits[-TAIL:]}" if len(digits) > len("1234567") else "****"


def mask_name(name: str) -> str:
    """张*: the family name stays."""
    return f"{name[:1]}*" if name else ""
