"""Roles as data: what each post allows. Names and sentences for people are in the catalogue of translations."""

from wushe.accounts.permissions import Permission as Accounts
from wushe.accounts.queries import Role, install_roles
from wushe.ledger.permissions import Permission as Ledger
from wushe.organisations.permissions import Permission as Organisations
from wushe.stations.permissions import Permission as Stations

REGISTERS_READ = frozenset({Organisations.VIEW_ORGANISATIONS, Stations.VIEW_STATIONS})
REGISTERS_KEPT = frozenset(Organisations) | frozenset(Stations)
TOWN_REGISTERS_KEPT = REGISTERS_KEPT - {
    Organisations.RECORD_REGISTRATION,
    Organisations.RECORD_SANCTION,
    Organisations.LIFT_SANCTION,
    Stations.CLOSE_STATION,
}

ROLES = (
    Role("county_station", REGISTERS_KEPT | frozenset(Ledger) - {Ledger.OPEN_SOURCE}),
    Role("town_station_head", TOWN_REGISTERS_KEPT | {Ledger.VIEW_MONEY}),
    Role("social_worker", REGISTERS_READ),
    Role("community_worker", REGISTERS_READ),
    Role("agency_manager", frozenset(), at_body=True),
    Role("expert", frozenset()),
    Role("finance_officer", frozenset(Ledger)),
    Role("evaluator", frozenset(), at_body=True),
    Role("auditor", frozenset({Accounts.VIEW_AUDIT, Ledger.VIEW_MONEY})),
    Role("system_admin", frozenset({Accounts.MANAGE_USERS})),
)


def install() -> None:
    """Make the table known to accounts."""
    install_roles({role.code: role for role in ROLES})
