from dataclasses import dataclass

from wushe.kernel.encryption import decrypt
from wushe.kernel.identifiers import mask_name, mask_phone
from wushe.organisations.models import Filing
from wushe.organisations.models.filing import IDENTITY, PERSON, PHONE

ENDS = 2


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the roster."""

    person: str
    phone: str
    identity: str
    is_head: bool
    is_sponsor: bool


def roster_of(filing: Filing) -> tuple[Person, ...]:
    """In clear: only for the action that records who looked and why, and for the founder with the receipt code."""
    return tuple(
        Person(
            person=decrypt(row.person, context=PERSON),
            phone=decrypt(row.phone, context=PHONE) if row.phone else "",
            identity=decrypt(row.identity, context=IDENTITY) if row.identity else "",
            is_head=row.is_head,
            is_sponsor=row.is_sponsor,
        )
        for row in filing.roster.order_by("position")
    )


def masked_roster(filing: Filing) -> tuple[Person, ...]:
    """For every page of the desk: family names, the ends of the phones, whether an identity paper was given."""
    return tuple(
        Person(
            person=mask_name(one.person),
            phone=mask_phone(one.phone) if one.phone else "",
            identity=f"{one.identity[:ENDS]}****{one.identity[-ENDS:]}" if one.identity else "",
            is_head=one.is_head,
            is_sponsor=one.is_sponsor,
        )
        for one in roster_of(filing)
    )
