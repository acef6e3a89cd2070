"""Whole lives of projects, for whoever reads what was published of them."""

from decimal import Decimal

from tests import stories
from tests.cast import Cast, moment
from wushe.oversight import actions as oversight
from wushe.projects import actions as projects
from wushe.projects.actions import AmendmentDraft
from wushe.projects.models import Project
from wushe.reports.models import Release
from wushe.services import actions as services

UPHELD, AGREED, SIGNED = moment(4, 16), moment(4, 28), moment(4, 28, 15)
REFUSED, AGAIN, ACCEPTED, LAST_PAID = moment(11, 26), moment(12, 10), moment(12, 15), moment(12, 20)


def with_every_detour(cast: Cast) -> Project:
    """Awarded twice, amended, failed once, sent back once, accepted and paid: closed."""
    project = contracted_at_last(cast)
    stories.commit(cast, project, Decimal(80_000))
    draft = AmendmentDraft("服务对象增加", price=Decimal(80_000), ends_on=stories.LATER)
    amendment = projects.amend_agreement(project_id=project.pk, draft=draft, by=cast.reviewer, at=stories.FUNDED)
    for side, by in (("purchaser", cast.reviewer), ("agency", cast.managers[0])):
        projects.sign_amendment(amendment_id=amendment.pk, side=side, by=by, at=stories.FUNDED)
    stories.paid(cast, project)
    services.enter_station(project_id=project.pk, draft=stories.entry_draft(cast), by=cast.managers[0], at=stories.ENTERED)
    for title in ("邻里聚餐", "节气讲座"):
        stories.held(cast, project, title=title)
    supervised_twice(cast, project)
    stories.paid(cast, project, 2, at=stories.FINISHED)
    services.finish_delivery(project_id=project.pk, by=cast.managers[0], at=stories.FINISHED)
    stories.heard(cast, project, 5, 4, 3)
    stories.evaluated(cast, project)
    oversight.refuse_acceptance(project_id=project.pk, reason="档案不全", by=cast.reviewer, at=REFUSED)
    services.finish_delivery(project_id=project.pk, by=cast.managers[0], at=AGAIN)
    stories.evaluated(cast, project, at=AGAIN)
    oversight.accept_project(project_id=project.pk, opinion="同意验收", by=cast.reviewer, at=ACCEPTED)
    stories.paid(cast, project, 3, at=LAST_PAID)
    return stories.fresh(project)


def contracted_at_last(cast: Cast) -> Project:
    """The first award falls by an objection; the second bidder is awarded and signs."""
    project = stories.scored(cast)
    for order in (1, 0):
        draft = stories.award_draft(project, order, against_ranking="" if order == 0 else "第一名未通过资格复核")
        projects.award_tender(project_id=project.pk, draft=draft, by=cast.reviewer, at=UPHELD)
        if order == 1:
            objection = projects.raise_objection(
                project_id=project.pk, agency=cast.agencies[0], text="应为第一名", by=cast.managers[0], at=UPHELD
            )
            projects.answer_objection(objection_id=objection.pk, upheld=True, answer="质疑成立", by=cast.reviewer, at=UPHELD)
    projects.draw_up_agreement(project_id=project.pk, draft=stories.terms(cast), by=cast.reviewer, at=AGREED)
    for side, by in (("purchaser", cast.reviewer), ("agency", cast.managers[0])):
        projects.sign_agreement(project_id=project.pk, side=side, by=by, at=SIGNED)
    return stories.fresh(project)


def supervised_twice(cast: Cast, project: Project) -> None:
    """The first look fails, its finding is answered, the second passes."""
    first = stories.supervised(cast, project, "记录不全")
    answers = dict.fromkeys(first.findings.values_list("pk", flat=True), "已补齐")
    oversight.answer_findings(supervision_id=first.pk, answers=answers, by=cast.managers[0], at=stories.HELD)
    oversight.hold_second_look(supervision_id=first.pk, draft=stories.look(), by=cast.reviewer, at=stories.HELD)


def tendered_again(cast: Cast) -> Project:
    """The first tender is cancelled after its opening, the second is out."""
    project = stories.opened(cast)
    projects.cancel_tender(project_id=project.pk, reason="投标文件均不响应招标要求", by=cast.reviewer, at=stories.SCORED)
    draft = stories.call(closes_at=moment(5, 20, 17))
    projects.publish_tender(project_id=project.pk, draft=draft, by=cast.reviewer, at=stories.AWARDED)
    return stories.fresh(project)


def given_up(cast: Cast) -> Project:
    """Served without its supervision and ended before its time."""
    project = stories.delivering(cast)
    oversight.waive_supervision(project_id=project.pk, reason="服务期只有一个月", by=cast.reviewer, at=stories.HELD)
    projects.terminate_project(project_id=project.pk, reason="机构注销", by=cast.reviewer, at=stories.HELD)
    return stories.fresh(project)


def given_back(cast: Cast) -> Project:
    """Ended before its time; what the agency had not spent came back."""
    project = stories.ended(cast)
    stories.refunded(cast, project)
    return stories.fresh(project)


LIVES = {"closed": with_every_detour, "tendered again": tendered_again, "given up": given_up, "given back": given_back}
LIFE_TAGS = {
    "closed": [
        *("planning", "tender", "tenderUpdate", "award", "awardCancellation", "award", "contract", "contractAmendment"),
        *("implementationUpdate", "implementation", "implementation", "implementation", "implementationUpdate"),
        *("implementationUpdate", "implementationUpdate", "implementationUpdate", "implementationUpdate", "implementationUpdate"),
        *("implementationUpdate", "implementationUpdate", "contractTermination"),
    ],
    "tendered again": ["planning", "tender", "tenderUpdate", "tenderCancellation", "tender"],
    "given up": [
        *("planning", "tender", "tenderUpdate", "award", "contract", "implementation", "implementation"),
        "contractTermination",
    ],
    "given back": [
        *("planning", "tender", "tenderUpdate", "award", "contract", "implementationUpdate"),
        *("contractTermination", "implementationUpdate"),
    ],
}


def releases_of(project: Project) -> list[dict[str, object]]:
    """What was published of a project, the first first."""
    return [row.content for row in Release.objects.filter(project=project).order_by("sequence")]
