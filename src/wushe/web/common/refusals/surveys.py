from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wushe.kernel.errors import DomainError
from wushe.surveys.errors import AnswerIncomplete, InvitationUnknown, InvitationUsed, QuestionsUnusable, SurveyClosed

SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    QuestionsUnusable: lambda _error: _(
        "A survey needs at least one question that is answered with a mark, and a code of its own for each question. Correct the list of questions in the policy pack."
    ),
    SurveyClosed: lambda error: (
        _(
            "Answers are taken from %(opens)s until %(closes)s. Opinions from outside this time go to the community; whoever runs the survey can open it again."
        )
        % {
            "opens": date_format(localtime(error.opens_at), "DATETIME_FORMAT"),
            "closes": date_format(localtime(error.closes_at), "DATETIME_FORMAT"),
        }
    ),
    InvitationUnknown: lambda _error: _(
        "There is no invitation with this link or serial number. Scan the code again, or compare the number with the sheet."
    ),
    InvitationUsed: lambda error: (
        _("This invitation was answered on %(day)s, and each has one answer. If it was not you, tell your community.")
        % {"day": date_format(localtime(error.answered_at).date())}
    ),
    AnswerIncomplete: lambda error: (
        ngettext(
            "%(count)d question has no mark yet. Choose one mark for each question and send the answer again.",
            "%(count)d questions have no mark yet. Choose one mark for each question and send the answer again.",
            len(error.missing),
        )
        % {"count": len(error.missing)}
    ),
}
