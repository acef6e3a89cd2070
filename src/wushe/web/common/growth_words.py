"""What helps organisations grow, in words: federations, incubation bases, annual checks."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STEPS: dict[str, Promise | str] = {
    "admit_member": _("Admit a member"),
    "end_membership": _("End the membership"),
    "fill_board_seat": _("Fill a seat on the board"),
    "vacate_board_seat": _("Vacate the seat"),
    "record_pledge": _("Enter a pledge"),
    "comment_on_member": _("Comment on the member"),
}
VERBS: dict[str, Promise | str] = {
    "organisations.member_admitted": _("admitted a member"),
    "organisations.membership_ended": _("ended a membership"),
    "organisations.board_seat_filled": _("filled a seat on the board"),
    "organisations.board_seat_vacated": _("vacated a seat on the board"),
    "organisations.pledge_recorded": _("entered a pledge"),
    "organisations.member_commented": _("commented on a member"),
}
