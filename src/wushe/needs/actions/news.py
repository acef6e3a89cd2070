"""Who hears what becomes of a need. Residents without an account see it under their receipt code."""

from datetime import datetime

from wushe.accounts.queries import holders
from wushe.inbox.actions import notify
from wushe.kernel.clock import local_date
from wushe.needs.models import Need
from wushe.needs.permissions import Permission
from wushe.needs.queries import subject_of


def tell_recorder(need: Need, verb: str, at: datetime) -> None:
    """Tell the worker who recorded the need, so that they can tell the resident."""
    if need.recorded_by is not None:
        notify(users=[need.recorded_by], verb=verb, subject=subject_of(need), at=at)


def tell_town(need: Need, verb: str, at: datetime) -> None:
    """Tell those who answer for the needs of the place."""
    notify(users=holders(Permission.TRIAGE_NEED, local_date(at), region=need.region), verb=verb, subject=subject_of(need), at=at)
