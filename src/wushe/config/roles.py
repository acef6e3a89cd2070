"""Roles as data: what each post allows. Names and sentences for people are in the catalogue of translations."""

from wushe.accounts.permissions import Permission as Accounts
from wushe.accounts.queries import Role, install_roles

ROLES = (
    Role("system_admin", frozenset({Accounts.MANAGE_USERS})),
    Role("auditor", frozenset({Accounts.VIEW_AUDIT})),
)


def install() -> None:
    """Make the table known to accounts."""
    install_roles({role.code: role for role in ROLES})
