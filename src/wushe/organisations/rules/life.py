from datetime import date

from wushe.organisations.models import Organisation
from wushe.organisations.states import State


def state_of(organisation: Organisation, on: date) -> State:
    """The state on the day; the same answer as `with_state` gives in the database. A gap before a late renewal shows in the life line only."""
    reached = (
        (organisation.deregistered_on, State.DEREGISTERED),
        (organisation.registered_on, State.REGISTERED),
        (organisation.filed_until, State.LAPSED),
        (organisation.filed_on, State.FILED),
        (organisation.preparing_on, State.PREPARING),
    )
    return next((state for day, state in reached if day is not None and day <= on), State.GROUP)
