"""The page of a step that does not fit any more, or not yet, says so when it is opened, in the words of the step itself."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests import stories
from tests.cast import Cast
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.projects.actions import AmendmentDraft, amend_agreement, sign_amendment

SignIn = Callable[[User], Client]


def opened(client: Client, *pages: tuple[str, list[str]]) -> dict[str, int]:
    return {name: client.get(reverse(f"desk:{name}", args=args)).status_code for name, args in pages}


def test_the_steps_of_before_are_over_in_delivery(cast: Cast, as_user: SignIn):
    project = stories.delivering(cast)
    n = [project.number]
    before = ("projects:publish-tender", "projects:cancel-tender", "projects:review-design")
    procurement = ("procurement:award-tender", "procurement:draw-up-agreement", "procurement:redraw-agreement")
    with opened_at(stories.HELD):
        county = opened(as_user(cast.reviewer), *((name, n) for name in (*before, *procurement)), ("oversight:accept-project", n))
        town = opened(as_user(cast.head), ("projects:revise-design", n), ("projects:submit-design", n))
        late = as_user(cast.managers[3]).get(reverse("desk:procurement:submit-bid", args=n))
        mine = as_user(cast.managers[1]).get(reverse("desk:procurement:submit-bid", args=n))
        said = as_user(cast.reviewer).get(reverse("desk:procurement:award-tender", args=n)).content.decode()
    assert set(county.values()) == {409}
    assert set(town.values()) == {409}
    assert (late.status_code, mine.status_code) == (409, 200)
    assert stories.award_of(project).number in said


def test_what_is_paid_is_neither_returned_nor_paid_again(cast: Cast, as_user: SignIn):
    project = stories.funded(cast)
    payment = stories.payable(cast, project)
    of = [project.number, payment.number]
    with opened_at(stories.PAID):
        assert opened(as_user(cast.finance), ("procurement:pay-tranche", of)) == {"procurement:pay-tranche": 200}
        asked = opened(as_user(cast.managers[0]), ("procurement:request-payment", [project.number, 1]))
        stories.projects.pay_tranche(payment_id=payment.pk, voucher_no="2026-0506", by=cast.finance, at=stories.PAID)
        finance = opened(as_user(cast.finance), ("procurement:pay-tranche", of), ("procurement:return-payment", of))
    assert set(asked.values()) == {409}
    assert set(finance.values()) == {409}


def test_what_was_judged_or_signed_is_not_taken_back(cast: Cast, as_user: SignIn):
    project = stories.contracted(cast)
    change = AmendmentDraft("服务对象增加", ends_on=stories.LATER)
    amendment = amend_agreement(project_id=project.pk, draft=change, by=cast.reviewer, at=stories.FUNDED)
    withdraw = ("procurement:withdraw-amendment", [project.number, amendment.number])
    amend = ("procurement:amend-agreement", [project.number])
    with opened_at(stories.PAID):
        waiting = opened(as_user(cast.reviewer), withdraw, amend)
        for side, by in (("purchaser", cast.reviewer), ("agency", cast.managers[0])):
            sign_amendment(amendment_id=amendment.pk, side=side, by=by, at=stories.FUNDED)
        signed = opened(as_user(cast.reviewer), withdraw, amend)
    assert list(waiting.values()) == [200, 409]
    assert list(signed.values()) == [409, 200]


def test_a_booked_refund_is_not_refused(cast: Cast, as_user: SignIn):
    project = stories.ended(cast)
    refund = stories.refunded(cast, project)
    with opened_at(stories.HELD):
        found = opened(as_user(cast.reviewer), ("procurement:refuse-refund", [project.number, refund.number]))
    assert set(found.values()) == {409}


def test_a_closed_project_is_neither_supervised_nor_accepted(cast: Cast, as_user: SignIn):
    project = stories.accepted(cast)
    names = ("oversight:supervise-project", "oversight:waive-supervision", "oversight:accept-project", "projects:terminate-project")
    with opened_at(stories.FINISHED):
        found = opened(as_user(cast.reviewer), *((name, [project.number]) for name in names))
    assert set(found.values()) == {409}


def test_the_address_of_a_button_is_a_page_that_says_so(cast: Cast, as_user: SignIn):
    project = stories.agreed(cast)
    page = as_user(cast.reviewer).get(reverse("desk:procurement:sign-agreement", args=[project.number]))
    assert (page.status_code, page["Allow"], "只接收页面上按钮提交的内容" in page.content.decode()) == (405, "POST", True)
