from enum import StrEnum


class Permission(StrEnum):
    """What may be done with the register of workers and with their training."""

    VIEW_WORKERS = "workforce.view_workers"
    REGISTER_WORKER = "workforce.register_worker"
    UPDATE_WORKER = "workforce.update_worker"
    REVEAL_WORKER = "workforce.reveal_worker"
    RELEASE_WORKER = "workforce.release_worker"
    RECORD_CERTIFICATE = "workforce.record_certificate"
    RENEW_CERTIFICATE = "workforce.renew_certificate"
    VOID_CERTIFICATE = "workforce.void_certificate"
    PLACE_WORKER = "workforce.place_worker"
    MOVE_WORKER = "workforce.move_worker"
    END_POSTING = "workforce.end_posting"
    CORRECT_POSTING = "workforce.correct_posting"
    WITHDRAW_POSTING = "workforce.withdraw_posting"
    SET_UP_POSTS = "workforce.set_up_posts"
    GIVE_UP_POSTS = "workforce.give_up_posts"
    FOLLOW_EXAM = "workforce.follow_exam"
    RECORD_TITLE_EXAM = "workforce.record_title_exam"
    PLAN_TRAINING = "workforce.plan_training"
    OPEN_COURSE = "workforce.open_course"
    SCHEDULE_SESSION = "workforce.schedule_session"
    CANCEL_SESSION = "workforce.cancel_session"
    RECORD_ATTENDANCE = "workforce.record_attendance"
    WITHDRAW_ATTENDANCE = "workforce.withdraw_attendance"
