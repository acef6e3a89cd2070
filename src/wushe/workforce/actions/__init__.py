"""The only writers of the register of workers."""

from wushe.workforce.actions.attending import confirm_attendance, record_attendance, withdraw_attendance
from wushe.workforce.actions.certificates import CertificateDraft, record_certificate, renew_certificate, void_certificate
from wushe.workforce.actions.exams import correct_exam, follow_exam, note_exam, record_title_exam
from wushe.workforce.actions.people import (
    WorkerDraft,
    register_worker,
    release_worker,
    reveal_worker,
    update_own_contact,
    update_worker,
)
from wushe.workforce.actions.postings import PostingDraft, correct_posting, end_posting, move_worker, place_worker, withdraw_posting
from wushe.workforce.actions.posts import PostsDraft, give_up_posts, set_up_posts
from wushe.workforce.actions.training import (
    CourseDraft,
    PlanDraft,
    SessionDraft,
    cancel_session,
    open_course,
    plan_training,
    schedule_session,
)

__all__ = [
    "CertificateDraft",
    "CourseDraft",
    "PlanDraft",
    "PostingDraft",
    "PostsDraft",
    "SessionDraft",
    "WorkerDraft",
    "cancel_session",
    "confirm_attendance",
    "correct_exam",
    "correct_posting",
    "end_posting",
    "follow_exam",
    "give_up_posts",
    "move_worker",
    "note_exam",
    "open_course",
    "place_worker",
    "plan_training",
    "record_attendance",
    "record_certificate",
    "record_title_exam",
    "register_worker",
    "release_worker",
    "renew_certificate",
    "reveal_worker",
    "schedule_session",
    "set_up_posts",
    "update_own_contact",
    "update_worker",
    "void_certificate",
    "withdraw_attendance",
    "withdraw_posting",
]
