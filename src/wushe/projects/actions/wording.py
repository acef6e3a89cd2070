"""What an agreement says: the text made out of the data, the clauses of the policy, and the versions that were drawn up."""

from collections.abc import Collection
from typing import Any

from wushe.policies.queries import Policy
from wushe.projects.models import Agreement, AgreementVersion, Award, Project
from wushe.projects.queries import needs_of

SIGNED_SIDES = ("purchaser", "agency")


def content_of(project: Project, award: Award, *, policy: Policy, triggers: Collection[str]) -> dict[str, Any]:
    """The text as it stands at this moment: what project, tender, bid and policy say."""
    return {
        "title": project.title,
        "summary": project.summary,
        "service_users": project.service_users,
        "goals": project.goals,
        "expected_persons": project.expected_persons,
        "needs": [need.number for need in needs_of(project)],
        "indicators": [{"kind": row.kind, "text": row.text, "target": str(row.target)} for row in project.indicators.order_by("position")],
        "budget_lines": [
            {"category": row.category, "text": row.text, "amount": str(row.amount)} for row in project.budget_lines.order_by("position")
        ],
        "plan": award.bid.plan,
        "team": award.bid.team,
        "tender": award.tender.number,
        "award": award.number,
        "price": str(award.price),
        "clauses": _clauses(policy, triggers),
    }


def _clauses(policy: Policy, triggers: Collection[str]) -> list[dict[str, str]]:
    """Those of the policy's clauses that apply: to the steps of its procedure, and to what frees the tranches."""
    steps = {step.code for step in policy.steps()}
    return [
        {"chapter": clause.extra["chapter"], "zh": clause.zh, "en": clause.en}
        for clause in policy.codes("agreement_clauses")
        if not clause.retired and clause.extra.get("step") in {None, *steps} and clause.extra.get("trigger") in {None, *triggers}
    ]


def terms_of(agreement: Agreement) -> dict[str, Any]:
    """Who agrees on which price, period and tranches, in words that stay when bodies change their names."""
    return {
        "purchaser": agreement.purchaser.name,
        "agency": agreement.agency.name,
        "uscc": agreement.agency.uscc,
        "price": str(agreement.price),
        "starts_on": agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on.isoformat(),
        "tranches": [
            {"number": row.number, "percent": str(row.percent), "amount": str(row.amount), "trigger": row.trigger}
            for row in agreement.tranches.order_by("number")
        ],
    }


def signatures_of(agreement: Agreement) -> list[dict[str, str]]:
    """Who has signed so far, for which side and when."""
    signed = ((side, getattr(agreement, f"{side}_signed_by"), getattr(agreement, f"{side}_signed_at")) for side in SIGNED_SIDES)
    return [{"side": side, "name": by.name, "at": at.isoformat()} for side, by, at in signed if at is not None]


def keep_version(agreement: Agreement, *, reason: str = "", voided: Collection[dict[str, str]] = ()) -> AgreementVersion:
    """Keep the agreement as it was just drawn up.

    Effects: an AgreementVersion, in the caller's transaction.
    """
    return AgreementVersion.objects.create(
        agreement=agreement,
        version=agreement.versions.count() + 1,
        content=agreement.content,
        terms=terms_of(agreement),
        reason=reason,
        voided=list(voided),
        drawn_up_by=agreement.drawn_up_by,
        drawn_up_at=agreement.drawn_up_at,
    )
