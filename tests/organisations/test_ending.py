"""A filing that ends: its renewal lies on the town's desk from the day of the warning on, without anybody looking for it."""

from datetime import date, timedelta

import pytest

from tests.cast import credit_code
from tests.organisations.applications import DECIDED, granted, make_offices
from wushe.inbox.queries import todos_for
from wushe.kernel.clock import local_date
from wushe.organisations import actions
from wushe.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def waiting(person, at):
    return [todo.due_at.date() for todo in todos_for(person, at) if todo.step == "renew_filing"]


def warned_at(organisation, days=15):
    return DECIDED + timedelta(days=(organisation.filed_until - local_date(DECIDED)).days - days)


@pytest.fixture
def offices():
    return make_offices("example-quarterly")


@pytest.fixture
def organisation(offices) -> Organisation:
    return granted(offices).organisation


def test_the_renewal_opens_with_the_warning_of_the_policy(offices, organisation):
    organisation.refresh_from_db()
    warned = warned_at(organisation)
    assert waiting(offices.head, warned - timedelta(days=1)) == []
    assert waiting(offices.head, warned) == [date(2029, 3, 9)]
    assert [waiting(other, warned) for other in (offices.reviewer, offices.community, offices.stranger)] == [[], [], []]


def test_a_renewed_filing_is_asked_for_again_before_its_next_end(offices, organisation):
    organisation.refresh_from_db()
    warned = warned_at(organisation)
    renewed = actions.renew_filing(organisation=organisation, document="续1", by=offices.head, at=warned)
    assert waiting(offices.head, warned) == []
    assert waiting(offices.head, warned_at(renewed)) == [date(2032, 3, 9)]


def test_who_registers_has_nothing_to_renew(offices, organisation):
    organisation.refresh_from_db()
    told = {"registered_on": date(2026, 5, 1), "uscc": credit_code(31), "by": offices.reviewer}
    actions.record_registration(organisation=organisation, at=DECIDED + timedelta(days=90), **told)
    assert waiting(offices.head, warned_at(organisation)) == []


def test_who_is_struck_off_has_nothing_to_renew(offices, organisation):
    organisation.refresh_from_db()
    over = {"deregistered_on": date(2026, 5, 1), "reason": "解散", "by": offices.head}
    actions.deregister_organisation(organisation=organisation, at=DECIDED + timedelta(days=90), **over)
    assert waiting(offices.head, warned_at(organisation)) == []


def test_a_policy_without_validity_asks_nobody():
    offices = make_offices()
    granted(offices)
    assert waiting(offices.head, DECIDED + timedelta(days=4000)) == []
