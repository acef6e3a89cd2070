"""Money is Decimal yuan with two places, from the form to the database."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def yuan(value: Decimal | int | str) -> Decimal:
    """`value` as yuan with two places, halves rounded up. Raises decimal.InvalidOperation for text that is no number."""
    return Decimal(value).quantize(CENT, rounding=ROUND_HALF_UP)


def shown(value: Decimal | int) -> str:
    """¥12,300.00, as people read it everywhere."""
    return f"¥{Decimal(value):,.2f}"


def share(total: Decimal, percent: Decimal) -> Decimal:
    """`percent` (0-100) of `total`, in yuan."""
    return yuan(total * percent / 100)
