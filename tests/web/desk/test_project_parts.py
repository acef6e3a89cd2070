"""A number of something inside a project opens the project's part that shows it, for those who may see it there alone."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests import stories
from tests.cast import Cast
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.projects.actions import record_expense, withdraw_bid
from wushe.projects.models import Project

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def at(name: str, project: Project, *more: str) -> str:
    return reverse(name, args=[project.number, *more])


def led(client: Client, number: str) -> str:
    """Where a search for a number leads; empty when the page says that nothing is there."""
    answer = client.get(reverse("desk:search"), {"q": number})
    if answer.status_code == 302:
        assert client.get(answer.headers["Location"]).status_code == 200
        return answer.headers["Location"]
    assert "没有匹配内容" in answer.content.decode()
    return ""


def test_money_of_a_project_opens_for_those_who_see_it(cast: Cast, as_user: SignIn):
    project = stories.ended(cast)
    payment = project.agreement.tranches.get(number=1).payment
    refund = stories.recorded_refund(cast, project)
    spent = record_expense(project_id=project.pk, draft=stories.expense_draft(cast, project), by=cast.managers[0], at=stories.HELD)
    agency, rival, county, finance = (as_user(each) for each in (*cast.managers[:2], cast.reviewer, cast.finance))
    payments, agreement = at("desk:procurement:payments", project), at("desk:procurement:agreement", project)
    book = reverse("desk:money:expense", args=[spent.number])
    with opened_at(stories.HELD):
        for each in (agency, county, finance):
            assert led(each, payment.number) == payments
            assert led(each, project.agreement.number) == agreement
            assert led(each, refund.number) == f"{payments}#refunds"
        assert led(agency, spent.number) == at("desk:procurement:trace-expense", project, spent.number)
        assert [led(each, spent.number) for each in (county, finance)] == [book, book]
        assert [led(rival, number) for number in (refund.number, spent.number)] == ["", ""]


def test_an_expense_leads_to_the_book_only_who_may_read_it_there(cast: Cast, as_user: SignIn):
    project = stories.ended(cast)
    spent = record_expense(project_id=project.pk, draft=stories.expense_draft(cast, project), by=cast.managers[0], at=stories.HELD)
    book = reverse("desk:money:expense", args=[spent.number])
    with opened_at(stories.HELD):
        # the money is the county's, the project the town's
        for user, follows in ((cast.reviewer, True), (cast.head, False)):
            client = as_user(user)
            assert client.get(book).status_code == (200 if follows else 404)
            for page in ("desk:projects:detail", "desk:procurement:payments"):
                text = client.get(at(page, project)).content.decode()
                assert (spent.memo in text, book in text) == (True, follows)


def test_a_bid_stays_sealed_for_everybody_but_its_agency_until_it_is_opened(cast: Cast, as_user: SignIn):
    project = stories.tendering(cast)
    mine, taken_back = stories.bid(cast, project, 0), stories.bid(cast, project, 1)
    withdraw_bid(bid_id=taken_back.pk, by=cast.managers[1], at=stories.BID)
    agency, rival, county = (as_user(each) for each in (*cast.managers[:2], cast.reviewer))
    with opened_at(stories.BID):
        assert led(agency, mine.number) == at("desk:procurement:submit-bid", project)
        assert [led(each, mine.number) for each in (rival, county)] == ["", ""]
        assert led(rival, taken_back.number) == ""
        tender = stories.tender_of(project).number
        assert led(county, tender) == at("desk:projects:detail", project) + "#tender"


def test_an_opened_bid_opens_for_the_county_and_never_for_a_rival(cast: Cast, as_user: SignIn):
    project = stories.opened(cast)
    bid = stories.tender_of(project).bids.order_by("pk").first()
    with opened_at(stories.SCORED):
        assert led(as_user(cast.reviewer), bid.number) == at("desk:procurement:bids", project)
        assert led(as_user(cast.managers[1]), bid.number) == ""


def test_a_report_that_is_not_handed_in_is_not_there(cast: Cast, as_user: SignIn):
    project = stories.finished(cast)
    evaluation = stories.appointed(cast, project)
    county = as_user(cast.reviewer)
    with opened_at(stories.FINISHED):
        assert led(county, evaluation.number) == ""


def test_a_report_that_was_handed_in_opens(cast: Cast, as_user: SignIn):
    project = stories.accepted(cast)
    county = as_user(cast.reviewer)
    with opened_at(stories.FINISHED):
        assert led(county, project.evaluations.get().number) == at("desk:oversight:report", project)


def test_a_number_that_is_nowhere_says_so(cast: Cast, as_user: SignIn):
    assert led(as_user(cast.reviewer), "payment-990326-2026-999999") == ""
