from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel.clock import local_date
from wushe.kernel.encryption import blind_index, encrypt
from wushe.kernel.errors import FieldRequired
from wushe.kernel.identifiers import clean_identity, clean_phone, is_identity
from wushe.organisations.errors import IdentityInvalid, MemberTwice
from wushe.organisations.models import Filing, Member
from wushe.organisations.models.filing import IDENTITY, PERSON, PHONE
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import Person, locked_filing, roster_of


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A person as the application names them."""

    person: str
    phone: str = ""
    identity: str = ""
    is_sponsor: bool = False


@transaction.atomic
def reveal_roster(*, filing_id: int, reason: str, by: User, at: datetime) -> tuple[Person, ...]:
    """Show names, phones and identity papers in clear to someone who says why.

    Refuses: NotPermitted, FieldRequired.
    Effects: an audit entry with the reason.
    Policy: personal information law: least privilege, with a trace.
    """
    filing = locked_filing(filing_id)
    require(by, Permission.REVEAL_ROSTER, local_date(at), region=filing.region)
    if not reason.strip():
        raise FieldRequired(name="reason")
    record(by=by, at=at, verb="organisations.roster_revealed", subject=("filing", filing.number), data={"reason": reason.strip()})
    return roster_of(filing)


def check_roster(head: MemberDraft, roster: Sequence[MemberDraft]) -> None:
    """Refuse numbers that cannot be right and people named twice. Line 0 is the head."""
    seen: set[tuple[str, str]] = set()
    for line, one in enumerate((head, *roster)):
        identity = clean_identity(one.identity)
        if identity and not is_identity(identity):
            raise IdentityInvalid(line=line)
        keys = {("identity", identity)} if identity else {("name", f"{one.person.strip()} {clean_phone(one.phone)}")}
        if keys & seen:
            raise MemberTwice(line=line)
        seen |= keys


def write_roster(filing: Filing, head: MemberDraft, roster: Sequence[MemberDraft]) -> None:
    """Replace the roster of a locked filing, in the caller's transaction."""
    filing.roster.all().delete()
    rows = [_member(filing, position, one) for position, one in enumerate((head, *roster))]
    rows[0].is_head = True
    Member.objects.bulk_create(rows)


def _member(filing: Filing, position: int, one: MemberDraft) -> Member:
    phone, identity = clean_phone(one.phone), clean_identity(one.identity)
    return Member(
        filing=filing,
        position=position,
        is_sponsor=one.is_sponsor,
        person=encrypt(one.person.strip(), context=PERSON),
        person_index=blind_index("".join(one.person.split()), context=PERSON),
        phone=encrypt(phone, context=PHONE) if phone else None,
        identity=encrypt(identity, context=IDENTITY) if identity else None,
        identity_index=blind_index(identity, context=IDENTITY) if identity else "",
    )
