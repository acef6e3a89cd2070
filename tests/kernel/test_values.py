"""Identifiers, money, keys, steps and working days: what every floor above relies on."""

from datetime import date, datetime
from decimal import Decimal
from threading import Thread

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from wushe.kernel import numbers
from wushe.kernel.clock import POLICY_ZONE, local_date
from wushe.kernel.encryption import blind_index, decrypt, encrypt
from wushe.kernel.errors import StepNotAllowed
from wushe.kernel.identifiers import clean_phone, clean_uscc, is_phone, is_uscc, mask_name, mask_phone
from wushe.kernel.money import share, yuan
from wushe.kernel.steps import Transition, allowed, table
from wushe.kernel.workdays import WorkCalendar, end_of_day

SUBMIT = Transition("submit", frozenset({"draft"}), "under_review", "things.submit")


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("138 0013 8000", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("0917-5542345", "09175542345"),
        ("5542345", "5542345"),
    ],
)
def test_a_phone_is_read_as_people_type_it(typed, digits):
    assert clean_phone(typed) == digits
    assert is_phone(digits)


@pytest.mark.parametrize("digits", ["", "110", "12800138000", "138001380001", "1380000", "13800138"])
def test_what_is_no_phone_is_refused(digits):
    assert not is_phone(digits)


def test_a_phone_and_a_name_are_shown_without_giving_them_away():
    assert mask_phone("13800138000") == "138****8000"
    assert mask_phone("5542345") == "****"
    assert (mask_name("周桂兰"), mask_name("")) == ("周*", "")


def test_a_credit_code_is_cleaned_and_its_check_digit_is_tried():
    assert clean_uscc("９１１１０１０８ mA01-abcd1x ") == "91110108MA01ABCD1X"
    assert is_uscc("91350100M000100Y43")
    assert not is_uscc("91350100M000100Y44")


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.integers(0, 100))
def test_a_share_and_its_rest_make_the_whole_to_the_cent(total, percent):
    part = share(total, Decimal(percent))
    assert abs(part + share(total, Decimal(100 - percent)) - total) <= Decimal("0.01")


def test_half_a_cent_is_rounded_up():
    assert yuan("0.005") == Decimal("0.01")


@given(st.text())
def test_what_was_sealed_opens_again(text):
    assert decrypt(encrypt(text, context="needs.phone"), context="needs.phone") == text


def test_a_value_moved_to_another_field_does_not_open():
    sealed = encrypt("13800138000", context="needs.phone")
    with pytest.raises(InvalidTag):
        decrypt(sealed, context="needs.person")


def test_the_same_value_is_sealed_differently_and_found_by_one_index():
    assert encrypt("周桂兰", context="a") != encrypt("周桂兰", context="a")
    assert blind_index("周桂兰", context="a") == blind_index("周桂兰", context="a") != blind_index("周桂兰", context="b")


def test_a_step_is_allowed_from_its_states_alone():
    steps = table(SUBMIT)
    assert allowed(steps, "submit", state="draft").target == "under_review"
    with pytest.raises(StepNotAllowed):
        allowed(steps, "submit", state="closed")


def test_a_step_stands_once_in_its_table():
    with pytest.raises(ValueError, match="twice"):
        table(SUBMIT, SUBMIT)


def test_working_days_leave_out_holidays_and_keep_made_up_days():
    calendar = WorkCalendar()
    assert not calendar.is_working(date(2026, 10, 1))
    assert calendar.is_working(date(2026, 10, 10))  # a Saturday on which the holiday is worked off
    assert calendar.add(date(2026, 9, 30), 1) == date(2026, 10, 8)


def test_an_exception_comes_before_the_published_list():
    assert WorkCalendar({date(2026, 10, 1): True}).is_working(date(2026, 10, 1))


def test_years_without_a_list_fall_back_to_weekdays():
    calendar = WorkCalendar()
    assert (calendar.is_working(date(2099, 1, 3)), calendar.is_working(date(2099, 1, 5))) == (False, True)


@given(st.dates(date(2025, 1, 1), date(2026, 11, 1)), st.integers(0, 30))
def test_adding_and_counting_working_days_agree(start, days):
    calendar = WorkCalendar()
    assert calendar.between(start, calendar.add(start, days)) == days


def test_a_clock_of_whole_days_runs_out_in_the_zone_of_the_policy():
    assert end_of_day(date(2026, 3, 2)) == datetime(2026, 3, 2, 23, 59, 59, tzinfo=POLICY_ZONE)
    assert local_date(datetime.fromisoformat("2026-03-01T16:00:00+00:00")) == date(2026, 3, 2)


@pytest.mark.django_db(transaction=True)
def test_two_callers_never_draw_the_same_number():
    drawn: list[str] = []

    def draw() -> None:
        drawn.extend(numbers.draw("need", place="610326", on=date(2026, 3, 2)) for _ in range(20))
        connections["default"].close()

    threads = [Thread(target=draw) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(drawn) == [f"need-610326-2026-{n:06d}" for n in range(1, 41)]
