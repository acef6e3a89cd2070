from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wushe.accounts.errors import (
    OwnAccount,
    OwnLastAdministration,
    PasswordUnchanged,
    PasswordWrong,
    PostAlreadyHeld,
    PostEndsTooEarly,
    PostIsOver,
    PostsElsewhere,
    RolesConflict,
    SignInLocked,
    SignInWrong,
    TooManyViews,
    TooMuchTyped,
    UnknownRole,
    UsernameTaken,
    WrongKindOfPlace,
)
from wushe.kernel.errors import DomainError
from wushe.web.common import words

SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    UsernameTaken: lambda error: _("Somebody signs in as %(username)s already. Choose another user name.") % {"username": error.username},
    UnknownRole: lambda _error: _("There is no such post. Choose one from the list."),
    RolesConflict: lambda error: (
        _(
            "Administration and audit are kept apart from each other and from business: who is “%(held)s” cannot be “%(role)s”. "
            "End the other post first, or appoint another person."
        )
        % {"held": words.role(error.held), "role": words.role(error.role)}
    ),
    WrongKindOfPlace: lambda error: (
        (
            _("“%(role)s” is held at an organisation of this kind, not at a place. Choose the organisation.")
            if error.body_kind
            else _("“%(role)s” is held at a place, not at an organisation. Choose the place.")
        )
        % {"role": words.role(error.role)}
    ),
    PostAlreadyHeld: lambda error: (
        _("The person holds this post already: %(role)s, %(place)s, since %(since)s. Choose a time after its end, or end it first.")
        % {"role": words.role(error.role), "place": error.place, "since": date_format(error.since)}
    ),
    PostEndsTooEarly: lambda error: (
        _("A post cannot end on a day that is over, nor before it began: what was done under it stays. The earliest day is %(day)s.")
        % {"day": date_format(error.earliest)}
    ),
    PostIsOver: lambda error: (
        _("The post ended on %(day)s already. To give the person the role again, open a new post.") % {"day": date_format(error.until)}
    ),
    OwnLastAdministration: lambda _error: _(
        "With this post you would lose the administration yourself, and nobody could undo it. Another administrator can end it."
    ),
    OwnAccount: lambda _error: _(
        "Nobody does this to their own account. Change your password under “My posts”; for all else ask another administrator."
    ),
    PostsElsewhere: lambda error: (
        _(
            "The person also holds posts where you are not the administrator (%(places)s), and the account serves there too. "
            "Ask the administrator above both, or end only the posts in your places."
        )
        % {"places": _(", ").join(error.places)}
    ),
    PasswordWrong: lambda _error: _("This is not your password. Check it; upper and lower case count."),
    PasswordUnchanged: lambda _error: _("This is the password you have. Choose another one, which nobody else knows."),
    SignInWrong: lambda _error: _("User name and password do not match. Check both; upper and lower case count."),
    SignInLocked: lambda error: (
        ngettext(
            "Too many wrong passwords. Try again in %(minutes)s minute, or ask the system administrator for a new password.",
            "Too many wrong passwords. Try again in %(minutes)s minutes, or ask the system administrator for a new password.",
            error.minutes,
        )
        % {"minutes": error.minutes}
    ),
    TooManyViews: lambda error: (
        _("You have %(most)s saved views already. Remove one that you do not need any more.") % {"most": error.most}
    ),
    TooMuchTyped: lambda _error: _("This is more than is kept for a page. Copy the longest texts before you go on."),
}
