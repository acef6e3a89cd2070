from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import ask, notify, settle
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.kernel.workdays import end_of_day
from wushe.oversight.errors import NothingToAnswer
from wushe.oversight.models import Finding, Supervision
from wushe.oversight.permissions import Permission
from wushe.oversight.queries import answerable_look
from wushe.policies.queries import policy_for
from wushe.projects.models import Project
from wushe.projects.queries import locked, out_of_order, subject_of
from wushe.projects.states import ProjectState


@transaction.atomic
def answer_findings(*, supervision_id: int, answers: dict[int, str], by: User, at: datetime) -> Supervision:
    """Say, as the agency, how each finding was corrected. An answer that was given stands; after the second look none is taken.

    Refuses: NotPermitted, StepNotAllowed, NothingToAnswer, FieldRequired.
    Effects: the Findings' answers; audit; when all of a failed look are answered, a to-do for the second look; of a passed one, news for
    whoever held it.
    Policy: `supervision.second_look_working_days`.
    """
    project = locked(Supervision.objects.values_list("project_id", flat=True).get(pk=supervision_id))
    supervision = Supervision.objects.select_related("supervised_by").get(pk=supervision_id)
    require(by, Permission.ANSWER_FINDINGS, local_date(at), body_id=project.agreement.agency.body_id)
    if project.state != ProjectState.DELIVERING:
        raise out_of_order(project, "answer_findings", at)
    findings = _open_findings(supervision, answers)
    for finding in findings:
        if not answers[finding.pk].strip():
            raise FieldRequired(name=f"answer_{finding.pk}")
        finding.answer, finding.answered_by, finding.answered_at = answers[finding.pk].strip(), by, at
    Finding.objects.bulk_update(findings, ["answer", "answered_by", "answered_at"])
    record(
        by=by,
        at=at,
        verb="oversight.findings_answered",
        subject=("project", project.number),
        name=project.title,
        data={"supervision": supervision.number},
    )
    if not supervision.findings.filter(answered_at__isnull=True).exists():
        _go_on(project, supervision, at=at)
    return supervision


def ask_for_answers(project: Project, *, at: datetime) -> None:
    """Put the findings that are still to be answered on the agency's desk, by the earliest day; nothing when all are answered.

    Effects: one open to-do, or none, in the caller's transaction.
    """
    subject, look = subject_of(project), answerable_look(project)
    settle(step="answer_findings", subject=subject[:2], at=at)
    if look is not None:
        ask(
            step="answer_findings",
            subject=subject,
            permission=Permission.ANSWER_FINDINGS,
            body=project.agreement.agency.body,
            at=at,
            due_at=end_of_day(look.correct_by) if look.correct_by else None,
        )


def _open_findings(supervision: Supervision, answers: dict[int, str]) -> list[Finding]:
    findings = list(supervision.findings.filter(pk__in=answers, answered_at__isnull=True))
    looked_again = Supervision.objects.filter(first=supervision).exists()
    if looked_again or not findings or len(findings) < len(answers):
        raise NothingToAnswer(supervision=supervision.number)
    return findings


def _go_on(project: Project, supervision: Supervision, *, at: datetime) -> None:
    """A failed look is followed by its second; whoever held a passed one hears of the answers."""
    subject = subject_of(project)
    ask_for_answers(project, at=at)
    if supervision.passed:
        notify(users=[supervision.supervised_by], verb="oversight.findings_answered", subject=subject, at=at)
        return
    due = policy_for(project.region, local_date(at)).deadline("supervision.second_look_working_days", local_date(at))
    ask(step="hold_second_look", subject=subject, permission=Permission.SUPERVISE_PROJECT, region=project.region.county, at=at, due_at=due)
