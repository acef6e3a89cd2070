"""What helps organisations grow, in words: federations, incubation bases, annual checks."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STEPS: dict[str, Promise | str] = {
    "admit_member": _("Admit a member"),
    "end_membership": _("End the membership"),
    "fill_board_seat": _("Fill a seat on the board"),
    "vacate_board_seat": _("Vacate the seat"),
    "record_pledge": _("Enter a pledge"),
    "record_peer_review": _("Enter a peer review"),
    "withdraw_peer_review": _("Withdraw the peer review"),
    "comment_on_member": _("Comment on the member"),
    "plan_guidance": _("Plan a guidance visit"),
    "record_guidance": _("Enter the guidance visit"),
    "open_annual_check": _("Open the annual check"),
    "confirm_annual_form": _("Confirm the annual forms"),
    "judge_annual_form": _("Judge the annual forms"),
    "open_base": _("Open an incubation base"),
    "correct_base": _("Correct the base"),
    "close_base": _("Close the base"),
    "open_cohort": _("Open a cohort"),
    "nominate_candidate": _("Enter a candidate"),
    "judge_candidate": _("Choose or not"),
    "enter_base": _("Take an organisation in"),
    "record_base_service": _("Enter a slip"),
    "leave_base": _("Let the organisation leave"),
    "appoint_accountant": _("Appoint an accountant"),
    "release_accountant": _("Release the accountant"),
    "help_to_register": _("Help to register"),
    "hand_in_registration": _("Hand in to the registration authority"),
    "record_registration_refusal": _("Record that it was not registered"),
    "end_registration_help": _("End the help to register"),
    "grant_support": _("Grant support"),
    "record_federation_duty": _("Record a duty of the federation"),
    "withdraw_federation_duty": _("Withdraw the record"),
    "pay_support": _("Pay the support"),
    "withdraw_support": _("Withdraw the support"),
    "record_undertaking": _("Enter what it took on"),
    "withdraw_undertaking": _("Withdraw the record"),
    "record_sanction": _("Record a sanction"),
    "lift_sanction": _("Lift the sanction"),
    "open_custody": _("Keep money for an organisation"),
    "record_custody_entry": _("Enter a movement"),
    "approve_custody_entry": _("Approve the movement"),
    "refuse_custody_entry": _("Do not approve"),
    "close_custody": _("Close the account"),
}
STATES: dict[str, Promise | str] = {
    "annual_waiting": _("Not filled in yet"),
    "annual_confirmed": _("Waiting for the county to judge"),
    "annual_returned": _("Returned with a reason"),
    "annual_accepted": _("Accepted by the county"),
    "withdrawn": _("Withdrawn"),
    "judged": _("Judged"),
    "kept": _("Kept already"),
    "help_preparing": _("Papers being prepared"),
    "help_handed_in": _("With the registration authority"),
    "help_registered": _("Was registered"),
    "help_refused": _("Not registered"),
    "help_given_up": _("Not pursued"),
}
COMPOSITIONS: dict[str, Promise | str] = {
    "with_staff": _("With paid staff"),
    "with_party": _("With a party organisation"),
    "volunteers": _("Residents on their own"),
}
LEAVING: dict[str, Promise | str] = {
    "": _("in the base"),
    "graduated": _("graduated"),
    "exited": _("left before the end"),
}
CUSTODY: dict[str, Promise | str] = {
    "deposit": _("Came in"),
    "payment": _("Paid for the organisation"),
    "fee": _("Fee of the hub"),
}
VERBS: dict[str, Promise | str] = {
    "organisations.member_admitted": _("admitted a member"),
    "organisations.membership_ended": _("ended a membership"),
    "organisations.board_seat_filled": _("filled a seat on the board"),
    "organisations.board_seat_vacated": _("vacated a seat on the board"),
    "organisations.pledge_recorded": _("entered a pledge"),
    "organisations.federation_duty_recorded": _("recorded a duty of the federation"),
    "organisations.federation_duty_withdrawn": _("withdrew the record of a duty of the federation"),
    "organisations.peer_review_recorded": _("entered a peer review"),
    "organisations.peer_review_withdrawn": _("withdrew a peer review"),
    "organisations.member_commented": _("commented on a member"),
    "organisations.guidance_planned": _("planned a guidance visit"),
    "organisations.guidance_recorded": _("entered a guidance visit"),
    "organisations.annual_check_opened": _("opened the annual check"),
    "organisations.annual_form_confirmed": _("confirmed an annual form"),
    "organisations.annual_form_accepted": _("accepted an annual form"),
    "organisations.annual_form_returned": _("returned an annual form"),
    "organisations.base_opened": _("opened an incubation base"),
    "organisations.base_corrected": _("corrected the base"),
    "organisations.base_closed": _("closed the base"),
    "organisations.cohort_opened": _("opened a cohort"),
    "organisations.candidate_nominated": _("entered a candidate"),
    "organisations.candidate_chosen": _("chose a candidate"),
    "organisations.candidate_not_chosen": _("did not choose a candidate"),
    "organisations.base_entered": _("took an organisation in"),
    "organisations.base_service_recorded": _("entered a slip"),
    "organisations.base_left": _("let an organisation leave"),
    "organisations.accountant_appointed": _("appointed an accountant"),
    "organisations.accountant_requalified": _("entered another qualification of the accountant"),
    "organisations.accountant_released": _("released the accountant"),
    "organisations.registration_help_begun": _("began to help with the registration"),
    "organisations.registration_papers_ticked": _("checked the papers of the registration"),
    "organisations.registration_handed_in": _("handed in the papers of the registration"),
    "organisations.registration_refusal_recorded": _("recorded that the organisation was not registered"),
    "organisations.registration_help_ended": _("ended the help with the registration"),
    "organisations.support_granted": _("granted support"),
    "organisations.support_paid": _("paid the support out of a source of money"),
    "organisations.support_withdrawn": _("withdrew a support"),
    "organisations.undertaking_recorded": _("entered what the organisation took on"),
    "organisations.undertaking_withdrawn": _("took back what was entered as taken on"),
    "organisations.custody_opened": _("opened an account for an organisation"),
    "organisations.custody_entry_recorded": _("entered a movement"),
    "organisations.custody_entry_approved": _("approved a movement"),
    "organisations.custody_entry_refused": _("did not approve a movement"),
    "organisations.custody_closed": _("closed the account"),
}


def leaving(code: str) -> str:
    """How an organisation left a base."""
    return str(LEAVING.get(code, code))


def custody(code: str) -> str:
    """What an entry does with money that is kept for others."""
    return str(CUSTODY.get(code, code))
