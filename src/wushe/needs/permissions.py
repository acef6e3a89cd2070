from enum import StrEnum


class Permission(StrEnum):
    """What may be done with needs."""

    VIEW_NEED = "needs.view_need"
    RECORD_NEED = "needs.record_need"
    TRIAGE_NEED = "needs.triage_need"
    DECLINE_NEED = "needs.decline_need"
    REVEAL_CONTACT = "needs.reveal_contact"
    RECORD_VERDICT = "needs.record_verdict"
