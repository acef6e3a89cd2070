from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.inbox.actions import settle
from wushe.kernel.clock import local_date
from wushe.oversight.models import SatisfactionSurvey
from wushe.oversight.permissions import Permission
from wushe.oversight.rules import ASKED_IN
from wushe.policies.queries import policy_for
from wushe.projects.queries import locked, out_of_order
from wushe.surveys.actions import extend_survey, invite, invite_on_paper, open_survey
from wushe.surveys.models import Survey


@transaction.atomic
def open_satisfaction(*, project_id: int, invitations: int, group: str, by: User, at: datetime) -> list[str]:
    """Ask the service users: makes the survey if there is none, and new invitations. Returns their tokens, which are shown once.

    Asking again opens the survey anew or longer, up to the acceptance of the project.

    Refuses: NotPermitted, StepNotAllowed.
    Effects: a Survey with Invitations, or its later end; a SatisfactionSurvey; audit.
    Policy: `satisfaction_questions`, `satisfaction.open_days`; procurement regulation art. 45: service users take part in acceptance.
    """
    survey = _survey(project_id, by, at)
    return invite(survey=survey, count=invitations, group=group, by=by, at=at)


@transaction.atomic
def print_sheets(*, project_id: int, sheets: int, group: str, by: User, at: datetime) -> list[int]:
    """Ask those who have no phone: invitations on paper, each with a serial number. Returns the numbers; sheets can be printed again.

    Refuses: NotPermitted, StepNotAllowed.
    Effects: as `open_satisfaction`, with Invitations for paper.
    Policy: as `open_satisfaction`.
    """
    survey = _survey(project_id, by, at)
    return invite_on_paper(survey=survey, count=sheets, group=group, by=by, at=at)


def _survey(project_id: int, by: User, at: datetime) -> Survey:
    project = locked(project_id)
    on = local_date(at)
    require(by, Permission.OPEN_SATISFACTION, on, region=project.region)
    if project.state not in ASKED_IN:
        raise out_of_order(project, "open_satisfaction", at)
    policy = policy_for(project.region, on)
    closes_at = policy.deadline("satisfaction.open_days", on)
    link = SatisfactionSurvey.objects.select_related("survey").filter(project=project).first()
    if link is None:
        questions = [{"code": code.code, "zh": code.zh, "en": code.en, **code.extra} for code in policy.codes("satisfaction_questions")]
        survey = open_survey(
            subject=("project", project.number),
            title=project.title,
            questions=questions,
            region=project.region,
            closes_at=closes_at,
            by=by,
            at=at,
        )
        link = SatisfactionSurvey.objects.create(project=project, survey=survey, opened_by=by, at=at)
        record(by=by, at=at, verb="oversight.satisfaction_opened", subject=("project", project.number), name=project.title)
    else:
        extend_survey(survey=link.survey, closes_at=closes_at, by=by, at=at)
    settle(step="open_satisfaction", subject=("project", project.number), at=at)
    return link.survey
