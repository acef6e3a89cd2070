from wushe.workforce.models.certificate import Certificate
from wushe.workforce.models.employer import Employer
from wushe.workforce.models.exam import Exam, TitleExam
from wushe.workforce.models.growing import Appraisal, Pairing, PairingSession, PairingSkill, Study
from wushe.workforce.models.posting import Establishment, Posting
from wushe.workforce.models.spell import Spell
from wushe.workforce.models.term import Term
from wushe.workforce.models.training import Attendance, Course, Plan, Proof, Session
from wushe.workforce.models.worker import Worker

__all__ = [
    "Appraisal",
    "Attendance",
    "Certificate",
    "Course",
    "Employer",
    "Establishment",
    "Exam",
    "Pairing",
    "PairingSession",
    "PairingSkill",
    "Plan",
    "Posting",
    "Proof",
    "Session",
    "Spell",
    "Study",
    "Term",
    "TitleExam",
    "Worker",
]
