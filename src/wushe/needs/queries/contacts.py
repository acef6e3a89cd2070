from dataclasses import dataclass

from wushe.kernel.encryption import decrypt
from wushe.kernel.identifiers import mask_name, mask_phone
from wushe.needs.models import Need
from wushe.needs.models.need import ADDRESS, PERSON, PHONE


@dataclass(frozen=True, slots=True)
class Contact:
    """Who the resident is and how to reach them."""

    person: str
    phone: str
    address: str


def contact_of(need: Need) -> Contact:
    """In clear: only for the action that records who looked and why."""
    return Contact(
        person=decrypt(need.person, context=PERSON),
        phone=decrypt(need.phone, context=PHONE) if need.phone else "",
        address=decrypt(need.address, context=ADDRESS) if need.address else "",
    )


def masked_contact(need: Need) -> Contact:
    """For every page: the family name and the ends of the phone; never the address."""
    clear = contact_of(need)
    return Contact(person=mask_name(clear.person), phone=mask_phone(clear.phone) if clear.phone else "", address="")
