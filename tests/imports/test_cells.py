from datetime import date, datetime
from decimal import Decimal

import pytest
from stdnum.cn import ric

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
from wushe.imports.rules import cells
from wushe.imports.rules.cells import Doubted

FIFTH = date(2024, 3, 5)


def with_check(number: str) -> str:
    return number[:17] + ric.calc_check_digit(number)


@pytest.mark.parametrize(
    "typed",
    [
        "2024-03-05",
        "2024.3.5",
        "2024/3/5",
        "2024年3月5日",
        "2024 年 3 月 5 日",
        "２０２４年３月５日",
        "二〇二四年三月五日",
        "20240305",
        20240305,
        "2024-03-05 00:00:00",
        "2024-03-05T10:30",
        45356,
        45356.0,
        45356.75,
        "45356",
        FIFTH,
        datetime(2024, 3, 5, 10, 30),
    ],
)
def test_a_day_is_read_however_it_was_typed(typed):
    assert cells.day(typed) == FIFTH


@pytest.mark.parametrize(("typed", "day"), [("二〇二四年十二月三十一日", date(2024, 12, 31)), ("二〇二四年十月二十日", date(2024, 10, 20))])
def test_chinese_tens_are_read(typed, day):
    assert cells.day(typed) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2024年3月", date(2024, 3, 1)), ("2024.3", date(2024, 3, 1)), (2024.12, date(2024, 12, 1)), ("2024", date(2024, 1, 1))],
)
def test_a_month_or_a_year_is_taken_from_its_first_day_with_a_doubt(typed, day):
    read = cells.day(typed)
    assert read.value == day
    assert isinstance(read.doubt, DayAssumed)


@pytest.mark.parametrize("typed", ["2024-02-30", "去年", "24.3.5", 2024.1, "3000-01-01", "99999", -5, True, date(9999, 12, 31)])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(NotADay):
        cells.day(typed)


@pytest.mark.parametrize(("typed", "number"), [("１２", 12), ("1,200", 1200), ("35人", 35), (8.0, 8), (8, 8)])
def test_numbers_are_read_with_full_width_digits_and_units(typed, number):
    assert cells.whole_number(typed) == number


@pytest.mark.parametrize("typed", ["约20", "-3", 2.5, "12345678901"])
def test_what_is_no_whole_number_is_refused(typed):
    with pytest.raises(NotANumber):
        cells.whole_number(typed)


def test_a_number_beyond_what_the_register_takes_is_refused():
    assert cells.count(9999)("9,999人") == 9999
    with pytest.raises(NumberTooLarge) as refused:
        cells.count(9999)(40_000)
    assert (refused.value.text, refused.value.most) == ("40000", 9999)


@pytest.mark.parametrize(
    ("typed", "value"), [("是", True), ("√", True), ("有", True), ("Y", True), (1, True), ("否", False), ("无", False), (False, False)]
)
def test_yes_and_no_in_the_words_of_offices(typed, value):
    assert cells.yes_or_no(typed) is value


def test_other_words_are_neither_yes_nor_no():
    with pytest.raises(NotYesOrNo):
        cells.yes_or_no("也许")


@pytest.mark.parametrize("typed", ["138 0013 8000", "１３８００１３８０００", "+86-13800138000", 13800138000, 13800138000.0])
def test_phones_are_read(typed):
    assert cells.phone(typed) == "13800138000"


def test_what_is_no_phone_is_refused():
    with pytest.raises(NotAPhone):
        cells.phone("12345")


def test_credit_codes_are_read_and_checked():
    assert cells.credit_code(" 52990326mjx000001m ") == "52990326MJX000001M"
    with pytest.raises(NotACreditCode):
        cells.credit_code("52990326MJX000001N")


@pytest.mark.parametrize("clean", [cells.credit_code, cells.identity])
def test_long_numbers_that_excel_has_cut_are_refused(clean):
    with pytest.raises(DigitsLost):
        clean(1.1010519491231e17)


def test_an_identity_number_is_read():
    assert cells.identity(" 11010519491231002x ") == "11010519491231002X"


@pytest.mark.parametrize(
    ("typed", "kept", "doubt"),
    [
        ("110105491231002", "11010519491231002X", IdentityOld),
        ("H12345678", "H12345678", IdentityOfOther),
        ("M1234567801", "M1234567801", IdentityOfOther),
        ("12345678", "12345678", IdentityOfOther),
        ("E12345678", "E12345678", IdentityOfOther),
        (with_check("659999199001011230"), with_check("659999199001011230"), CountyAbolished),
    ],
)
def test_awkward_papers_pass_with_a_doubt(typed, kept, doubt):
    read = cells.identity(typed)
    assert isinstance(read, Doubted)
    assert read.value == kept
    assert isinstance(read.doubt, doubt)


def test_a_residence_permit_of_the_two_regions_passes():
    number = with_check("810000199001011230")
    assert cells.identity(number) == number


@pytest.mark.parametrize("typed", ["110105194912310021", "不详", "1234"])
def test_what_is_no_paper_is_refused(typed):
    with pytest.raises(NotAnIdentity):
        cells.identity(typed)


def test_text_loses_what_nobody_sees_and_keeps_its_signs():
    assert cells.text(20)("\ufeff 晨光（社区）\u200b \n中心 ") == "晨光（社区） 中心"
    with pytest.raises(TooLong):
        cells.text(3)("四个字了")


def test_several_words_in_one_cell():
    assert cells.words("养老、助残，救助; 儿童") == ["养老", "助残", "救助", "儿童"]


@pytest.mark.parametrize("typed", ["86.5", "86.5㎡", "８６.５ 平方米", "86.5平米", 86.5])
def test_floor_spaces_are_read(typed):
    assert cells.square_metres(typed) == Decimal("86.5")


@pytest.mark.parametrize("typed", ["不详", "0", "-5", "约80㎡"])
def test_what_is_no_floor_space_is_refused(typed):
    with pytest.raises(NotAnArea):
        cells.square_metres(typed)


@pytest.mark.parametrize("typed", ["30000", "3万元", "30,000.00元", "3.0 万", 30000.0])
def test_amounts_are_read(typed):
    assert cells.yuan(typed) == Decimal(30_000)


@pytest.mark.parametrize("typed", ["不详", "-5", "约3万"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(NotANumber):
        cells.yuan(typed)


def test_rooms_in_one_cell_each_with_its_floor_space():
    assert cells.parts("个案室20㎡、会议室（36.5平方米）\n活动室: 45，阅览室1、、2号楼 大厅 60m²") == [
        ("个案室", Decimal(20)),
        ("会议室", Decimal("36.5")),
        ("活动室", Decimal(45)),
        ("阅览室1", None),
        ("2号楼 大厅", Decimal(60)),
    ]
