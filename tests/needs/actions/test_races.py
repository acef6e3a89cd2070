from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.needs.factories import AT, draft, report, token
from wushe.kernel.errors import StepNotAllowed
from wushe.needs.actions import adopt_needs, mark_duplicate, report_need
from wushe.needs.errors import SameNeed
from wushe.needs.models import Need
from wushe.needs.states import NeedState

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Run the calls on connections of their own, started together."""
    start = Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(run, call) for call in calls]]


def test_one_form_sent_twice_at_the_same_moment_is_one_need(cast):
    told = draft(cast.home, submission=token(1))
    receipts = at_once(*[lambda: report_need(draft=told, at=AT)] * 3)
    assert len({(receipt.need.pk, receipt.code) for receipt in receipts}) == 1
    assert Need.objects.count() == 1


def test_two_projects_cannot_take_one_need(cast):
    need = report(cast.home).need

    def take(number):
        try:
            adopt_needs(need_ids=[need.pk], project=("project", number, "幸福午餐"), by=cast.head, at=AT)
        except StepNotAllowed:
            return False
        return True

    assert sorted(at_once(lambda: take("project-1"), lambda: take("project-2"))) == [False, True]


def test_of_two_needs_that_are_called_each_others_duplicate_one_goes_on(cast):
    first, second = (report(cast.home, submission=token(n)).need for n in (1, 2))

    def say(need, original):
        try:
            mark_duplicate(need_id=need.pk, of_id=original.pk, by=cast.head, at=AT)
        except SameNeed:
            return False
        return True

    assert sorted(at_once(lambda: say(first, second), lambda: say(second, first))) == [False, True]
    assert sorted(Need.objects.values_list("state", flat=True)) == [NeedState.DECLINED, NeedState.REPORTED]
