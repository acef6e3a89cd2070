"""Roles as data: what each post allows. Names and sentences for people are in the catalogue of translations."""

from wushe.accounts.permissions import Permission as Accounts
from wushe.accounts.queries import Role, install_roles

ROLES = (
    Role("county_station", frozenset()),
    Role("town_station_head", frozenset()),
    Role("social_worker", frozenset()),
    Role("community_worker", frozenset()),
    Role("agency_manager", frozenset(), at_body=True),
    Role("expert", frozenset()),
    Role("finance_officer", frozenset()),
    Role("evaluator", frozenset(), at_body=True),
    Role("auditor", frozenset({Accounts.VIEW_AUDIT})),
    Role("system_admin", frozenset({Accounts.MANAGE_USERS})),
)


def install() -> None:
    """Make the table known to accounts."""
    install_roles({role.code: role for role in ROLES})
