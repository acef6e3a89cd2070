from enum import StrEnum


class Permission(StrEnum):
    """Who reads the book and who moves money. Payments and expenses are steps of a project and have their permissions there."""

    VIEW_MONEY = "ledger.view_money"
    OPEN_SOURCE = "ledger.open_source"
    COMMIT_TO_PROJECT = "ledger.commit_to_project"
    RELEASE_FROM_PROJECT = "ledger.release_from_project"
    ALLOT_TO_BODY = "ledger.allot_to_body"
    REVERSE_BOOKING = "ledger.reverse_booking"
