"""The whole life of an organisation, and of an application to be filed, on one screen."""

from enum import StrEnum

from django.db import models

from wushe.kernel.steps import Transition, table
from wushe.organisations.permissions import Permission


class State(models.TextChoices):
    """How far an organisation has come: a group of people, preparing, filed with the town, lapsed, a legal person, struck off."""

    GROUP = "group"
    PREPARING = "preparing"
    FILED = "filed"
    LAPSED = "lapsed"
    REGISTERED = "registered"
    DEREGISTERED = "deregistered"


class FilingState(models.TextChoices):
    """Where an application to be filed stands; undecided: with the town, and nobody reviews it before; overtaken: its organisation was registered
    or struck off before the decision took effect.
    """

    SUBMITTED = "submitted"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    UNDECIDED = "awaiting_decision"
    REPORTED = "awaiting_county"
    GRANTED = "granted"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"


class HelpState(models.TextChoices):
    """Where the help to register stands."""

    PREPARING = "help_preparing"
    HANDED_IN = "help_handed_in"
    REGISTERED = "help_registered"
    REFUSED = "help_refused"
    GIVEN_UP = "help_given_up"


class Step(StrEnum):
    """The steps of the life and of the procedure."""

    BEGIN_PREPARING = "begin_preparing"
    RECORD_FILING = "record_filing"
    RENEW_FILING = "renew_filing"
    RECORD_REGISTRATION = "record_registration"
    DEREGISTER_ORGANISATION = "deregister_organisation"
    CORRECT_APPLICATION = "correct_application"
    HAND_IN_AGAIN = "hand_in_again"
    PASS_APPLICATION = "pass_application"  # noqa: S105 -- a step, no password
    RETURN_APPLICATION = "return_application"
    SEND_BACK_APPLICATION = "send_back_application"
    GRANT_FILING = "grant_filing"
    REPORT_FILING = "report_filing"
    CONFIRM_FILING = "confirm_filing"
    REFUSE_FILING = "refuse_filing"
    MEND_FILING = "mend_filing"
    TICK_REGISTRATION_PAPERS = "tick_registration_papers"
    HAND_IN_REGISTRATION = "hand_in_registration"
    RECORD_REGISTRATION_REFUSAL = "record_registration_refusal"
    END_REGISTRATION_HELP = "end_registration_help"


HELPING = frozenset({HelpState.PREPARING, HelpState.HANDED_IN})
STANDING = (State.FILED, State.REGISTERED)
LIVING = frozenset({State.GROUP, State.PREPARING, State.FILED, State.LAPSED, State.REGISTERED})
PAST_FILING = frozenset({State.REGISTERED, State.DEREGISTERED})
BEFORE_FILING = frozenset({State.GROUP, State.PREPARING})
BEFORE_REGISTRATION = LIVING - {State.REGISTERED}

TRANSITIONS = table(
    Transition(Step.BEGIN_PREPARING, frozenset({State.GROUP}), State.PREPARING, Permission.BEGIN_PREPARING),
    Transition(Step.RECORD_FILING, BEFORE_FILING, State.FILED, Permission.RECORD_FILING),
    Transition(Step.RENEW_FILING, frozenset({State.FILED, State.LAPSED}), State.FILED, Permission.RENEW_FILING),
    Transition(Step.RECORD_REGISTRATION, BEFORE_REGISTRATION, State.REGISTERED, Permission.RECORD_REGISTRATION),
    Transition(Step.DEREGISTER_ORGANISATION, LIVING, State.DEREGISTERED, Permission.DEREGISTER_ORGANISATION),
)

F = FilingState
TO_DECIDE = frozenset({F.REVIEWED, F.UNDECIDED})
OPEN = TO_DECIDE | {F.SUBMITTED, F.RETURNED, F.REPORTED}

# the founder corrects with the receipt code, the community with the permission to enter papers
PROCEDURE = table(
    Transition(Step.CORRECT_APPLICATION, frozenset({F.RETURNED}), F.SUBMITTED, Permission.RECORD_APPLICATION),
    Transition(Step.PASS_APPLICATION, frozenset({F.SUBMITTED}), F.REVIEWED, Permission.REVIEW_APPLICATION),
    Transition(Step.RETURN_APPLICATION, frozenset({F.SUBMITTED}), F.RETURNED, Permission.REVIEW_APPLICATION),
    # in place of these two where the policy has no first review: the application begins with the town, which may ask for corrections itself
    Transition(Step.HAND_IN_AGAIN, frozenset({F.RETURNED}), F.UNDECIDED, Permission.RECORD_APPLICATION),
    Transition(Step.SEND_BACK_APPLICATION, frozenset({F.UNDECIDED}), F.RETURNED, Permission.DECIDE_FILING),
    Transition(Step.GRANT_FILING, TO_DECIDE, F.GRANTED, Permission.DECIDE_FILING),
    Transition(Step.REFUSE_FILING, TO_DECIDE, F.REFUSED, Permission.DECIDE_FILING),
    # in place of granting where the policy leaves the last word to the county, which confirms with the batch
    Transition(Step.REPORT_FILING, TO_DECIDE, F.REPORTED, Permission.DECIDE_FILING),
    Transition(Step.CONFIRM_FILING, frozenset({F.REPORTED}), F.GRANTED, Permission.RECEIVE_BATCH),
)

# the authority decides outside; that it registered the organisation is the step RECORD_REGISTRATION of its life
H = HelpState
HELP = table(
    Transition(Step.TICK_REGISTRATION_PAPERS, frozenset({H.PREPARING}), H.PREPARING, Permission.HELP_TO_REGISTER),
    Transition(Step.HAND_IN_REGISTRATION, frozenset({H.PREPARING}), H.HANDED_IN, Permission.HELP_TO_REGISTER),
    Transition(Step.RECORD_REGISTRATION_REFUSAL, frozenset({H.HANDED_IN}), H.REFUSED, Permission.RECORD_REGISTRATION),
    Transition(Step.END_REGISTRATION_HELP, HELPING, H.GIVEN_UP, Permission.HELP_TO_REGISTER),
)
