from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wushe.kernel.errors import DomainError
from wushe.stations.errors import (
    AreaNotPositive,
    ClosingOutOfOrder,
    NoStationHere,
    OpeningInFuture,
    RoomNameTaken,
    StationClosed,
    StationExists,
    StationStaffed,
)

SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    NoStationHere: lambda error: (
        _(
            "Stations stand at counties, at towns and streets, and at communities and villages; “%(region)s” is none of them. Choose another place."
        )
        % {"region": error.region}
    ),
    StationExists: lambda error: (
        _(
            "“%(region)s” has a station on these days, and one place has one station. Correct that station, or close it and open the new one from its closing day on."
        )
        % {"region": error.region}
    ),
    AreaNotPositive: lambda _error: _(
        "A floor area is larger than 0. Enter the square metres, or leave the field empty when they are not known."
    ),
    OpeningInFuture: lambda error: (
        _("%(day)s has not come yet. Enter the station on or after the day on which it opens.") % {"day": date_format(error.opened_on)}
    ),
    ClosingOutOfOrder: lambda error: (
        _("The station opened on %(opened)s, so it can close after that day and not later than today; %(closed)s is not in between.")
        % {"opened": date_format(error.opened_on), "closed": date_format(error.closed_on)}
    ),
    StationClosed: lambda error: (
        _("The station was closed on %(day)s and its entry no longer changes. Look for the station that took its place.")
        % {"day": date_format(error.closed_on)}
    ),
    StationStaffed: lambda error: (
        ngettext(
            "%(count)d post at this station runs on beyond the closing day. End it or move it to another station first.",
            "%(count)d posts at this station run on beyond the closing day. End them or move them to another station first.",
            error.posts,
        )
        % {"count": error.posts}
    ),
    RoomNameTaken: lambda error: (
        _("The station has a room named “%(name)s”. Give the new room another name, for example with its number.") % {"name": error.name}
    ),
}
