"""Words of stations that the desk and the portal share."""

from django.utils.translation import gettext_lazy as _

from wushe.stations.queries import CommitmentState

COMMITMENT_STATES = {
    CommitmentState.OPEN: _("still to come"),
    CommitmentState.OVERDUE: _("past its day"),
    CommitmentState.DELIVERED: _("kept in time"),
    CommitmentState.LATE: _("kept late"),
    CommitmentState.WITHDRAWN: _("taken back"),
}
