from enum import StrEnum


class Permission(StrEnum):
    """What may be done with the register of organisations."""

    VIEW_ORGANISATIONS = "organisations.view_organisations"
    REGISTER_ORGANISATION = "organisations.register_organisation"
    UPDATE_ORGANISATION = "organisations.update_organisation"
    RECORD_FILING = "organisations.record_filing"
    RECORD_REGISTRATION = "organisations.record_registration"
    DEREGISTER_ORGANISATION = "organisations.deregister_organisation"
    RECORD_SANCTION = "organisations.record_sanction"
    LIFT_SANCTION = "organisations.lift_sanction"
