"""Amounts in Chinese capital figures, as agreements write them."""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
SECTIONS = ("", "万", "亿", "万亿")
GROUP = 4


def in_capitals(amount: Decimal) -> str:
    """112500.50 becomes 人民币壹拾壹万贰仟伍佰元伍角整."""
    fen = int((amount * 100).to_integral_value())
    yuan, jiao, cent = fen // 100, fen // 10 % 10, fen % 10
    text = f"{_integer(yuan)}元" if yuan else ""
    if jiao:
        text += f"{DIGITS[jiao]}角"
    elif cent and yuan:
        text += DIGITS[0]
    text += f"{DIGITS[cent]}分" if cent else "整"
    return f"人民币{text if fen else '零元整'}"


def _integer(number: int) -> str:
    groups = []
    while number:
        number, group = divmod(number, 10**GROUP)
        groups.append(group)
    text = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            continue
        if text and (group < 10 ** (GROUP - 1) or groups[place + 1] == 0):
            text += DIGITS[0]
        text += _group(group) + SECTIONS[place]
    return text


def _group(group: int) -> str:
    text, pending_zero = "", False
    for place in range(GROUP - 1, -1, -1):
        digit = group // 10**place % 10
        if digit:
            text += (DIGITS[0] if pending_zero else "") + DIGITS[digit] + UNITS[place]
            pending_zero = False
        elif text:
            pending_zero = True
    return text
