from wushe.oversight.models.acceptance import Acceptance
from wushe.oversight.models.evaluation import Evaluation, EvaluationItem
from wushe.oversight.models.round import Drawn, Round
from wushe.oversight.models.satisfaction import SatisfactionSurvey
from wushe.oversight.models.supervision import Finding, Supervision, SupervisionMark
from wushe.oversight.models.waiver import Waiver

__all__ = [
    "Acceptance",
    "Drawn",
    "Evaluation",
    "EvaluationItem",
    "Finding",
    "Round",
    "SatisfactionSurvey",
    "Supervision",
    "SupervisionMark",
    "Waiver",
]
