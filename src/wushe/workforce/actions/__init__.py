"""The only writers of the register of workers."""

from wushe.workforce.actions.appraising import AppraisalDraft, finish_appraisal, record_appraisal
from wushe.workforce.actions.attending import confirm_attendance, record_attendance, withdraw_attendance
from wushe.workforce.actions.certificates import CertificateDraft, record_certificate, renew_certificate, void_certificate
from wushe.workforce.actions.employers import register_employer
from wushe.workforce.actions.exams import correct_exam, follow_exam, note_exam, record_title_exam
from wushe.workforce.actions.mentoring import MeetingDraft, PairingDraft, confirm_skills, end_pairing, log_pairing, pair_workers
from wushe.workforce.actions.people import (
    WorkerDraft,
    register_worker,
    release_worker,
    reveal_worker,
    update_own_contact,
    update_worker,
    withdraw_spell,
)
from wushe.workforce.actions.postings import PostingDraft, correct_posting, end_posting, move_worker, place_worker, withdraw_posting
from wushe.workforce.actions.posts import PostsDraft, give_up_posts, set_up_posts
from wushe.workforce.actions.studying import StudyDraft, correct_study, end_study, record_study, withdraw_study
from wushe.workforce.actions.terms import TermDraft, record_term, withdraw_term
from wushe.workforce.actions.training import (
    CourseDraft,
    PlanDraft,
    SessionDraft,
    cancel_session,
    open_course,
    plan_training,
    record_course_cost,
    schedule_session,
)

__all__ = [
    "AppraisalDraft",
    "CertificateDraft",
    "CourseDraft",
    "MeetingDraft",
    "PairingDraft",
    "PlanDraft",
    "PostingDraft",
    "PostsDraft",
    "SessionDraft",
    "StudyDraft",
    "TermDraft",
    "WorkerDraft",
    "cancel_session",
    "confirm_attendance",
    "confirm_skills",
    "correct_exam",
    "correct_posting",
    "correct_study",
    "end_pairing",
    "end_posting",
    "end_study",
    "finish_appraisal",
    "follow_exam",
    "give_up_posts",
    "log_pairing",
    "move_worker",
    "note_exam",
    "open_course",
    "pair_workers",
    "place_worker",
    "plan_training",
    "record_appraisal",
    "record_attendance",
    "record_certificate",
    "record_course_cost",
    "record_study",
    "record_term",
    "record_title_exam",
    "register_employer",
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
    "withdraw_spell",
    "withdraw_study",
    "withdraw_term",
]
