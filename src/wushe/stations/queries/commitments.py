"""What is promised to stations, and whether it came in time."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from django.db.models import F, Q, QuerySet

from wushe.accounts.queries import Scope
from wushe.stations.models import Commitment


class CommitmentState(StrEnum):
    """How a commitment stands on a day."""

    OPEN = "open"
    OVERDUE = "overdue"
    DELIVERED = "delivered"
    LATE = "late"
    WITHDRAWN = "withdrawn"


_OPEN = Q(delivered_on__isnull=True, withdrawn_on__isnull=True)
COMMITMENT_STATES: Mapping[CommitmentState, Callable[[date], Q]] = {
    CommitmentState.OPEN: lambda on: _OPEN & Q(due_on__gte=on),
    CommitmentState.OVERDUE: lambda on: _OPEN & Q(due_on__lt=on),
    CommitmentState.DELIVERED: lambda _on: Q(delivered_on__lte=F("due_on")),
    CommitmentState.LATE: lambda _on: Q(delivered_on__gt=F("due_on")),
    CommitmentState.WITHDRAWN: lambda _on: Q(withdrawn_on__isnull=False),
}


def commitments_in(scope: Scope, state: str, on: date) -> QuerySet[Commitment]:
    """The commitments to the stations in the scope, of one state or of all."""
    rows = Commitment.objects.filter(scope.where("station__region", "station__body"))
    if state:
        rows = rows.filter(COMMITMENT_STATES[CommitmentState(state)](on))
    return rows.select_related("station__region__town", "file")


def commitment_state(commitment: Commitment, on: date) -> CommitmentState:
    """The state of one, as the filter has it."""
    if commitment.withdrawn_on is not None:
        return CommitmentState.WITHDRAWN
    if commitment.delivered_on is not None:
        return CommitmentState.DELIVERED if commitment.delivered_on <= commitment.due_on else CommitmentState.LATE
    return CommitmentState.OPEN if commitment.due_on >= on else CommitmentState.OVERDUE
