"""A refusal of the chain names the article of the policy in force, not one of the code."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from tests import stories
from tests.cast import Cast
from wushe.kernel.errors import DomainError, StepNotAllowed
from wushe.oversight import actions as oversight
from wushe.projects import actions as projects
from wushe.projects.actions import TrancheDraft
from wushe.projects.models import Trigger
from wushe.web.common.refusals import sentence


def refused(cast: Cast, name: str) -> DomainError:
    """What the county, an agency or an expert is told in the case of this name."""
    with pytest.raises(DomainError) as error:
        CASES[name](cast)
    return error.value


def draft_published(cast: Cast) -> None:
    projects.publish_tender(project_id=stories.drafted(cast).pk, draft=stories.call(), by=cast.reviewer, at=stories.PUBLISHED)


def late_bid(cast: Cast) -> None:
    stories.bid(cast, stories.tendering(cast), at=stories.OPENED)


def conflicted_expert(cast: Cast) -> None:
    project = stories.opened(cast)
    stories.declare(project, cast.experts[0], conflict="亲属关系")
    stories.lock(project, cast.experts[0])


def second_award(cast: Cast) -> None:
    project = stories.awarded(cast)
    projects.award_tender(project_id=project.pk, draft=stories.award_draft(project), by=cast.reviewer, at=stories.AWARDED)


def tranches_of_ninety(cast: Cast) -> None:
    stories.agreed(cast, tranches=(TrancheDraft(Decimal(40), Trigger.SIGNED), TrancheDraft(Decimal(50), Trigger.FINAL_PASS)))


def tranche_too_early(cast: Cast) -> None:
    stories.requested(cast, stories.contracted(cast), 2)


def signed_too_early(cast: Cast) -> None:
    project = stories.awarded(cast)
    projects.draw_up_agreement(project_id=project.pk, draft=stories.terms(cast), by=cast.reviewer, at=stories.AGREED)
    projects.draw_up_agreement(project_id=project.pk, draft=stories.terms(cast), by=cast.reviewer, at=stories.AGREED)


def over_the_line(cast: Cast) -> None:
    project = stories.delivering(cast)
    stories.paid(cast, project)
    draft = stories.expense_draft(cast, project, amount=Decimal(30_001))
    projects.record_expense(project_id=project.pk, draft=draft, by=cast.managers[0], at=stories.HELD)


def approved_twice(cast: Cast) -> None:
    payment = stories.payable(cast, stories.funded(cast))
    projects.approve_payment(payment_id=payment.pk, by=cast.reviewer, at=stories.PAID)


def paid_unapproved(cast: Cast) -> None:
    payment = stories.requested(cast, stories.funded(cast))
    projects.pay_tranche(payment_id=payment.pk, voucher_no="付-1", by=cast.finance, at=stories.PAID)


def amended_unsigned(cast: Cast) -> None:
    draft = projects.AmendmentDraft("延期", ends_on=stories.LATER)
    projects.amend_agreement(project_id=stories.agreed(cast).pk, draft=draft, by=cast.reviewer, at=stories.AGREED)


def spent_unsigned(cast: Cast) -> None:
    project = stories.agreed(cast)
    draft = stories.expense_draft(cast, project)
    projects.record_expense(project_id=project.pk, draft=draft, by=cast.managers[0], at=stories.AGREED)


def supervised_too_early(cast: Cast) -> None:
    stories.supervised(cast, stories.contracted(cast))


def heard_too_early(cast: Cast) -> None:
    project = stories.contracted(cast)
    oversight.open_satisfaction(project_id=project.pk, invitations=1, group="", by=cast.reviewer, at=stories.SIGNED)


def accepted_too_early(cast: Cast) -> None:
    project = stories.delivering(cast)
    oversight.accept_project(project_id=project.pk, opinion="同意", by=cast.reviewer, at=stories.HELD)


CASES = {
    "wrong order": draft_published,
    "drawn up twice": signed_too_early,
    "late bid": late_bid,
    "conflict": conflicted_expert,
    "second award": second_award,
    "tranches not whole": tranches_of_ninety,
    "tranche not due": tranche_too_early,
    "over budget": over_the_line,
    "approved twice": approved_twice,
    "paid unapproved": paid_unapproved,
    "amended unsigned": amended_unsigned,
    "spent unsigned": spent_unsigned,
    "supervised too early": supervised_too_early,
    "heard too early": heard_too_early,
    "accepted too early": accepted_too_early,
}
CITED = {
    "wrong order": "五2",
    "drawn up twice": "五3",
    "late bid": "《中华人民共和国政府采购法》第 35 条",
    "conflict": "《中华人民共和国政府采购法》第 12 条",
    "second award": "五2",
    "tranches not whole": "平台默认",
    "tranche not due": "平台默认",
    "over budget": "平台默认",
    "approved twice": "平台默认",
    "paid unapproved": "平台默认",
    "amended unsigned": "五3",
    "spent unsigned": "五4",
    "supervised too early": "五5",
    "heard too early": "五6",
    "accepted too early": "五6",
}


@pytest.mark.parametrize("name", CASES)
def test_the_sentence_cites_the_rule(cast: Cast, name: str):
    error = refused(cast, name)
    with override("zh-hans"):
        said = sentence(error)
    assert "依据：" in said
    assert CITED[name] in said


def test_what_no_procedure_orders_is_refused_without_an_article():
    with override("en"):
        said = sentence(StepNotAllowed(step="open_custody", state="kept"))
    assert "(" not in said
