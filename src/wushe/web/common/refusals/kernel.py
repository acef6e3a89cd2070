from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wushe.kernel.errors import CheckerIsMaker, DomainError, FieldRequired, NotFound, NotPermitted, StepNotAllowed, TooManySent
from wushe.web.common import words

SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    NotPermitted: lambda _error: _(
        "None of your posts allows this here. Ask someone who holds the post, or the system administrator to appoint you."
    ),
    StepNotAllowed: lambda error: (
        _(
            "“%(step)s” does not fit the state “%(state)s”%(source)s. Open the page again: it shows where the thing stands and who acts next."
        )
        % {"step": words.step(error.step), "state": words.state(error.state), "source": words.cited(error.source)}
    ),
    NotFound: lambda error: (
        _("Nothing with the number %(number)s is here, or it is not for you to see. Compare the number with the paper.")
        % {"number": error.number}
    ),
    FieldRequired: lambda _error: _("This was left empty and the step makes no sense without it. Fill it in and send it again."),
    TooManySent: lambda error: (
        ngettext(
            "More was sent from your network than is taken at once. What you typed is still here: send it in %(minutes)s minute.",
            "More was sent from your network than is taken at once. What you typed is still here: send it in %(minutes)s minutes.",
            error.minutes,
        )
        % {"minutes": error.minutes}
    ),
    CheckerIsMaker: lambda error: (
        _("“%(step)s” needs two people: who made a thing does not approve it. Let a colleague take this step.")
        % {"step": words.step(error.step)}
    ),
}
