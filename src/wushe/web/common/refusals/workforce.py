from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wushe.kernel.errors import DomainError
from wushe.workforce.errors import (
    AccountTaken,
    AccountUnknown,
    ContactInvalid,
    IdentityWrong,
    NotOnRegister,
    NotYet,
    OutOfOrder,
    WorkerExists,
    WorkerLeft,
    WorkerPosted,
)

SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    IdentityWrong: lambda _error: _(
        "This cannot be the number of an identity paper: of the 18 characters of an identity card the last one checks the others. Compare it with the paper."
    ),
    WorkerExists: lambda error: (
        _("This person is on the register under %(number)s; everybody is entered once. Add the new post or certificate to that entry.")
        % {"number": error.number}
    ),
    AccountUnknown: lambda error: (
        _("Nobody signs in as “%(username)s”. Compare the name, leave it empty, or ask the system administrator for an account.")
        % {"username": error.username}
    ),
    AccountTaken: lambda error: (
        _("The account “%(username)s” belongs to another person of the register. Each person signs in with their own.")
        % {"username": error.username}
    ),
    WorkerLeft: lambda error: (
        _("This person left the register on %(day)s. To let them return, register them again: they keep their number.")
        % {"day": date_format(error.left_on)}
    ),
    WorkerPosted: lambda error: (
        ngettext(
            "This person holds %(number)s post beyond that day. End it first.",
            "This person holds %(number)s posts beyond that day. End them first.",
            error.posts,
        )
        % {"number": error.posts}
    ),
    NotYet: lambda error: _("%(day)s has not come yet. Enter it on that day or later.") % {"day": date_format(error.day)},
    OutOfOrder: lambda error: (
        _("This day must not lie before %(day)s. Compare both days with the papers.") % {"day": date_format(error.earliest)}
    ),
    NotOnRegister: lambda _error: _(
        "Your account belongs to nobody on the register of workers. Ask the town station to enter your user name there."
    ),
    ContactInvalid: lambda _error: _("This is no phone number. Enter a mobile number, or a landline with its area code."),
}
