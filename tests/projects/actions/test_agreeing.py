from datetime import date
from decimal import Decimal

import pytest

from tests import stories
from tests.accounts.factories import BEFORE
from tests.policies.factories import load_policy
from tests.projects.actions.test_designing import steps_waiting
from wushe.accounts.models import Post, User
from wushe.audit.queries import entries_of
from wushe.inbox.models import Notice
from wushe.kernel.clock import local_date
from wushe.kernel.errors import CheckerIsMaker, FieldRequired, NotPermitted, StepNotAllowed
from wushe.projects.actions import TrancheDraft, draw_up_agreement, redraw_agreement, sign_agreement
from wushe.projects.errors import (
    AgreementInForce,
    AlreadySigned,
    LastTrancheTooSmall,
    LastTrancheUngated,
    ObjectionUnanswered,
    ObjectionWindowOpen,
    PeriodBackwards,
    TranchesNotWhole,
)
from wushe.projects.models import TrancheState, Trigger
from wushe.projects.states import ProjectState


def draw_up(cast, project, *, at=stories.AGREED, **other):
    return draw_up_agreement(project_id=project.pk, draft=stories.terms(cast, **other), by=cast.reviewer, at=at)


def sign(project, side, by):
    return sign_agreement(project_id=project.pk, side=side, by=by, at=stories.SIGNED)


def test_the_agreement_is_made_of_what_is_known(cast):
    project = stories.awarded(cast)
    agreement = draw_up(cast, project)
    assert (agreement.agency, agreement.price, local_date(agreement.sign_by)) == (cast.agencies[0], stories.PRICES[0], date(2026, 5, 15))
    assert agreement.content["plan"] == "每周上门三次，每月一次集体活动"
    assert agreement.content["needs"] == [project.project_needs.get().need.number]
    assert [(row.number, row.amount) for row in agreement.tranches.order_by("number")] == [(1, 31_200), (2, 31_200), (3, 15_600)]
    assert steps_waiting(project) == {"sign_agreement"}


def test_the_last_tranche_takes_the_rest_of_the_cents(cast):
    thirds = (Decimal("33.33"), Decimal("33.33"), Decimal("33.34"))
    project = stories.awarded(cast)
    agreement = draw_up(
        cast, project, tranches=(*(TrancheDraft(part, Trigger.SIGNED) for part in thirds[:2]), TrancheDraft(thirds[2], Trigger.FINAL_PASS))
    )
    assert sum(row.amount for row in agreement.tranches.all()) == agreement.price


@pytest.mark.parametrize(
    "tranches",
    [
        (),
        (TrancheDraft(Decimal("99.99"), Trigger.SIGNED),),
        (TrancheDraft(Decimal(150), Trigger.SIGNED), TrancheDraft(Decimal(-50), Trigger.FINAL_PASS)),
        (TrancheDraft(Decimal(100), "full_moon"),),
    ],
)
def test_tranches_are_whole(cast, tranches):
    project = stories.awarded(cast)
    with pytest.raises(TranchesNotWhole):
        draw_up(cast, project, tranches=tranches)


@pytest.mark.parametrize("last", [Trigger.SIGNED, Trigger.MIDTERM_PASS])
def test_the_last_tranche_waits_for_acceptance(cast, last):
    halves = (TrancheDraft(Decimal(50), Trigger.FINAL_PASS), TrancheDraft(Decimal(50), last))
    project = stories.awarded(cast)
    for tranches in ((TrancheDraft(Decimal(100), last),), halves):
        with pytest.raises(LastTrancheUngated):
            draw_up(cast, project, tranches=tranches)
    draw_up(cast, project)
    with pytest.raises(LastTrancheUngated):
        redraw(cast, project, tranches=halves)


def test_a_policy_may_keep_a_share_back_until_acceptance(cast):
    project = stories.awarded(cast)
    load_policy(cast.county.town, replace=(("code: meixian-2022", "code: town-2022"), ("\nsteps:\n", KEPT_BACK)))
    with pytest.raises(LastTrancheTooSmall) as refused:
        draw_up(cast, project)
    assert refused.value.minimum == 30


def test_the_agreement_waits_for_the_window_and_the_answers(cast):
    project = stories.awarded(cast)
    with pytest.raises(ObjectionWindowOpen) as refused:
        draw_up(cast, project, at=stories.OBJECTED)
    assert refused.value.source.article == "52"
    objection = stories.object_to(cast, project)
    with pytest.raises(ObjectionUnanswered) as unanswered:
        draw_up(cast, project)
    assert unanswered.value.objections == (objection.number,)


def test_an_agreement_ends_after_it_starts_and_is_drawn_up_once(cast):
    project = stories.awarded(cast)
    with pytest.raises(PeriodBackwards):
        draw_up(cast, project, ends_on=stories.STARTS_ON)
    draw_up(cast, project)
    with pytest.raises(StepNotAllowed):
        draw_up(cast, project)


def test_two_signatures_put_it_in_force(cast):
    project = stories.agreed(cast)
    sign(project, "agency", cast.managers[0])
    assert stories.fresh(project).state == ProjectState.AWARDED
    with pytest.raises(AlreadySigned):
        sign(project, "agency", cast.managers[0])
    sign(project, "purchaser", cast.reviewer)
    assert stories.fresh(project).state == ProjectState.CONTRACTED
    assert [row.state for row in project.agreement.tranches.order_by("number")] == [
        TrancheState.FREE,
        TrancheState.WAITING,
        TrancheState.WAITING,
    ]
    assert steps_waiting(project) == {"enter_station", "request_payment"}


def test_one_person_does_not_sign_for_both(cast):
    project = stories.agreed(cast)
    Post.objects.create(user=cast.reviewer, role="agency_manager", body=cast.agencies[0].body, since=BEFORE)
    person = User.objects.get(pk=cast.reviewer.pk)
    sign(project, "purchaser", person)
    with pytest.raises(CheckerIsMaker):
        sign(project, "agency", person)


def test_there_are_two_sides_and_something_to_sign(cast):
    project = stories.awarded(cast)
    with pytest.raises(StepNotAllowed):
        sign(project, "purchaser", cast.reviewer)
    draw_up(cast, project)
    with pytest.raises(NotPermitted):
        sign(project, "witness", cast.reviewer)


def test_a_signed_agreement_is_not_signed_again(cast):
    project = stories.contracted(cast)
    with pytest.raises(StepNotAllowed):
        sign(project, "purchaser", cast.second_reviewer)


KEPT_BACK = """
values:
  - {key: agreement.last_tranche_min_percent, zh: 末期, en: Last, value: 30, unit: percent, default: true, note: {zh: 测试, en: test}}
steps:
"""
HALVES = (TrancheDraft(Decimal(50), Trigger.SIGNED), TrancheDraft(Decimal(50), Trigger.FINAL_PASS))


def redraw(cast, project, *, reason="付款期数写错", **other):
    draft = stories.terms(cast, **other)
    return redraw_agreement(project_id=project.pk, draft=draft, reason=reason, by=cast.reviewer, at=stories.SIGNED)


def test_a_redrawn_agreement_has_new_terms_and_no_signature(cast):
    project = stories.agreed(cast)
    sign(project, "agency", cast.managers[0])
    agreement = redraw(cast, project, tranches=HALVES, ends_on=stories.LATER)
    assert (agreement.ends_on, agreement.sign_by, agreement.agency_signed_at) == (stories.LATER, project.agreement.sign_by, None)
    assert [(row.percent, row.amount) for row in agreement.tranches.order_by("number")] == [(50, 39_000), (50, 39_000)]
    assert steps_waiting(project) == {"sign_agreement"}
    entry = entries_of("project", project.number).get(verb="projects.agreement_redrawn")
    assert (entry.data["reason"], entry.data["former"]["signed"], len(entry.data["former"]["tranches"])) == ("付款期数写错", ["agency"], 3)
    notice = Notice.objects.get(verb="projects.agreement_redrawn")
    assert (notice.user, notice.data) == (cast.managers[0], {"reason": "付款期数写错"})


def test_both_sides_sign_the_redrawn_agreement(cast):
    project = stories.agreed(cast)
    sign(project, "agency", cast.managers[0])
    redraw(cast, project)
    sign(project, "purchaser", cast.reviewer)
    assert stories.fresh(project).state == ProjectState.AWARDED
    sign(project, "agency", cast.managers[0])
    assert stories.fresh(project).state == ProjectState.CONTRACTED


def test_a_redrawn_agreement_is_whole_and_says_why(cast):
    project = stories.agreed(cast)
    with pytest.raises(FieldRequired):
        redraw(cast, project, reason=" ")
    with pytest.raises(TranchesNotWhole):
        redraw(cast, project, tranches=HALVES[:1])
    with pytest.raises(PeriodBackwards):
        redraw(cast, project, ends_on=stories.STARTS_ON)


def test_only_an_agreement_that_is_not_in_force_is_redrawn(cast):
    project = stories.awarded(cast)
    with pytest.raises(StepNotAllowed):
        redraw(cast, project)
    draw_up(cast, project)
    sign(project, "agency", cast.managers[0])
    sign(project, "purchaser", cast.reviewer)
    with pytest.raises(AgreementInForce) as refused:
        redraw(cast, project)
    assert refused.value.agreement == stories.fresh(project).agreement.number
