from wushe.organisations.actions.applying import (
    ApplicationDraft,
    ApplicationReceipt,
    apply_for_filing,
    correct_application,
    correct_own_application,
    mend_filing,
    open_application,
    record_application,
)
from wushe.organisations.actions.batching import LineVerdict, freeze_batch, receive_batch
from wushe.organisations.actions.deciding import grant_filing, pass_application, refuse_filing, return_application
from wushe.organisations.actions.federating import (
    MembershipDraft,
    SeatDraft,
    admit_member,
    comment_on_member,
    end_membership,
    fill_board_seat,
    record_pledge,
    vacate_board_seat,
)
from wushe.organisations.actions.life import begin_preparing, deregister_organisation, record_filing, record_registration
from wushe.organisations.actions.papers import PaperDraft
from wushe.organisations.actions.register import NewOrganisation, Profile, profile_of, register_organisation, update_organisation
from wushe.organisations.actions.renewing import amend_organisation, renew_filing
from wushe.organisations.actions.rosters import MemberDraft, reveal_roster
from wushe.organisations.actions.sanctions import NewSanction, lift_sanction, record_sanction

__all__ = [
    "ApplicationDraft",
    "ApplicationReceipt",
    "LineVerdict",
    "MemberDraft",
    "MembershipDraft",
    "NewOrganisation",
    "NewSanction",
    "PaperDraft",
    "Profile",
    "SeatDraft",
    "admit_member",
    "amend_organisation",
    "apply_for_filing",
    "begin_preparing",
    "comment_on_member",
    "correct_application",
    "correct_own_application",
    "deregister_organisation",
    "end_membership",
    "fill_board_seat",
    "freeze_batch",
    "grant_filing",
    "lift_sanction",
    "mend_filing",
    "open_application",
    "pass_application",
    "profile_of",
    "receive_batch",
    "record_application",
    "record_filing",
    "record_pledge",
    "record_registration",
    "record_sanction",
    "refuse_filing",
    "register_organisation",
    "renew_filing",
    "return_application",
    "reveal_roster",
    "update_organisation",
    "vacate_board_seat",
]
