"""What happens to the people of the register and to their posts, as the second half of a sentence that starts with the actor's name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise | str] = {
    "workforce.register_worker": _("put the person on the register"),
    "workforce.update_worker": _("corrected the entry of the person"),
    "workforce.update_own_contact": _("corrected their own phone"),
    "workforce.reveal_worker": _("looked at identity paper and phone"),
    "workforce.release_worker": _("let the person leave the register"),
    "workforce.record_certificate": _("entered a certificate"),
    "workforce.renew_certificate": _("entered the registration of a certificate"),
    "workforce.void_certificate": _("declared a certificate void"),
    "workforce.place_worker": _("placed the person in a post"),
    "workforce.move_worker": _("moved the person to another post"),
    "workforce.end_posting": _("ended a posting"),
    "workforce.correct_posting": _("corrected a posting"),
    "workforce.withdraw_posting": _("took a posting back"),
    "workforce.set_up_posts": _("set up posts"),
    "workforce.give_up_posts": _("gave up posts"),
    "workforce.plan_training": _("planned the training of a year"),
    "workforce.open_course": _("opened the course"),
    "workforce.schedule_session": _("scheduled a session"),
    "workforce.cancel_session": _("cancelled a session"),
    "workforce.record_attendance": _("entered who was there"),
    "workforce.confirm_attendance": _("confirmed with the PIN to be there"),
    "workforce.withdraw_attendance": _("withdrew an attendance"),
    "workforce.note_exam": _("noted that the person wants to sit the exam"),
    "workforce.enter_exam": _("entered the person for the exam"),
    "workforce.sit_exam": _("noted that the person sat the exam"),
    "workforce.pass_exam": _("noted that the person passed the exam"),
    "workforce.fail_exam": _("noted that the person did not pass the exam"),
    "workforce.drop_exam": _("noted that the person gave the exam up"),
    "workforce.correct_exam": _("corrected how far the person is with the exam"),
    "workforce.record_title_exam": _("entered the score of the local exam"),
}
STEPS: dict[str, Promise | str] = {
    "enter_exam": _("Entered for the exam"),
    "sit_exam": _("Sat the exam"),
    "pass_exam": _("Passed"),
    "fail_exam": _("Did not pass"),
    "drop_exam": _("Gave up"),
}
