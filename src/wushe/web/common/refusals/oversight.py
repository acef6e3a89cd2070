from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.kernel.errors import DomainError
from wushe.oversight.errors import (
    AlreadyEvaluated,
    AlreadySupervised,
    ConflictNotDeclared,
    CorrectedTooEarly,
    EvaluationFailed,
    EvaluatorHasConflict,
    EvaluatorNotIndependent,
    EvidenceMissing,
    FindingsMissing,
    FindingsUnanswered,
    ItemsUnanswered,
    NoSatisfactionSurvey,
    NotEvaluated,
    NothingToAnswer,
    NothingToSupervise,
    NotSupervised,
    PointsOutOfRange,
    ResidentsNotHeard,
    RoundDayPast,
    SecondLookFirst,
    SupervisionOpen,
    VisitOutsideDelivery,
)
from wushe.web.common import words

REASONS = {
    "not_an_evaluator": gettext_lazy("it is not entered as an evaluating body"),
    "is_a_party": gettext_lazy("it is a party to the agreement"),
    "declared_conflict": gettext_lazy("it has declared a conflict of interest in this project"),
    "shares_staff": gettext_lazy("someone holds posts in it and at one of the parties"),
}

SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    ItemsUnanswered: lambda error: _("Every item needs points; %(count)s are open. Fill them in.") % {"count": len(error.missing)},
    PointsOutOfRange: lambda error: (
        _("%(points)s points are not possible: this item has at most %(maximum)s. Correct them.")
        % {"points": error.points, "maximum": error.maximum}
    ),
    EvidenceMissing: lambda _error: _("Points for an item count only with what shows them. Write down the evidence or attach a file."),
    FindingsMissing: lambda _error: _(
        "A supervision that is not passed names what to correct, and every finding has its day. Add at least one finding and the day."
    ),
    VisitOutsideDelivery: lambda error: (
        _("%(day)s is no day of this visit: it lies between %(earliest)s and %(latest)s. Correct the day.")
        % {"day": date_format(error.day), "earliest": date_format(error.earliest), "latest": date_format(error.latest)}
    ),
    CorrectedTooEarly: lambda error: (
        _("The corrections are due after the visit of %(held_on)s, and %(day)s is not. Choose a later day.")
        % {"day": date_format(error.day), "held_on": date_format(error.held_on)}
    ),
    NothingToAnswer: lambda error: (
        _("Nothing is left to answer in the supervision %(supervision)s: it is answered, or looked at again. Go back to the project.")
        % {"supervision": error.supervision}
    ),
    SecondLookFirst: lambda error: (
        _("The supervision %(supervision)s has open findings. Hold its second look instead of a new supervision.")
        % {"supervision": error.supervision}
    ),
    RoundDayPast: lambda error: _("%(day)s is over. Choose the day by which all looks are to be held.") % {"day": date_format(error.day)},
    NothingToSupervise: lambda error: (
        _("No project in %(place)s is in delivery and waits for a look. Open the round when agencies have entered their stations.")
        % {"place": error.place}
    ),
    FindingsUnanswered: lambda error: (
        _("%(open)s findings have no answer yet; the second look checks the corrections. Remind the agency to answer.")
        % {"open": error.open}
    ),
    EvaluatorNotIndependent: lambda error: (
        _("The evaluator has to be a third party: %(reason)s. Appoint another body.") % {"reason": REASONS[error.reason]}
    ),
    ConflictNotDeclared: lambda _error: _(
        "Before the report the evaluator says whether there is a conflict of interest. Declare it first."
    ),
    EvaluatorHasConflict: lambda error: (
        _("The evaluator has declared a conflict of interest (%(conflict)s) and does not evaluate. The county station appoints another.")
        % {"conflict": error.conflict}
    ),
    AlreadyEvaluated: lambda error: (
        _("The report %(evaluation)s is handed in and does not change. Go on to the acceptance.") % {"evaluation": error.evaluation}
    ),
    NoSatisfactionSurvey: lambda error: (
        _("Service users are asked before the work is evaluated (%(source)s). Open the satisfaction survey first.")
        % {"source": words.source(error.source)}
    ),
    ResidentsNotHeard: lambda error: (
        _(
            "Acceptance needs the opinion of %(required)s service users, %(answered)s have answered (%(source)s). Send more invitations or enter answers on paper."
        )
        % {"required": error.required, "answered": error.answered, "source": words.source(error.source)}
    ),
    NotEvaluated: lambda _error: _(
        "Acceptance rests on the report of a third party, and none is handed in. Appoint the evaluator or remind it."
    ),
    EvaluationFailed: lambda error: (
        _(
            "The evaluation came to %(score)s points, below the pass mark of %(pass_mark)s. Send the work back to the agency with what is missing."
        )
        % {"score": error.score, "pass_mark": error.pass_mark}
    ),
    SupervisionOpen: lambda error: (
        _("The supervision %(supervision)s has findings that nobody has looked at again. Hold the second look first.")
        % {"supervision": error.supervision}
    ),
    NotSupervised: lambda error: (
        _(
            "The mid-term supervision belongs to the procedure (%(source)s), and this project has none that was passed. Waive it with a reason, or send the work back and supervise it."
        )
        % {"source": words.source(error.source)}
    ),
    AlreadySupervised: lambda _error: _(
        "The mid-term supervision is passed or waived already, so there is nothing to waive. Go on to the next step."
    ),
}
