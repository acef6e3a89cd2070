from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wushe.kernel.errors import DomainError
from wushe.kernel.money import shown
from wushe.ledger.errors import (
    AdvanceExhausted,
    AmountNotPositive,
    BodyElsewhere,
    BudgetExhausted,
    CorrectedElsewhere,
    EntryAlreadyReversed,
    ReversalIsFinal,
    SourceExhausted,
    SourceNotOpen,
)

SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    AmountNotPositive: lambda _error: _("An amount of money is more than 0. Enter the yuan as they stand on the voucher or document."),
    SourceExhausted: lambda error: (
        _(
            "The funding source %(source)s has %(available)s left, less than the %(wanted)s. Lower the amount or take the rest from another source."
        )
        % {"source": error.source, "available": shown(error.available), "wanted": shown(error.wanted)}
    ),
    SourceNotOpen: lambda error: (
        _("The money of the source %(source)s came on %(day)s; nothing can leave it before. Enter that day or a later one.")
        % {"source": error.source, "day": date_format(error.opened_on)}
    ),
    BudgetExhausted: lambda error: (
        _(
            "Of the source %(source)s the project %(project)s has %(available)s not yet paid out, less than the %(wanted)s. Lower the amount, or commit more money to the project first."
        )
        % {"source": error.source, "project": error.project, "available": shown(error.available), "wanted": shown(error.wanted)}
    ),
    AdvanceExhausted: lambda error: (
        _(
            "For the project %(project)s %(agency)s has %(available)s of the source %(source)s in hand, less than the %(wanted)s. Book the expense against another source, or wait for the next payment."
        )
        % {
            "project": error.project,
            "agency": error.agency,
            "available": shown(error.available),
            "source": error.source,
            "wanted": shown(error.wanted),
        }
    ),
    EntryAlreadyReversed: lambda error: (
        _("The entry %(entry)s has its correcting entry; it is corrected once. Look at the entries of the same thing for what holds now.")
        % {"entry": error.entry}
    ),
    ReversalIsFinal: lambda error: (
        _("%(entry)s is itself a correcting entry and stays. If the first entry was right after all, book it again.")
        % {"entry": error.entry}
    ),
    BodyElsewhere: lambda error: (
        _("%(body)s does not lie in %(place)s, whose money this is. Take it from a source of its own place.")
        % {"body": error.body, "place": error.place}
    ),
    CorrectedElsewhere: lambda _error: _(
        "A payment, an expense or money given back is a step of its project. Correct an expense on the project's page of payments; a payment that was wrong is settled with the next one."
    ),
}
