from wushe.workforce.models.certificate import Certificate
from wushe.workforce.models.exam import Exam, TitleExam
from wushe.workforce.models.posting import Establishment, Posting
from wushe.workforce.models.training import Attendance, Course, Plan, Proof, Session
from wushe.workforce.models.worker import Worker

__all__ = [
    "Attendance",
    "Certificate",
    "Course",
    "Establishment",
    "Exam",
    "Plan",
    "Posting",
    "Proof",
    "Session",
    "TitleExam",
    "Worker",
]
