"""What other apps ask: the policy of a place on a day, and its parts."""

from wushe.policies.queries.checking import Report, check_folder
from wushe.policies.queries.finding import packs_on, policy_for
from wushe.policies.queries.policy import Policy
from wushe.policies.queries.terms import (
    Article,
    ChecklistItem,
    Code,
    Condition,
    Criterion,
    Document,
    Grade,
    Labelled,
    Origin,
    PolicyValue,
    ProcedureStep,
    Qualification,
    RoleWord,
    Rubric,
    RubricItem,
    RubricSide,
    Stage,
    Target,
    TrancheRule,
)

__all__ = [
    "Article",
    "ChecklistItem",
    "Code",
    "Condition",
    "Criterion",
    "Document",
    "Grade",
    "Labelled",
    "Origin",
    "Policy",
    "PolicyValue",
    "ProcedureStep",
    "Qualification",
    "Report",
    "RoleWord",
    "Rubric",
    "RubricItem",
    "RubricSide",
    "Stage",
    "Target",
    "TrancheRule",
    "check_folder",
    "packs_on",
    "policy_for",
]
