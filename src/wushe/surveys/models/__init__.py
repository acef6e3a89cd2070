from wushe.surveys.models.answer import Answer
from wushe.surveys.models.invitation import Channel, Invitation
from wushe.surveys.models.survey import Survey

__all__ = ["Answer", "Channel", "Invitation", "Survey"]
