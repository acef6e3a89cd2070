"""Chapter six: the residents answer, the third party evaluates, the county accepts, residents say the last word."""

from decimal import Decimal

from wushe.demo.story import Story
from wushe.kernel.clock import local_date
from wushe.needs.actions import record_verdict
from wushe.needs.models import Need
from wushe.needs.states import NeedState
from wushe.oversight import actions as oversight
from wushe.policies.queries import policy_for
from wushe.services import actions as services
from wushe.surveys.actions import AnswerDraft, answer_survey

JUDGED = Decimal("0.86")


def finish(story: Story) -> None:
    """The agency says that the work is done."""
    services.finish_delivery(project_id=story.pk, by=story.manager, at=story.later(1))


def hear(story: Story, invited: int, answered: int) -> None:
    """Service users are asked, and most of them answer."""
    tokens = oversight.open_satisfaction(
        project_id=story.pk, invitations=invited, group="服务对象", by=story.cast.users["xianzhan"], at=story.later(0.5)
    )
    project = story.fresh()
    questions = policy_for(project.region, local_date(story.at)).codes("satisfaction_questions")
    scales = [code.code for code in questions if code.extra.get("kind") == "scale"]
    for token in tokens[:answered]:
        scores = {code: story.random.choices([5, 4, 3, 2], weights=[55, 30, 10, 5])[0] for code in scales}
        answer_survey(token=token, draft=AnswerDraft(scores=scores), at=story.later(0, 1))


def evaluate(story: Story) -> None:
    """The third party declares that it is free, and reports."""
    evaluator = story.cast.users["pinggu"]
    county = story.cast.users["xianzhan"]
    oversight.appoint_evaluator(project_id=story.pk, evaluator=story.cast.bodies["pinggu"], by=county, at=story.later(0.5))
    oversight.declare_conflict(project_id=story.pk, has_conflict=False, conflict="", by=evaluator, at=story.later(0.2))
    rubric = policy_for(story.fresh().region, local_date(story.at)).rubric("evaluation")
    judged = tuple(
        oversight.JudgedDraft(
            item.code,
            Decimal(0) if item.kind in {"deduct", "bonus"} else (item.max_points * JUDGED).quantize(Decimal("0.5")),
            "查阅资料、访谈和现场查看",
        )
        for side in rubric.sides
        for item in side.items
        if item.kind != "ratio"
    )
    summary = "项目按协议完成服务，服务对象建档完整，志愿者和社区社会组织参与面广，居民反映良好。"
    draft = oversight.EvaluationDraft(judged, summary, advice="建议总结个案经验，培育本地骨干接续服务。")
    oversight.evaluate_project(project_id=story.pk, draft=draft, by=evaluator, at=story.later(3))


def accept(story: Story) -> None:
    """The county accepts."""
    oversight.accept_project(project_id=story.pk, opinion="同意验收，按协议拨付尾款。", by=story.cast.users["xianzhan"], at=story.later(2))


def close_needs(story: Story) -> None:
    """Residents say whether they are content; one in eight is not, one in five has not answered yet."""
    project = story.fresh()
    for need in Need.objects.filter(pk__in=project.project_needs.values("need"), state=NeedState.AWAITING_VERDICT).select_related("region"):
        chance = story.random.random()
        if chance < 0.8:
            satisfied = chance < 0.7
            comment = "帮上了忙，希望继续办" if satisfied else "来的次数少，还没解决"
            worker = story.cast.workers[need.region.town_id]
            record_verdict(need_id=need.pk, satisfied=satisfied, comment=comment, by=worker, at=story.later(0.3))
