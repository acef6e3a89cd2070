from wushe.projects.models.agreement import Agreement, AgreementVersion, Amendment
from wushe.projects.models.award import Award, LostBid, Objection
from wushe.projects.models.bid import Bid
from wushe.projects.models.design import BudgetLine, DesignVersion, Indicator, IndicatorKind, ProjectNeed
from wushe.projects.models.expense import Expense
from wushe.projects.models.panel import Expert, Score
from wushe.projects.models.project import Project
from wushe.projects.models.refund import Refund
from wushe.projects.models.review import FieldComment, Review, ReviewMark, TakeUp
from wushe.projects.models.step import StepDone
from wushe.projects.models.tender import Invitation, Tender, TenderDocument
from wushe.projects.models.tranche import Payment, Tranche, TrancheState, Trigger

__all__ = [
    "Agreement",
    "AgreementVersion",
    "Amendment",
    "Award",
    "Bid",
    "BudgetLine",
    "DesignVersion",
    "Expense",
    "Expert",
    "FieldComment",
    "Indicator",
    "IndicatorKind",
    "Invitation",
    "LostBid",
    "Objection",
    "Payment",
    "Project",
    "ProjectNeed",
    "Refund",
    "Review",
    "ReviewMark",
    "Score",
    "StepDone",
    "TakeUp",
    "Tender",
    "TenderDocument",
    "Tranche",
    "TrancheState",
    "Trigger",
]
