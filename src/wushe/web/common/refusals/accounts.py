from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from wushe.accounts.errors import RolesConflict, UnknownRole, UsernameTaken
from wushe.kernel.errors import DomainError
from wushe.web.common import words

SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    UsernameTaken: lambda error: _("Somebody signs in as %(username)s already. Choose another user name.") % {"username": error.username},
    UnknownRole: lambda _error: _("There is no such post. Choose one from the list."),
    RolesConflict: lambda error: (
        _(
            "Administration, security and audit are kept apart from each other and from business: who is “%(held)s” cannot be “%(role)s”. "
            "End the other post first, or appoint another person."
        )
        % {"held": words.role(error.held), "role": words.role(error.role)}
    ),
}
