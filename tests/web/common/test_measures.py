"""Values of the policy as people read them."""

from decimal import Decimal

from django.utils.translation import override

from wushe.web.common import words
from wushe.web.common.templatetags.wushe import measured


def test_one_of_a_unit_is_said_in_the_singular():
    with override("en"):
        assert [measured(value, "agencies") for value in (0, 1, Decimal("1.00"), 2)] == ["0 agencies", "1 agency", "1 agency", "2 agencies"]
        assert measured(1, "persons") == "1 person"
        assert measured([6, 12], "months") == "6, 12 (month of the year)"
    with override("zh-hans"):
        assert [measured(value, "agencies") for value in (1, 2)] == ["1 家", "2 家"]
        assert [measured(1, unit) for unit in ("months", "months_passed", "yuan")] == ["1 月", "1 个月", "1 元"]


def test_a_number_without_a_unit_stands_alone():
    assert words.measure("7", "", is_one=False) == "7"
