from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wushe.kernel.errors import DomainError
from wushe.needs.errors import (
    ConsentMissing,
    ContestsUsed,
    NoPlaceToRecord,
    PhoneInvalid,
    PhoneReasonMissing,
    PlaceTooWide,
    ReceiptLocked,
    ReceiptUnknown,
    ReportedLater,
    SameNeed,
    TooFewAttempts,
    WishTooLong,
    WishTooShort,
)

SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    ConsentMissing: lambda _error: _(
        "Nothing is kept without the resident's consent (Personal Information Protection Law, article 13). Read the notice, or read it out; then tick the box."
    ),
    WishTooShort: lambda _error: _("This is too short to act on. Say in a few words what should change."),
    WishTooLong: lambda error: (
        _("This is longer than %(maximum)s characters. Keep what belongs together, and tell the rest as a need of its own.")
        % {"maximum": error.maximum}
    ),
    PhoneInvalid: lambda _error: _(
        "This is neither a mobile number of 11 digits nor a landline of 7 or 8 digits with or without its area code. Compare the digits once more."
    ),
    PhoneReasonMissing: lambda _error: _(
        "Without a phone the resident cannot look the need up later. Enter the phone, or say why there is none."
    ),
    PlaceTooWide: lambda error: (
        _("“%(place)s” is larger than a community. Choose the community or village in which the resident lives.") % {"place": error.place}
    ),
    ReportedLater: lambda error: (
        _("The day has not come yet. Enter the day on which the resident said it, %(latest)s at the latest.")
        % {"latest": date_format(error.latest)}
    ),
    ReceiptUnknown: lambda _error: _(
        "The code and the last four digits of the phone do not match. Compare both with the receipt; after five wrong tries the code is locked for 15 minutes."
    ),
    ReceiptLocked: lambda error: (
        ngettext(
            "Too many wrong tries. The code opens again in %(minutes)s minute; the community office can help meanwhile.",
            "Too many wrong tries. The code opens again in %(minutes)s minutes; the community office can help meanwhile.",
            error.minutes,
        )
        % {"minutes": error.minutes}
    ),
    TooFewAttempts: lambda error: (
        _(
            "The resident is the one who judges: a need closes without a verdict only after attempts on %(required)s different days, and %(made)s are on record. Note the next attempt."
        )
        % {"required": error.required, "made": error.made}
    ),
    ContestsUsed: lambda error: (
        _(
            "The town has answered again after an objection as often as is provided here (%(made)s). Turn to the county's social-work station, or tell the need anew if something has changed."
        )
        % {"made": error.made}
    ),
    NoPlaceToRecord: lambda _error: _(
        "No community of today lies where your post reaches: it was merged into another, or is no community. Ask the administrator for a post at the place that there is now."
    ),
    SameNeed: lambda error: (
        _("%(need)s cannot be the need that goes on: it is this one, has ended, or is of another county. Choose another number.")
        % {"need": error.need}
    ),
}
