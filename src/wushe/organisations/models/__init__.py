from wushe.organisations.models.accountant import Accountant, Bookkeeping
from wushe.organisations.models.annual import AnnualCheck, AnnualForm, AnnualState
from wushe.organisations.models.batch import Batch, BatchLine, Outcome
from wushe.organisations.models.custody import CustodyAccount, CustodyEntry, CustodyKind
from wushe.organisations.models.federation import BoardSeat, FederationDuty, MemberComment, Membership, PeerReview, Pledge
from wushe.organisations.models.filing import Filing, FilingAct, Member
from wushe.organisations.models.guidance import GuidanceVisit
from wushe.organisations.models.incubation import BaseService, Candidature, Cohort, Incubation, IncubationBase, Leaving
from wushe.organisations.models.life import LifeEvent, LifeKind
from wushe.organisations.models.organisation import OTHER_KINDS, Kind, Organisation, PurposeClass
from wushe.organisations.models.paper import FilingPaper, PaperKind
from wushe.organisations.models.registering import RegistrationHelp
from wushe.organisations.models.sanction import Sanction
from wushe.organisations.models.support import Support
from wushe.organisations.models.undertaking import Undertaking

__all__ = [
    "OTHER_KINDS",
    "Accountant",
    "AnnualCheck",
    "AnnualForm",
    "AnnualState",
    "BaseService",
    "Batch",
    "BatchLine",
    "BoardSeat",
    "Bookkeeping",
    "Candidature",
    "Cohort",
    "CustodyAccount",
    "CustodyEntry",
    "CustodyKind",
    "FederationDuty",
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
    "PeerReview",
    "Pledge",
    "PurposeClass",
    "RegistrationHelp",
    "Sanction",
    "Support",
    "Undertaking",
]
