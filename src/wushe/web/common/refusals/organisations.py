from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.kernel.errors import DomainError
from wushe.organisations.errors import (
    AlreadyMember,
    DatesOutOfOrder,
    DayInFuture,
    MemberElsewhere,
    MembershipEnded,
    NotAFederation,
    ProfessionalsWithoutDay,
    SanctionLifted,
    SeatTooHigh,
    SeatVacated,
    UsccInvalid,
    UsccRequired,
    UsccTaken,
)

DAYS = {
    "founded_on": gettext_lazy("day of founding"),
    "preparing_on": gettext_lazy("first day of preparing"),
    "filed_on": gettext_lazy("day of filing"),
    "amended_on": gettext_lazy("day of the change"),
    "registered_on": gettext_lazy("day of registration"),
    "deregistered_on": gettext_lazy("day of striking off"),
    "professionals_as_of": gettext_lazy("day of the number of social workers"),
    "since": gettext_lazy("first day of the sanction"),
    "until": gettext_lazy("end of the sanction"),
    "joined_on": gettext_lazy("day of joining"),
    "left_on": gettext_lazy("day of leaving"),
    "seated_on": gettext_lazy("first day on the board"),
    "vacated_on": gettext_lazy("last day on the board"),
    "pledged_on": gettext_lazy("day of the pledge"),
    "lifted_on": gettext_lazy("day of lifting"),
}

SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    UsccInvalid: lambda error: (
        _(
            "“%(uscc)s” is not a unified social credit code (GB 32100-2015): it has 18 characters and its last one checks the others. Compare it with the certificate."
        )
        % {"uscc": error.uscc}
    ),
    UsccTaken: lambda error: (
        _(
            "Another organisation in the register has the unified social credit code %(uscc)s. Search for the code and correct that entry instead of making a second one."
        )
        % {"uscc": error.uscc}
    ),
    UsccRequired: lambda _error: _(
        "A registered organisation has a unified social credit code. Enter the code from its certificate, or leave the day of registration empty."
    ),
    SeatTooHigh: lambda error: (
        _("“%(region)s” is too large for a seat. Choose the town, street, community or village in which the organisation has its office.")
        % {"region": error.region}
    ),
    DatesOutOfOrder: lambda error: (
        _("The %(second)s must come after the %(first)s. Correct one of the two days.")
        % {"first": DAYS[error.first], "second": DAYS[error.second]}
    ),
    DayInFuture: lambda error: (
        _("The %(name)s, %(day)s, has not come yet. Enter what has happened, on or after that day.")
        % {"name": DAYS[error.name], "day": date_format(error.day)}
    ),
    ProfessionalsWithoutDay: lambda _error: _(
        "A number of social workers counts only with its day and its evidence. Fill in all three, or leave all three empty when the number is not known."
    ),
    NotAFederation: lambda error: (
        _("%(organisation)s is no living federation. Enter the federation in the register first, with its kind and its town.")
        % {"organisation": error.organisation}
    ),
    AlreadyMember: lambda error: (
        _("%(name)s has been a member since %(day)s. Open that entry instead of making a second one.")
        % {"name": error.name, "day": date_format(error.joined_on)}
    ),
    MemberElsewhere: lambda error: (
        _("%(organisation)s has its seat outside the federation's area. A federation takes in organisations of its own area.")
        % {"organisation": error.organisation}
    ),
    MembershipEnded: lambda error: (
        _("The membership ended on %(day)s. Admit the member again before anything else is entered.") % {"day": date_format(error.left_on)}
    ),
    SeatVacated: lambda error: (
        _("The seat was vacated on %(day)s. There is nothing left to vacate.") % {"day": date_format(error.vacated_on)}
    ),
    SanctionLifted: lambda error: (
        _("This sanction was lifted on %(day)s. There is nothing left to lift.") % {"day": date_format(error.lifted_on)}
    ),
}
