from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel.actors import RESIDENT
from wushe.kernel.clock import local_date
from wushe.surveys.errors import AnswerIncomplete
from wushe.surveys.models import Answer, Invitation, Survey
from wushe.surveys.permissions import Permission
from wushe.surveys.queries import invitation_to_answer, paper_to_answer
from wushe.surveys.rules import SCALE, TEXT, codes, without_mark, without_numbers


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """Marks by question code, words by question code, and what else a resident wants to say."""

    scores: Mapping[str, int]
    texts: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""


@transaction.atomic
def answer_survey(*, token: str, draft: AnswerDraft, at: datetime) -> Answer:
    """Take a resident's answer by link or QR code, once.

    Refuses: InvitationUnknown, InvitationUsed, SurveyClosed, AnswerIncomplete.
    Effects: an Answer; the Invitation's answered_at; an audit entry that names nobody.
    """
    return _answer(invitation_to_answer(token, at, lock=True), draft, None, at)


@transaction.atomic
def enter_paper_answer(*, survey: Survey, serial: int, draft: AnswerDraft, by: User, at: datetime) -> Answer:
    """Enter the answer that stands on a paper sheet, once.

    Refuses: NotPermitted, InvitationUnknown, InvitationUsed, SurveyClosed, AnswerIncomplete.
    Effects: an Answer with who entered it; the Invitation's answered_at; an audit entry.
    """
    require(by, Permission.ENTER_PAPER_ANSWER, local_date(at), region=survey.region)
    return _answer(paper_to_answer(survey, serial, at, lock=True), draft, by, at)


def _answer(invitation: Invitation, draft: AnswerDraft, by: User | None, at: datetime) -> Answer:
    survey = invitation.survey
    missing = without_mark(survey.questions, draft.scores, highest=survey.highest)
    if missing:
        raise AnswerIncomplete(missing=missing)
    texts = {code: without_numbers(draft.texts.get(code, "")) for code in codes(survey.questions, TEXT)}
    answer = Answer.objects.create(
        invitation=invitation,
        survey=survey,
        scores={code: draft.scores[code] for code in codes(survey.questions, SCALE)},
        texts={code: text for code, text in texts.items() if text},
        comment=without_numbers(draft.comment),
        answered_at=at,
        entered_by=by,
    )
    invitation.answered_at = at
    invitation.save(update_fields=["answered_at"])
    verb = "surveys.enter_paper_answer" if by else "surveys.answer_survey"
    record(by=by or RESIDENT, at=at, verb=verb, subject=("survey", survey.number), name=survey.title)
    return answer
