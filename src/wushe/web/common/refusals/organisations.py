from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.kernel.errors import DomainError
from wushe.organisations.errors import (
    AlreadyIncubated,
    AlreadyMember,
    BaseClosed,
    BaseInUse,
    BaseOutOfPlace,
    CheckOfCounty,
    CheckOpened,
    DatesOutOfOrder,
    DayInFuture,
    EntryUnmet,
    FormNotOpen,
    IncubationOver,
    MemberElsewhere,
    MembershipEnded,
    NotAFederation,
    NotAPeer,
    PeerReviewed,
    ProfessionalsWithoutDay,
    SanctionLifted,
    SeatTooHigh,
    SeatVacated,
    UsccInvalid,
    UsccRequired,
    UsccTaken,
    VisitHeld,
)
from wushe.web.common import words
from wushe.web.common.refusals.filings import listed

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
    "reviewed_on": gettext_lazy("day of the peer review"),
    "pledged_on": gettext_lazy("day of the pledge"),
    "opened_on": gettext_lazy("day of opening"),
    "closed_on": gettext_lazy("day of closing"),
    "starts_on": gettext_lazy("first day of the cohort"),
    "ends_on": gettext_lazy("last day of the cohort"),
    "applied_on": gettext_lazy("day of applying"),
    "begun_on": gettext_lazy("first day of what was taken on"),
    "ended_on": gettext_lazy("day after what was taken on"),
    "entered_on": gettext_lazy("day of coming in"),
    "contract_until": gettext_lazy("end of the contract"),
    "served_on": gettext_lazy("day of the help"),
    "held_on": gettext_lazy("day of the visit"),
    "lifted_on": gettext_lazy("day of lifting"),
    "books_since": gettext_lazy("first day of the accountant"),
    "books_until": gettext_lazy("last day of the accountant"),
    "help_opened_on": gettext_lazy("first day of the help"),
    "handed_in_on": gettext_lazy("day of handing in"),
    "help_ended_on": gettext_lazy("last day of the help"),
    "granted_on": gettext_lazy("day of granting"),
    "paid_on": gettext_lazy("day of the payment"),
    "done_on": gettext_lazy("day on which it was done"),
    "custody_opened_on": gettext_lazy("first day of the account"),
    "custody_closed_on": gettext_lazy("last day of the account"),
    "occurred_on": gettext_lazy("day of the movement"),
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
        _("%(organisation)s has its seat outside this area. Choose an organisation of this area.") % {"organisation": error.organisation}
    ),
    MembershipEnded: lambda error: (
        _("The membership ended on %(day)s. Admit the member again before anything else is entered.") % {"day": date_format(error.left_on)}
    ),
    NotAPeer: lambda error: (
        _("%(name)s cannot review here: members are reviewed by another member of the same federation. Choose another.")
        % {"name": error.name}
    ),
    PeerReviewed: lambda error: (
        _("The review by %(reviewer)s of %(day)s is on record. Read it there, or enter another day.")
        % {"reviewer": error.reviewer, "day": date_format(error.reviewed_on)}
    ),
    SeatVacated: lambda error: (
        _("The seat was vacated on %(day)s. There is nothing left to vacate.") % {"day": date_format(error.vacated_on)}
    ),
    CheckOfCounty: lambda error: (
        _("“%(region)s” is no county: the annual check is opened by a county for all of its organisations.") % {"region": error.region}
    ),
    CheckOpened: lambda error: (
        _("The check of %(year)s is open already. Go on with that one, or enter another year.") % {"year": error.year}
    ),
    FormNotOpen: lambda error: (
        _("The form stands at “%(state)s”, so this step is not its turn. Look at it again: somebody may have been quicker.")
        % {"state": words.state(error.state)}
    ),
    VisitHeld: lambda error: (
        _("The visit was held on %(day)s and has its result. Plan another one for anything new.") % {"day": date_format(error.held_on)}
    ),
    BaseOutOfPlace: lambda error: (
        _("“%(region)s” has no incubation base of its own: cities, counties and towns have them. Choose the place that runs the base.")
        % {"region": error.region}
    ),
    BaseClosed: lambda error: _("The base closed on %(day)s. Nothing is entered there any more.") % {"day": date_format(error.closed_on)},
    BaseInUse: lambda error: (
        _("Still in the base: %(organisations)s. Let them leave first, then close it.")
        % {"organisations": _(", ").join(error.organisations)}
    ),
    EntryUnmet: lambda error: (
        _("The organisation may not enter a base: it does not meet %(conditions)s. Choose another, or correct its entry in the register.")
        % {"conditions": listed(error.conditions)}
    ),
    AlreadyIncubated: lambda error: (
        _("The organisation has been in %(base)s since %(day)s. Let it leave there first.")
        % {"base": error.base, "day": date_format(error.entered_on)}
    ),
    IncubationOver: lambda error: (
        _("The organisation left the base on %(day)s. Take it in again before anything else is entered.")
        % {"day": date_format(error.left_on)}
    ),
    SanctionLifted: lambda error: (
        _("This sanction was lifted on %(day)s. There is nothing left to lift.") % {"day": date_format(error.lifted_on)}
    ),
}
