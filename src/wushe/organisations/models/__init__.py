from wushe.organisations.models.annual import AnnualCheck, AnnualForm, AnnualState
from wushe.organisations.models.batch import Batch, BatchLine, Outcome
from wushe.organisations.models.federation import BoardSeat, MemberComment, Membership, Pledge
from wushe.organisations.models.filing import Filing, FilingAct, Member
from wushe.organisations.models.guidance import GuidanceVisit
from wushe.organisations.models.incubation import BaseService, Cohort, Incubation, IncubationBase, Leaving
from wushe.organisations.models.life import LifeEvent, LifeKind
from wushe.organisations.models.organisation import Kind, Organisation, PurposeClass
from wushe.organisations.models.paper import FilingPaper, PaperKind
from wushe.organisations.models.sanction import Sanction

__all__ = [
    "AnnualCheck",
    "AnnualForm",
    "AnnualState",
    "BaseService",
    "Batch",
    "BatchLine",
    "BoardSeat",
    "Cohort",
    "Filing",
    "FilingAct",
    "FilingPaper",
    "GuidanceVisit",
    "Incubation",
    "IncubationBase",
    "Kind",
    "Leaving",
    "LifeEvent",
    "LifeKind",
    "Member",
    "MemberComment",
    "Membership",
    "Organisation",
    "Outcome",
    "PaperKind",
    "Pledge",
    "PurposeClass",
    "Sanction",
]
