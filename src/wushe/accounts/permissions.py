from enum import StrEnum


class Permission(StrEnum):
    """What administrators of the installation may do."""

    MANAGE_USERS = "accounts.manage_users"
    VIEW_AUDIT = "accounts.view_audit"
