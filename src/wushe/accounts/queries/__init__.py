"""Who may do what and where, who asks, and who the people are."""

from wushe.accounts.queries.kept import KEPT_FOR, Typed, kept_form, last_kept_form
from wushe.accounts.queries.people import UserFilter, bodies_in, people_in, places_elsewhere, user_by_number
from wushe.accounts.queries.scope import (
    Role,
    Scope,
    has_permission,
    holders,
    install_roles,
    permissions_of,
    posts_of,
    require,
    roles,
    roles_with,
    scope_of,
)
from wushe.accounts.queries.sessions import session_of
from wushe.accounts.queries.views import SavedView, views_of

__all__ = [
    "KEPT_FOR",
    "Role",
    "SavedView",
    "Scope",
    "Typed",
    "UserFilter",
    "bodies_in",
    "has_permission",
    "holders",
    "install_roles",
    "kept_form",
    "last_kept_form",
    "people_in",
    "permissions_of",
    "places_elsewhere",
    "posts_of",
    "require",
    "roles",
    "roles_with",
    "scope_of",
    "session_of",
    "user_by_number",
    "views_of",
]
