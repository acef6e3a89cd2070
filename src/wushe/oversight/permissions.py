from enum import StrEnum


class Permission(StrEnum):
    """What may be done in supervision, evaluation and acceptance."""

    OPEN_ROUND = "oversight.open_round"
    SUPERVISE_PROJECT = "oversight.supervise_project"
    WAIVE_SUPERVISION = "oversight.waive_supervision"
    ANSWER_FINDINGS = "oversight.answer_findings"
    APPOINT_EVALUATOR = "oversight.appoint_evaluator"
    EVALUATE_PROJECT = "oversight.evaluate_project"
    OPEN_SATISFACTION = "oversight.open_satisfaction"
    ACCEPT_PROJECT = "oversight.accept_project"
