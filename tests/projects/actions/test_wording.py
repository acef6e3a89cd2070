"""What an agreement says stays readable: every version that was drawn up, and the clauses that applied."""

from decimal import Decimal

from tests import stories
from tests.policies.factories import load_policy
from wushe.projects.actions import AmendmentDraft, TrancheDraft, amend_agreement, redraw_agreement, sign_agreement, sign_amendment
from wushe.projects.models import Trigger

HALVES = (TrancheDraft(Decimal(50), Trigger.SIGNED), TrancheDraft(Decimal(50), Trigger.FINAL_PASS))


def clauses(version, chapter):
    return [each["en"] for each in version.content["clauses"] if each["chapter"] == chapter]


def test_every_version_stays_as_it_was_drawn_up(cast):
    project = stories.agreed(cast)
    sign_agreement(project_id=project.pk, side="agency", by=cast.managers[0], at=stories.SIGNED)
    draft = stories.terms(cast, tranches=HALVES, ends_on=stories.LATER)
    redraw_agreement(project_id=project.pk, draft=draft, reason="付款期数写错", by=cast.second_reviewer, at=stories.FUNDED)
    first, second = stories.fresh(project).agreement.versions.order_by("version")
    assert (first.version, first.drawn_up_by, first.drawn_up_at, first.reason) == (1, cast.reviewer, stories.AGREED, "")
    assert (second.version, second.drawn_up_by, second.drawn_up_at, second.reason) == (
        2,
        cast.second_reviewer,
        stories.FUNDED,
        "付款期数写错",
    )
    assert [len(version.terms["tranches"]) for version in (first, second)] == [3, 2]
    assert [version.terms["ends_on"] for version in (first, second)] == ["2026-11-30", "2026-12-31"]
    assert [(each["side"], each["name"]) for each in second.voided] == [("agency", cast.managers[0].name)]


def test_an_amendment_leaves_the_text_that_was_signed(cast):
    project = stories.contracted(cast)
    change = AmendmentDraft("服务对象增加", price=Decimal(80_000), ends_on=stories.LATER)
    amendment = amend_agreement(project_id=project.pk, draft=change, by=cast.reviewer, at=stories.FUNDED)
    for side, by in (("purchaser", cast.reviewer), ("agency", cast.managers[0])):
        sign_amendment(amendment_id=amendment.pk, side=side, by=by, at=stories.FUNDED)
    terms = stories.fresh(project).agreement.versions.get().terms
    assert (terms["price"], terms["ends_on"]) == ("78000.00", "2026-11-30")
    assert [row["amount"] for row in terms["tranches"]] == ["31200.00", "31200.00", "15600.00"]


def test_a_clause_stands_where_the_procedure_has_its_step_and_a_tranche_its_trigger(cast):
    held, looked, ended = "is held back", "supervises the delivery at mid-term", "when the second look at mid-term fails"
    whole = stories.agreed(cast).agreement.versions.get()
    assert any(held in clause for clause in clauses(whole, "supervision"))
    project = whole.agreement.project
    redraw_agreement(project_id=project.pk, draft=stories.terms(cast, tranches=HALVES), reason="期数", by=cast.reviewer, at=stories.SIGNED)
    bare = whole.agreement.versions.get(version=2)
    assert not any(held in clause for clause in clauses(bare, "supervision"))
    assert any(looked in clause for clause in clauses(bare, "supervision"))
    load_policy(
        cast.county.town, replace=(("code: meixian-2022", "code: town-2022"), ("- code: midterm_supervision\n", "- code: town_visit\n"))
    )
    redraw_agreement(project_id=project.pk, draft=stories.terms(cast), reason="期数", by=cast.reviewer, at=stories.SIGNED)
    without = whole.agreement.versions.get(version=3)
    assert not any(text in clause for text in (held, looked) for clause in clauses(without, "supervision"))
    assert not any(ended in clause for clause in clauses(without, "breach"))
