from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wushe.kernel.errors import DomainError
from wushe.stations.errors import (
    AreaInspected,
    AreaNotPositive,
    AssetGone,
    AssetOutOfTime,
    BookingCancelled,
    BookingOutOfOrder,
    CheckOutOfTime,
    ClosingOutOfOrder,
    CommitmentEnded,
    CommitmentOutOfTime,
    DutyNotShown,
    DutyOutOfTime,
    DutyRecorded,
    DutyWithdrawn,
    ExtensionNotLast,
    ExtensionWithdrawn,
    HoursOutOfOrder,
    HoursOverlap,
    ItemsNotChecked,
    NoHost,
    NoStandard,
    NoStationHere,
    NotAbove,
    NotADuty,
    NoTenant,
    NothingShown,
    NotInStandard,
    OfficeAgreedTooLong,
    OfficeAgreedTooShort,
    OfficeFree,
    OfficeNotLonger,
    OfficeOutOfTime,
    OfficeTaken,
    OfficeWithdrawn,
    OpeningInFuture,
    OutsideHours,
    RemedyDueInPast,
    RemedyEnded,
    RemedyUnderWay,
    RoomBooked,
    RoomKindAssumed,
    RoomNameTaken,
    RoomNotInUse,
    RoomNotOpen,
    RoomNotThere,
    RoomTaken,
    StationBusy,
    StationClosed,
    StationExists,
    StationStaffed,
    TieOutOfTime,
    UseBeforeStart,
    UseIncomplete,
    UseNoted,
)
from wushe.web.common.station_words import span_in_words
from wushe.web.common.weekdays import WEEKDAYS


def _open_at(error: StationBusy) -> str:
    """What still runs at a station that is to close."""
    parts = [_("The station cannot close while something of it is open.")]
    if error.remedies:
        parts.append(_("Finish or drop these remedies: %(numbers)s.") % {"numbers": _(", ").join(error.remedies)})
    if error.commitments:
        parts.append(_("Deliver or withdraw these commitments: %(numbers)s.") % {"numbers": _(", ").join(error.commitments)})
    if error.offices:
        parts.append(_("Let the organisations vacate these offices: %(names)s.") % {"names": _(", ").join(error.offices)})
    return " ".join(parts)


SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    NoStationHere: lambda error: (
        _(
            "Stations stand at counties, at towns and streets, and at communities and villages; “%(region)s” is none of them. Choose another place."
        )
        % {"region": error.region}
    ),
    StationExists: lambda error: (
        _(
            "“%(region)s” has a station of this kind on these days, and one place has one of a kind. Correct that station, or close it and open the new one from its closing day on."
        )
        % {"region": error.region}
    ),
    AreaNotPositive: lambda _error: _(
        "A floor area is larger than 0. Enter the square metres, or leave the field empty when they are not known."
    ),
    AreaInspected: lambda error: (
        _(
            "%(area)s square metres were measured at the inspection of %(day)s, and a correction does not change that. Plan a remedy where the space is short, or ask the level above to inspect again."
        )
        % {"area": f"{error.area_m2.normalize():f}", "day": date_format(error.inspected_on)}
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
    StationBusy: _open_at,
    RoomNameTaken: lambda error: (
        _("The station has a room named “%(name)s”. Give the new room another name, for example with its number.") % {"name": error.name}
    ),
    RoomKindAssumed: lambda error: _("“%(name)s” does not say what the room serves; “other” was taken.") % {"name": error.name},
    RoomNotInUse: lambda error: (
        _("“%(name)s” can be given up after its first day and not later than today, and only once. Enter another day.")
        % {"name": error.name}
    ),
    RoomBooked: lambda error: (
        ngettext(
            "“%(name)s” has %(count)d booking from that day on, the last on %(day)s. Cancel it, or give the room up later.",
            "“%(name)s” has %(count)d bookings from that day on, the last on %(day)s. Cancel them, or give the room up later.",
            error.bookings,
        )
        % {"name": error.name, "count": error.bookings, "day": date_format(error.last_on)}
    ),
    RoomNotThere: lambda error: (
        (
            _("“%(name)s” is in use from %(since)s to %(last)s. Choose a day of that time, or another room.")
            if error.used_until
            else _("“%(name)s” is in use from %(since)s on. Choose a later day, or another room.")
        )
        % {
            "name": error.name,
            "since": date_format(error.used_from),
            "last": date_format(error.used_until - timedelta(days=1)) if error.used_until else "",
        }
    ),
    NoStandard: lambda error: (
        _("No policy in force at %(region)s says what a station of this level has to have. Load the pack of the place first.")
        % {"region": error.region}
    ),
    ItemsNotChecked: lambda error: (
        ngettext(
            "%(number)s item of the standard is not answered. Say for every item what was found.",
            "%(number)s items of the standard are not answered. Say for every item what was found.",
            len(error.missing),
        )
        % {"number": len(error.missing)}
    ),
    NothingShown: lambda _error: _(
        "What is met, and every floor space, needs something that shows it. Say what was seen or how it was measured, or add a photo or a document."
    ),
    CheckOutOfTime: lambda error: (
        _("A look at the station on %(day)s cannot be entered. Enter a day from %(earliest)s to today.")
        % {"day": date_format(error.checked_on), "earliest": date_format(error.earliest)}
    ),
    NotInStandard: lambda _error: _("The standard of this station has no such item. Choose one from the list."),
    RemedyUnderWay: lambda error: (
        _("%(number)s is under way for this item. Finish or drop it before you plan another.") % {"number": error.number}
    ),
    RemedyEnded: lambda error: _("%(number)s has ended already. Look at the page of the station.") % {"number": error.number},
    RemedyDueInPast: lambda error: _("%(day)s is over. Enter a day from today on.") % {"day": date_format(error.due_on)},
    NotADuty: lambda _error: _("The policy gives the station no such duty for this month. Choose one from the year calendar."),
    DutyRecorded: lambda _error: _("This duty is on record for the month already. Withdraw that record first if it is wrong."),
    DutyOutOfTime: lambda error: (
        _("%(day)s cannot be the day. Enter a day from %(earliest)s to today.")
        % {"day": date_format(error.done_on), "earliest": date_format(error.earliest)}
    ),
    DutyNotShown: lambda _error: _("A duty counts as done only with something that shows it. Say what was done, or add a link or a file."),
    DutyWithdrawn: lambda _error: _("This record was withdrawn already. Look at the year calendar."),
    RoomNotOpen: lambda error: (
        _("“%(name)s” serves nothing that is open to residents and groups. Choose another room.") % {"name": error.name}
    ),
    RoomTaken: lambda error: (
        _("%(holder)s has the room from %(start)s to %(end)s. Choose another time or another room.")
        % {
            "holder": error.holder,
            "start": date_format(localtime(error.starts_at), "DATETIME_FORMAT"),
            "end": date_format(localtime(error.ends_at), "DATETIME_FORMAT"),
        }
    ),
    BookingOutOfOrder: lambda _error: _("A booking ends after it has begun, and before its own next week begins. Correct the times."),
    BookingCancelled: lambda error: _("%(number)s was cancelled. Book the room anew.") % {"number": error.number},
    UseNoted: lambda error: (
        _("The use of %(number)s is noted, so it is not cancelled any more. Correct the use.") % {"number": error.number}
    ),
    UseBeforeStart: lambda error: (
        _("The booking begins at %(start)s. Note the use after that.")
        % {"start": date_format(localtime(error.starts_at), "DATETIME_FORMAT")}
    ),
    UseIncomplete: lambda _error: _("Minutes and people belong together: enter both, or 0 for both when nobody came."),
    AssetOutOfTime: lambda error: (
        _("%(day)s cannot be the day. Equipment is received on a day that has come, and goes after that and not later than today.")
        % {"day": date_format(error.on)}
    ),
    AssetGone: lambda error: _("%(number)s was written off already. Look at the page of the station.") % {"number": error.number},
    NoHost: lambda error: (
        _(
            "The station cannot stand in the floor space of “%(name)s”: that one is closed or is itself in another, or this one houses others."
        )
        % {"name": error.name}
    ),
    CommitmentOutOfTime: lambda error: (
        _("%(day)s cannot be the day: a commitment is made by today, is due no earlier than that, and has come by today when it is kept.")
        % {"day": date_format(error.day)}
    ),
    CommitmentEnded: lambda _error: _("This commitment was kept or withdrawn, and changes no more. Record a new one if more is promised."),
    HoursOutOfOrder: lambda error: (
        _("%(day)s: the station closes after it opens. Enter both hours in this order, or leave both empty when it is closed.")
        % {"day": WEEKDAYS[error.weekday]}
    ),
    HoursOverlap: lambda error: (
        _("%(day)s: the hours overlap or follow without a break. Leave time between them, or enter them as one.")
        % {"day": WEEKDAYS[error.weekday]}
    ),
    OutsideHours: lambda error: (
        _("“%(name)s” is open on %(day)s at %(hours)s only. Choose a time within these hours.")
        % {
            "name": error.name,
            "day": WEEKDAYS[error.weekday],
            "hours": _(", ").join(span_in_words(opens, closes) for opens, closes in error.spans),
        }
        if error.spans
        else _("“%(name)s” is closed on %(day)s. Choose another day.") % {"name": error.name, "day": WEEKDAYS[error.weekday]}
    ),
    OfficeTaken: lambda error: _("“%(name)s” has this office. Record first that it was vacated.") % {"name": error.name},
    OfficeFree: lambda error: _("Nobody has the office “%(name)s”, so nobody leaves it.") % {"name": error.name},
    OfficeWithdrawn: lambda error: (
        _("This office is off the list since %(day)s. Offer it again as a new one.") % {"day": date_format(error.withdrawn_on)}
    ),
    OfficeOutOfTime: lambda error: (
        _("%(day)s cannot be the day: an office is offered, then let, then vacated, and no later than today.")
        % {"day": date_format(error.day)}
    ),
    OfficeAgreedTooShort: lambda error: (
        _(
            "The agreement cannot end before %(day)s, the day from which the organisation has the office. Enter a later day, or leave it empty."
        )
        % {"day": date_format(error.since)}
    ),
    OfficeAgreedTooLong: lambda error: (
        _("An agreement made today ends on %(day)s at the latest, %(years)d years on. Check the year; it can be extended again later.")
        % {"day": date_format(error.latest), "years": error.years}
    ),
    ExtensionWithdrawn: lambda error: (
        _("The extension until %(day)s was taken back already. Nothing is left to do.") % {"day": date_format(error.agreed_until)}
    ),
    ExtensionNotLast: lambda error: (
        _("The agreement was extended again, until %(day)s. Take back that extension first.") % {"day": date_format(error.agreed_until)}
    ),
    OfficeNotLonger: lambda error: (
        _("The agreement runs until %(day)s already. Enter a later day, or record that the office was vacated.")
        % {"day": date_format(error.agreed_until)}
    ),
    NoTenant: lambda error: (
        _("“%(name)s” is neither filed nor registered, or is no social organisation; free offices are for those that are. Choose another.")
        % {"name": error.name}
    ),
    NotAbove: lambda error: (
        _("“%(name)s” cannot guide the station: it has to be open, of the same kind and of a higher level.") % {"name": error.name}
    ),
    TieOutOfTime: lambda error: (
        _("%(day)s cannot be the day. Enter one after the last change, on which both stations were open, and not later than today.")
        % {"day": date_format(error.since)}
    ),
}
