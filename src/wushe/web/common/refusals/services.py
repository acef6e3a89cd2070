from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.kernel.errors import DomainError
from wushe.services.errors import (
    ActivityOutsidePeriod,
    AlreadyVoid,
    ContributionEmpty,
    DayInFuture,
    EntryInFuture,
    InvolvedAlready,
    LeftAlready,
    LeftBeforeJoining,
    NobodyTookPart,
    NotInDelivery,
    PersonTwice,
    PlaceElsewhere,
    RoomEndsTooEarly,
    RoomNotFree,
    StationElsewhere,
    WorkerMismatch,
)
from wushe.web.common import words

REASONS = {
    "elsewhere": gettext_lazy("by the register this person does not work at your agency on the day of entry"),
    "name": gettext_lazy("the register has another name"),
    "certificate": gettext_lazy("the register has another certificate number"),
}

SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    WorkerMismatch: lambda error: (
        _("%(worker)s is not whom you named: %(reason)s. Correct name and number, choose another, or leave the choice empty.")
        % {"worker": error.worker, "reason": REASONS[error.reason]}
    ),
    StationElsewhere: lambda error: (
        _("%(station)s does not serve the place of this project. Choose a station of its town.") % {"station": error.station}
    ),
    EntryInFuture: lambda error: (
        _("%(day)s has not come yet. Record the entry on the day on which the agency moves in.") % {"day": date_format(error.day)}
    ),
    RoomEndsTooEarly: lambda error: (
        _("The room is free from the day of entry on, %(day)s. Enter that day or a later one.") % {"day": date_format(error.entered_on)}
    ),
    RoomNotFree: lambda _error: _(
        "This room is not given free of charge, so it has no last free day. The contract of the room says how long it runs."
    ),
    NotInDelivery: lambda error: (
        _(
            "Service records are written and struck out while the project is in delivery; it stands at “%(state)s”. Open the project to see who acts next."
        )
        % {"state": words.state(error.state)}
    ),
    ActivityOutsidePeriod: lambda error: (
        _("%(day)s lies outside the days on which this project can serve, %(starts_on)s to %(ends_on)s. Correct the day.")
        % {"day": date_format(error.day), "starts_on": date_format(error.starts_on), "ends_on": date_format(error.ends_on)}
    ),
    NobodyTookPart: lambda _error: _("A service without a single person is none. Enter who was there, or how many were counted."),
    ContributionEmpty: lambda error: (
        _("For “%(name)s” there are neither people, hours nor value. Enter what was put in, or remove the line.") % {"name": error.name}
    ),
    PersonTwice: lambda error: (
        _("“%(name)s” stands twice on the list. Remove one, or add the phones that tell two people of one name apart.")
        % {"name": error.name}
    ),
    PlaceElsewhere: lambda error: (
        _("“%(place)s” lies outside the project's place. Choose a community in which the project works.") % {"place": error.place}
    ),
    AlreadyVoid: lambda error: (
        _("The record %(activity)s was struck out before. There is nothing left to do.") % {"activity": error.activity}
    ),
    InvolvedAlready: lambda error: _("%(name)s takes part already. To change the duty, enter the last day first.") % {"name": error.name},
    LeftAlready: lambda error: _("The last day is entered already: %(day)s.") % {"day": date_format(error.until)},
    LeftBeforeJoining: lambda error: _("Nobody leaves before joining on %(day)s. Correct the day.") % {"day": date_format(error.since)},
    DayInFuture: lambda error: _("%(day)s has not come yet. Enter it when it has.") % {"day": date_format(error.day)},
}
