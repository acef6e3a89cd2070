"""The class of an organisation, computed from what is known of it: how large it is, who its members are."""

from collections.abc import Sequence
from enum import StrEnum

from wushe.organisations.models import Organisation
from wushe.policies.queries import Code


class Composition(StrEnum):
    """Who the members are, as far as the register knows."""

    WITH_STAFF = "with_staff"
    WITH_PARTY = "with_party"
    VOLUNTEERS = "volunteers"


def scale_of(members: int | None, scales: Sequence[Code]) -> Code | None:
    """The largest scale of the pack whose `from` the members reach; None while nobody knows how many there are."""
    if members is None:
        return None
    reached = [scale for scale in scales if members >= int(scale.extra["from"])]
    return max(reached, key=lambda scale: int(scale.extra["from"]), default=None)


def composition_of(organisation: Organisation) -> Composition:
    """With paid staff, else with a party organisation, else residents who do it themselves."""
    if organisation.staff:
        return Composition.WITH_STAFF
    return Composition.WITH_PARTY if organisation.party_organisation else Composition.VOLUNTEERS
