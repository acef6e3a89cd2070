from wushe.needs.actions.contesting import contest_answer, record_contest
from wushe.needs.actions.following import adopt_needs, ask_verdict, release_needs
from wushe.needs.actions.reporting import NeedDraft, Receipt, record_need, report_need
from wushe.needs.actions.triage import decline_need, mark_duplicate, reveal_contact
from wushe.needs.actions.verdicts import attempt_verdict, check_receipt, close_without_verdict, give_verdict, record_verdict

__all__ = [
    "NeedDraft",
    "Receipt",
    "adopt_needs",
    "ask_verdict",
    "attempt_verdict",
    "check_receipt",
    "close_without_verdict",
    "contest_answer",
    "decline_need",
    "give_verdict",
    "mark_duplicate",
    "record_contest",
    "record_need",
    "record_verdict",
    "release_needs",
    "report_need",
    "reveal_contact",
]
