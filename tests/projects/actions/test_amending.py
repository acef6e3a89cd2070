from datetime import timedelta
from decimal import Decimal

import pytest

from tests import stories
from tests.projects.actions.test_designing import steps_waiting
from wushe.inbox.models import Notice
from wushe.kernel.errors import FieldRequired, StepNotAllowed
from wushe.projects.actions import AmendmentDraft, TrancheDraft, amend_agreement, free_tranches, sign_amendment, withdraw_amendment
from wushe.projects.errors import (
    AgreementInForce,
    AlreadySigned,
    AmendmentEmpty,
    AmendmentTooLarge,
    EndsInThePast,
    LastTrancheTaken,
    PeriodBackwards,
)
from wushe.projects.models import Trigger

AT_ONCE = (TrancheDraft(Decimal(100), Trigger.FINAL_PASS),)


def amend(cast, project, reason="服务对象增加", **changes):
    return amend_agreement(project_id=project.pk, draft=AmendmentDraft(reason, **changes), by=cast.reviewer, at=stories.FUNDED)


def sign(cast, amendment, side):
    by = cast.reviewer if side == "purchaser" else cast.managers[0]
    return sign_amendment(amendment_id=amendment.pk, side=side, by=by, at=stories.FUNDED)


def test_an_amendment_is_in_force_with_the_second_signature(cast):
    project = stories.contracted(cast)
    amendment = amend(cast, project, price=Decimal(80_000), ends_on=stories.LATER)
    assert amendment.number.endswith("-01")
    sign(cast, amendment, "purchaser")
    with pytest.raises(AlreadySigned):
        sign(cast, amendment, "purchaser")
    assert stories.fresh(project).agreement.price == stories.PRICES[0]
    sign(cast, amendment, "agency")
    agreement = stories.fresh(project).agreement
    assert (agreement.price, agreement.ends_on) == (80_000, stories.LATER)
    rows = agreement.tranches.order_by("number")
    assert [(row.amount, row.percent) for row in rows] == [(31_200, 39), (31_200, 39), (17_600, 22)]
    assert "sign_amendment" not in steps_waiting(project)


def test_the_end_alone_can_move(cast):
    project = stories.contracted(cast)
    amendment = amend(cast, project, ends_on=stories.LATER)
    for side in ("agency", "purchaser"):
        sign(cast, amendment, side)
    assert stories.fresh(project).agreement.price == stories.PRICES[0]


def test_a_supplement_stays_within_the_law_over_all_amendments(cast):
    project = stories.contracted(cast)
    amendment = amend(cast, project, price=Decimal(85_800))
    for side in ("agency", "purchaser"):
        sign(cast, amendment, side)
    with pytest.raises(AmendmentTooLarge) as refused:
        amend(cast, project, price=Decimal(85_808))
    assert (refused.value.percent, refused.value.maximum, refused.value.source.article) == (Decimal("10.01"), 10, "49")


def test_no_cent_above_the_limit_is_rounded_away(cast):
    project = stories.contracted(cast)
    with pytest.raises(AmendmentTooLarge) as refused:
        amend(cast, project, price=Decimal("85800.01"))
    assert (refused.value.percent, refused.value.maximum) == (Decimal("10.01"), 10)
    assert amend(cast, project, price=Decimal(85_800))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": " ", "price": Decimal(1)}, FieldRequired),
        ({}, AmendmentEmpty),
        ({"price": stories.PRICES[0], "ends_on": stories.ENDS_ON}, AmendmentEmpty),
        ({"ends_on": stories.STARTS_ON}, PeriodBackwards),
        ({"price": Decimal(60_000)}, LastTrancheTaken),
        ({"price": Decimal("62400.01")}, LastTrancheTaken),
    ],
)
def test_an_amendment_that_cannot_be_is_refused(cast, changes, refusal):
    project = stories.contracted(cast)
    with pytest.raises(refusal):
        amend(cast, project, **changes)


def test_one_amendment_at_a_time_of_a_signed_agreement(cast):
    project = stories.agreed(cast)
    with pytest.raises(StepNotAllowed):
        amend(cast, project, ends_on=stories.LATER)
    sign_as_both(cast, project)
    amend(cast, project, ends_on=stories.LATER)
    with pytest.raises(StepNotAllowed):
        amend(cast, project, price=Decimal(78_001))


def sign_as_both(cast, project):
    for side, by in (("purchaser", cast.reviewer), ("agency", cast.managers[0])):
        stories.projects.sign_agreement(project_id=project.pk, side=side, by=by, at=stories.SIGNED)


def test_a_price_does_not_change_under_a_payment(cast):
    project = stories.funded(cast, tranches=AT_ONCE)
    amendment = amend(cast, project, price=Decimal(78_100))
    sign(cast, amendment, "agency")
    stories.paid_before_acceptance(project)
    free_tranches(project=project, trigger=Trigger.SIGNED, by=cast.reviewer, at=stories.FUNDED)
    stories.requested(cast, project)
    with pytest.raises(LastTrancheTaken):
        sign(cast, amendment, "purchaser")


def withdraw(cast, amendment, reason="双方协商不再延期", by=None):
    return withdraw_amendment(amendment_id=amendment.pk, reason=reason, by=by or cast.reviewer, at=stories.PAID)


def test_a_withdrawn_amendment_makes_room_for_another_and_keeps_its_number(cast):
    project = stories.contracted(cast)
    first = amend(cast, project, ends_on=stories.LATER)
    sign(cast, first, "agency")
    with pytest.raises(FieldRequired):
        withdraw(cast, first, reason=" ")
    gone = withdraw(cast, first)
    assert (gone.withdrawn_by, gone.withdrawn_at, gone.withdraw_reason) == (cast.reviewer, stories.PAID, "双方协商不再延期")
    assert "sign_amendment" not in steps_waiting(project)
    assert Notice.objects.filter(verb="projects.amendment_withdrawn", user=cast.managers[0]).count() == 1
    with pytest.raises(StepNotAllowed) as refused:
        sign(cast, first, "purchaser")
    assert refused.value.state == "withdrawn"
    with pytest.raises(StepNotAllowed):
        withdraw(cast, first)
    assert amend(cast, project, price=Decimal(78_001)).number.endswith("-02")


def test_an_amendment_in_force_is_not_withdrawn(cast):
    project = stories.contracted(cast)
    amendment = amend(cast, project, ends_on=stories.LATER)
    for side in ("agency", "purchaser"):
        sign(cast, amendment, side)
    with pytest.raises(AgreementInForce) as refused:
        withdraw(cast, amendment)
    assert refused.value.agreement == amendment.number


def test_what_nobody_can_sign_any_more_is_withdrawn(cast):
    project = stories.delivering(cast)
    amendment = amend(cast, project, ends_on=stories.LATER)
    stories.services.finish_delivery(project_id=project.pk, by=cast.managers[0], at=stories.FINISHED)
    with pytest.raises(StepNotAllowed):
        sign(cast, amendment, "agency")
    withdraw(cast, amendment)
    assert "sign_amendment" not in steps_waiting(project)


def test_an_agreement_does_not_end_before_what_was_done_under_it(cast):
    project = stories.delivering(cast)
    stories.held(cast, project)
    today, past = stories.HELD, stories.HELD.date() - timedelta(days=1)

    def drawn_up(ends_on):
        return amend_agreement(project_id=project.pk, draft=AmendmentDraft("提前结束", ends_on=ends_on), by=cast.reviewer, at=today)

    with pytest.raises(EndsInThePast) as refused:
        drawn_up(past)
    assert (refused.value.ends_on, refused.value.earliest) == (past, today.date())
    amendment = drawn_up(today.date())
    with pytest.raises(EndsInThePast):
        sign_amendment(amendment_id=amendment.pk, side="agency", by=cast.managers[0], at=today + timedelta(days=1))
    sign_amendment(amendment_id=amendment.pk, side="agency", by=cast.managers[0], at=today)
