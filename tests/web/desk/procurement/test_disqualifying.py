"""The county reads the open bids and takes one out of the contest; the bidder learns why."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests import stories
from tests.cast import Cast
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.projects.models import Bid, Project
from wushe.projects.queries import bids_of

SignIn = Callable[[User], Client]
GIVEN = {"ground": "not_qualified", "reason": "登记证书在投标前已过期"}


def bid_of(project: Project) -> Bid:
    return bids_of(stories.tender_of(project))[0]


def page_of(project: Project, *more: str) -> str:
    return reverse(f"desk:procurement:{more[0]}", args=[project.number, *more[1:]])


def test_the_county_disqualifies_and_the_bidder_reads_the_article(cast: Cast, as_user: SignIn):
    project = stories.opened(cast)
    county = as_user(cast.reviewer)
    bid = bid_of(project)
    with opened_at(stories.OPENED):
        page = page_of(project, "disqualify-bid", bid.number)
        assert "至少需要 3 份" in county.get(page).content.decode()
        empty = county.post(page, {"reason": GIVEN["reason"]})
        assert (empty.status_code, GIVEN["reason"] in empty.content.decode()) == (422, True)
        assert county.post(page, GIVEN).status_code == 302
        bids = county.get(page_of(project, "bids")).content.decode()
        mine = as_user(cast.managers[0]).get(page_of(project, "submit-bid")).content.decode()
        detail = as_user(cast.managers[0]).get(reverse("desk:projects:detail", args=[project.number])).content.decode()
    assert "有效投标不足" in bids
    for shown in ("不具备供应商应当具备的条件", "政府采购法》第 22 条", GIVEN["reason"]):
        assert shown in bids
        assert shown in mine
    assert "我的投标" in detail


def test_a_refusal_stands_on_the_page(cast: Cast, as_user: SignIn):
    project = stories.opened(cast)
    bid = bid_of(project)
    county = as_user(cast.reviewer)
    with opened_at(stories.OPENED):
        county.post(page_of(project, "disqualify-bid", bid.number), GIVEN)
        again = county.post(page_of(project, "disqualify-bid", bid.number), GIVEN, headers={"accept-language": "en"})
    assert again.status_code == 422
    assert "was disqualified before" in again.content.decode()


def test_sealed_bids_are_neither_shown_nor_disqualified(cast: Cast, as_user: SignIn):
    project = stories.closed(cast)
    county = as_user(cast.reviewer)
    with opened_at(stories.OPENED):
        page = county.get(page_of(project, "bids")).content.decode()
        assert county.get(page_of(project, "disqualify-bid", bid_of(project).number)).status_code == 404
    assert cast.agencies[0].name not in page
    assert "任何人都看不到投标内容" in page


@pytest.mark.parametrize("who", ["head", "manager", "expert", "finance", "auditor"])
def test_bids_are_for_the_county(cast: Cast, as_user: SignIn, who: str):
    project = stories.opened(cast)
    client = as_user(cast.everyone()[who])
    with opened_at(stories.OPENED):
        assert client.get(page_of(project, "bids")).status_code == 403
        assert client.post(page_of(project, "disqualify-bid", bid_of(project).number), GIVEN).status_code == 403


def test_the_award_shows_who_was_disqualified_and_why(cast: Cast, as_user: SignIn):
    project = stories.opened(cast, stories.closed(cast, bids=4))
    county = as_user(cast.reviewer)
    with opened_at(stories.OPENED):
        county.post(page_of(project, "disqualify-bid", bid_of(project).number), GIVEN)
        before = as_user(cast.head).get(reverse("desk:projects:detail", args=[project.number])).content.decode()
    bids = list(bids_of(stories.tender_of(project)))[1:]
    for expert in cast.experts:
        stories.lock(project, expert, bids=bids)
    with opened_at(stories.AWARDED):
        county.post(page_of(project, "award-tender"), {"bid": bids[0].pk, "reasons": "得分第一"})
        after = as_user(cast.head).get(reverse("desk:projects:detail", args=[project.number])).content.decode()
    assert GIVEN["reason"] not in before
    assert f"{cast.agencies[0].name}：{GIVEN['reason']}" in after
