"""The chain from the design to acceptance: whoever has to act next knows by when, and the town and the resident hear of every step."""

from datetime import date

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests import stories
from tests.cast import Cast
from wushe.inbox.models import Notice, Todo
from wushe.kernel.clock import local_date
from wushe.needs.models import Need
from wushe.projects import actions as projects

CLOCKS = {
    "submit_design": date(2026, 3, 18),
    "review_design": date(2026, 3, 12),
    "publish_tender": date(2026, 3, 16),
    "submit_bid": date(2026, 4, 10),
    "appoint_experts": date(2026, 4, 10),
    "declare_interests": date(2026, 4, 20),
    "open_bids": date(2026, 4, 10),
    "score_bids": date(2026, 4, 20),
    "award_tender": date(2026, 4, 21),
    "draw_up_agreement": date(2026, 5, 15),
    "sign_agreement": date(2026, 5, 15),
    "enter_station": date(2026, 5, 18),
    "supervise_project": date(2026, 8, 15),
    "finish_delivery": date(2026, 11, 30),
    "appoint_evaluator": date(2026, 12, 2),
    "open_satisfaction": date(2026, 12, 2),
    "evaluate_project": date(2026, 12, 23),
    "accept_project": date(2026, 12, 9),
}
HEARD_BY_THE_TOWN = [
    "projects.design_approved",
    "projects.tender_published",
    "projects.tender_awarded",
    "projects.agreement_in_force",
    "projects.delivery_started",
    "oversight.project_supervised",
    "projects.delivery_finished",
    "oversight.project_evaluated",
    "projects.project_accepted",
]


def test_every_step_has_its_day_and_its_news(cast: Cast):
    need = stories.reported_need(cast).need
    project = stories.accepted(cast)
    assert all(Todo.objects.values_list("due_at", flat=True))
    due = {todo.step: local_date(todo.due_at) for todo in Todo.objects.filter(subject=project.number).order_by("-pk")}
    assert {step: due.get(step) for step in CLOCKS} == CLOCKS
    assert {local_date(todo.due_at) for todo in Todo.objects.filter(step="record_verdict")} == {date(2026, 12, 15)}
    heard = Notice.objects.filter(user=cast.head, subject=project.number).order_by("pk").values_list("verb", flat=True)
    assert list(heard) == HEARD_BY_THE_TOWN

    code = stories.reported_need(cast).code
    with override("zh-hans"):
        page = Client().post(reverse("portal:needs:status"), {"code": code, "tail": stories.TAIL}).content.decode()
    told = [
        "项目已审核通过",
        "项目已发布招标",
        "项目协议已由双方签订",
        "项目已开始服务",
        "项目已开展中期督导",
        "项目已提交评估报告",
        "项目已通过验收",
    ]
    assert [sentence for sentence in told if sentence not in page] == []
    assert need.number in page
    assert cast.reviewer.name not in page.split('id="project"')[1].split("</ol>")[0]


def test_a_longer_agreement_puts_the_end_of_delivery_off(cast: Cast):
    project = stories.delivering(cast)
    draft = projects.AmendmentDraft(reason="延长服务", ends_on=stories.LATER)
    amendment = projects.amend_agreement(project_id=project.pk, draft=draft, by=cast.reviewer, at=stories.HELD)
    projects.sign_amendment(amendment_id=amendment.pk, side="purchaser", by=cast.reviewer, at=stories.HELD)
    projects.sign_amendment(amendment_id=amendment.pk, side="agency", by=cast.managers[0], at=stories.HELD)
    todo = Todo.objects.open().get(step="finish_delivery")
    assert (local_date(todo.due_at), todo.created_at) == (stories.LATER, stories.ENTERED)
    assert Notice.objects.filter(verb="projects.amendment_in_force", user=cast.managers[0]).exists()
    assert Need.objects.get().state == "adopted"
