from enum import StrEnum

from django.db import models

from wushe.kernel.steps import Transition, table
from wushe.organisations.permissions import Permission


class State(models.TextChoices):
    """How far an organisation has come: preparing, filed with the town, registered as a legal person, struck off."""

    PREPARING = "preparing"
    FILED = "filed"
    REGISTERED = "registered"
    DEREGISTERED = "deregistered"


class Step(StrEnum):
    """The steps of the life."""

    RECORD_FILING = "record_filing"
    RECORD_REGISTRATION = "record_registration"
    DEREGISTER_ORGANISATION = "deregister_organisation"


LIVING = frozenset({State.PREPARING, State.FILED, State.REGISTERED})

TRANSITIONS = table(
    Transition(Step.RECORD_FILING, frozenset({State.PREPARING}), State.FILED, Permission.RECORD_FILING),
    Transition(Step.RECORD_REGISTRATION, frozenset({State.PREPARING, State.FILED}), State.REGISTERED, Permission.RECORD_REGISTRATION),
    Transition(Step.DEREGISTER_ORGANISATION, LIVING, State.DEREGISTERED, Permission.DEREGISTER_ORGANISATION),
)
