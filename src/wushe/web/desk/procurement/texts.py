"""What an agreement says in one of its versions, and what of it is in force now: for the page and the PDF alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from wushe.policies.queries import Labelled
from wushe.projects.models import Agreement, AgreementVersion, Amendment, Trigger
from wushe.web.desk.procurement.capitals import in_capitals
from wushe.web.desk.procurement.forms import TRIGGERS


@dataclass(frozen=True, slots=True)
class Signature:
    """One side's place to sign: whose it is, and who signed when."""

    side: str
    body: str
    person: str = ""
    at: datetime | None = None


def text_of(version: AgreementVersion, signatures: Iterable[Signature]) -> dict[str, Any]:
    """The whole text of a version as it was drawn up, with its signatures."""
    terms = version.terms
    return {
        "version": version,
        "text": version.content,
        "terms": terms,
        "capitals": in_capitals(Decimal(terms["price"])),
        "tranches": [{**row, "due": TRIGGERS[Trigger(row["trigger"])]} for row in terms["tranches"]],
        "supervision": _clauses(version, "supervision"),
        "breach": _clauses(version, "breach"),
        "signatures": list(signatures),
    }


def _clauses(version: AgreementVersion, chapter: str) -> list[Labelled]:
    return [Labelled(zh=each["zh"], en=each["en"]) for each in version.content["clauses"] if each["chapter"] == chapter]


def signatures_on(paper: Agreement | Amendment, version: AgreementVersion) -> list[Signature]:
    """Both sides of the agreement or of one of its amendments, signed or not."""
    return [
        Signature(side, version.terms[side], by.name if by else "", at)
        for side, by, at in (
            ("purchaser", paper.purchaser_signed_by, paper.purchaser_signed_at),
            ("agency", paper.agency_signed_by, paper.agency_signed_at),
        )
    ]


def void_signatures(version: AgreementVersion, following: AgreementVersion) -> list[Signature]:
    """Who had signed a version before the one that followed it made the signature void."""
    given = {each["side"]: each for each in following.voided}
    return [
        Signature(side, version.terms[side], given[side]["name"], datetime.fromisoformat(given[side]["at"]))
        if side in given
        else Signature(side, version.terms[side])
        for side in ("purchaser", "agency")
    ]


def in_force(agreement: Agreement, amendments: Iterable[Amendment]) -> dict[str, Any] | None:
    """Price, period and tranches as the amendments have made them; None while the agreement stands as it was signed."""
    if not any(amendment.is_signed for amendment in amendments):
        return None
    return {
        "price": agreement.price,
        "capitals": in_capitals(agreement.price),
        "starts_on": agreement.starts_on,
        "ends_on": agreement.ends_on,
        "tranches": [{"row": row, "due": TRIGGERS[Trigger(row.trigger)]} for row in agreement.tranches.order_by("number")],
    }
