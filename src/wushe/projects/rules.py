from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def lowest_price(prices: Mapping[int, Decimal], maximum: Decimal) -> dict[int, Decimal]:
    """Points by the id of a bid: the lowest price has the maximum, every other its share of it, rounded to a hundredth."""
    if not prices:
        return {}
    lowest = min(prices.values())
    return {bid: (lowest / price * maximum).quantize(CENT, ROUND_HALF_UP) for bid, price in prices.items()}
