from wushe.oversight.actions.accepting import accept_project, refuse_acceptance
from wushe.oversight.actions.answering import answer_findings
from wushe.oversight.actions.asking import open_satisfaction, print_sheets
from wushe.oversight.actions.evaluating import EvaluationDraft, JudgedDraft, appoint_evaluator, declare_conflict, evaluate_project
from wushe.oversight.actions.proving import Proof
from wushe.oversight.actions.rounds import RoundDraft, open_round
from wushe.oversight.actions.supervising import MarkDraft, SupervisionDraft, hold_second_look, supervise_project
from wushe.oversight.actions.waiving import waive_supervision

__all__ = [
    "EvaluationDraft",
    "JudgedDraft",
    "MarkDraft",
    "Proof",
    "RoundDraft",
    "SupervisionDraft",
    "accept_project",
    "answer_findings",
    "appoint_evaluator",
    "declare_conflict",
    "evaluate_project",
    "hold_second_look",
    "open_round",
    "open_satisfaction",
    "print_sheets",
    "refuse_acceptance",
    "supervise_project",
    "waive_supervision",
]
