"""What an address asks for, read out of its text: whatever is mistyped counts as not asked."""

from datetime import MAXYEAR, MINYEAR, date

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

YEAR_DIGITS = 4
LONGEST_NUMBER = 18  # digits that every column of whole numbers bears


def day_of(text: str) -> date | None:
    """A day; none too near to either end of time for a day before it or after it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if MINYEAR < day.year < MAXYEAR else None


def number_of(text: str) -> int | None:
    """A whole number."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None


def year_asked(text: str) -> int | None:
    """A year as it is written today, with four digits."""
    year = number_of(text) if len(text) == YEAR_DIGITS else None
    return year if year is not None and MINYEAR < year < MAXYEAR else None


def page_of_ours(request: HttpRequest, address: str) -> str:
    """A page to go on to: a path in this house. Empty for what leads elsewhere or nowhere."""
    here = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if here else ""
