from enum import StrEnum


class Permission(StrEnum):
    """What may be done with the register of organisations and with filings."""

    VIEW_ORGANISATIONS = "organisations.view_organisations"
    REGISTER_ORGANISATION = "organisations.register_organisation"
    UPDATE_ORGANISATION = "organisations.update_organisation"
    AMEND_ORGANISATION = "organisations.amend_organisation"
    BEGIN_PREPARING = "organisations.begin_preparing"
    RECORD_FILING = "organisations.record_filing"
    RENEW_FILING = "organisations.renew_filing"
    RECORD_REGISTRATION = "organisations.record_registration"
    DEREGISTER_ORGANISATION = "organisations.deregister_organisation"
    RECORD_SANCTION = "organisations.record_sanction"
    LIFT_SANCTION = "organisations.lift_sanction"
    VIEW_FILING = "organisations.view_filing"
    RECORD_APPLICATION = "organisations.record_application"
    REVIEW_APPLICATION = "organisations.review_application"
    DECIDE_FILING = "organisations.decide_filing"
    MEND_FILING = "organisations.mend_filing"
    REVEAL_ROSTER = "organisations.reveal_roster"
    FREEZE_BATCH = "organisations.freeze_batch"
    RECEIVE_BATCH = "organisations.receive_batch"
