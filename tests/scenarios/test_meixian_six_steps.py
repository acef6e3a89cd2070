"""The procedure of the Meixian plan, part five, from a resident's wish to the resident's verdict, told by the people who act."""

from decimal import Decimal

import pytest

from tests import stories
from tests.cast import make_cast, moment
from wushe.audit.queries import verify_chain
from wushe.inbox.queries import todos_for
from wushe.ledger.models import Entry
from wushe.ledger.queries import project_money, trace_of_expense
from wushe.needs.actions import give_verdict
from wushe.needs.models import Need
from wushe.needs.states import NeedState, Verdict
from wushe.oversight import actions as oversight
from wushe.oversight.models import Finding
from wushe.projects import actions as projects
from wushe.projects.models import TrancheState
from wushe.projects.queries import published_projects
from wushe.projects.states import ProjectState
from wushe.services import actions as services
from wushe.services.queries import made_of, progress_of

VERDICT = moment(12, 10)


def test_a_wish_becomes_a_service_that_the_resident_judges(cast):
    receipt = stories.reported_need(cast)

    # 五1 需求评估: the town sees the need and makes it a project
    assert [todo.subject for todo in todos_for(cast.head, stories.REPORTED)] == [receipt.need.number]
    project = projects.draft_project(region=cast.county.town, draft=stories.design(receipt.need.pk), by=cast.worker, at=stories.DRAFTED)
    projects.submit_design(project_id=project.pk, by=cast.head, at=stories.SUBMITTED)

    # 五2 发布项目: the county reviews, calls, opens, has it scored and awards
    projects.approve_design(project_id=project.pk, draft=stories.PASSED, by=cast.reviewer, at=stories.REVIEWED)
    projects.publish_tender(project_id=project.pk, draft=stories.call(), by=cast.reviewer, at=stories.PUBLISHED)
    for order in range(3):
        stories.bid(cast, project, order)
    stories.seat(cast, project)
    projects.open_bids(project_id=project.pk, by=cast.reviewer, at=stories.OPENED)
    for expert in cast.experts:
        stories.declare(project, expert)
    for expert in cast.experts:
        stories.lock(project, expert)
    projects.award_tender(project_id=project.pk, draft=stories.award_draft(project), by=cast.reviewer, at=stories.AWARDED)
    assert list(published_projects()) == [project]

    # 五3 签订协议: after the objections window both sides sign, the county commits the money and pays the first tranche
    projects.draw_up_agreement(project_id=project.pk, draft=stories.terms(cast), by=cast.reviewer, at=stories.AGREED)
    projects.sign_agreement(project_id=project.pk, side="purchaser", by=cast.reviewer, at=stories.SIGNED)
    projects.sign_agreement(project_id=project.pk, side="agency", by=cast.managers[0], at=stories.SIGNED)
    stories.commit(cast, project)
    stories.paid(cast, project)

    # 五4 开展服务: the agency enters the station and serves with volunteers and resources
    services.enter_station(project_id=project.pk, draft=stories.entry_draft(cast), by=cast.managers[0], at=stories.ENTERED)
    for title in ("邻里聚餐", "节气讲座"):
        stories.held(cast, project, title=title)
    draft = stories.expense_draft(cast, project, need=receipt.need)
    expense = projects.record_expense(project_id=project.pk, draft=draft, by=cast.managers[0], at=stories.HELD)
    assert [(row.done, row.is_met) for row in progress_of(project, stories.HELD.date())] == [(2, True), (24, True)]
    assert {part.society for part in made_of(project).parts if part.times} == {"social_worker", "volunteer"}

    # 五5 中期督导: a first look fails, the agency corrects, the second look passes and frees the money
    first = stories.supervised(cast, project, "服务记录不完整")
    assert stories.tranche(project, 2).state == TrancheState.BLOCKED
    answers = {finding.pk: "已补齐" for finding in Finding.objects.filter(supervision=first)}
    oversight.answer_findings(supervision_id=first.pk, answers=answers, by=cast.managers[0], at=stories.HELD)
    oversight.hold_second_look(supervision_id=first.pk, draft=stories.look(), by=cast.reviewer, at=stories.HELD)
    stories.paid(cast, project, 2, at=stories.HELD)

    # 五6 评估验收: a third party evaluates, residents are heard, the county accepts and pays the rest
    services.finish_delivery(project_id=project.pk, by=cast.managers[0], at=stories.FINISHED)
    stories.heard(cast, project, 5, 4, 3)
    evaluation = stories.evaluated(cast, project)
    assert evaluation.score >= evaluation.pass_mark
    oversight.accept_project(project_id=project.pk, opinion="同意验收", by=cast.reviewer, at=stories.ACCEPTED)
    stories.paid(cast, project, 3, at=stories.ACCEPTED)
    assert stories.fresh(project).state == ProjectState.CLOSED

    # the resident has the last word, and every yuan can be followed
    need = give_verdict(code=receipt.code, tail=stories.TAIL, satisfied=True, comment="送餐很及时", at=VERDICT)
    assert (need.state, need.verdict) == (NeedState.CLOSED, Verdict.SATISFIED)
    way = trace_of_expense(expense.entry_number)
    assert (way.source, way.need, way.project) == (cast.source, need.number, project.number)
    assert (way.opening.amount, [entry.amount for entry in way.commitments]) == (Decimal(200_000), [stories.PRICES[0]])
    assert [row.money.paid for row in project_money(project.number)] == [stories.PRICES[0]]
    assert Entry.objects.filter(project=project.number).count() == 5
    for person in cast.everyone().values():
        assert list(todos_for(person, VERDICT)) == []


def test_an_unhappy_verdict_opens_the_need_again_for_another_project(cast):
    project = stories.accepted(cast)
    need = Need.objects.get()
    code = stories.reported_need(cast).code
    give_verdict(code=code, tail=stories.TAIL, satisfied=False, comment="周末没有人送餐", at=VERDICT)
    need.refresh_from_db()
    assert (need.state, need.reopened_count, need.verdict_comment) == (NeedState.REPORTED, 1, "周末没有人送餐")
    assert [todo.step for todo in todos_for(cast.head, VERDICT)] == ["triage_need"]
    another = projects.draft_project(region=cast.county.town, draft=stories.design(need.pk, title="周末助餐"), by=cast.worker, at=VERDICT)
    assert (another.project_needs.get().need, stories.fresh(project).state) == (need, ProjectState.ACCEPTED)


@pytest.mark.django_db(transaction=True)
def test_the_whole_story_is_one_unbroken_chain_in_the_audit():
    stories.accepted(make_cast())
    assert verify_chain().sound
