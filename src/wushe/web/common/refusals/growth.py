"""Refusals of what helps organisations on: accountants, help to register, support."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wushe.kernel.errors import DomainError
from wushe.organisations.errors import (
    AccountantAppointed,
    AccountNotEmpty,
    AreaUnseen,
    BaseFull,
    CandidateJudged,
    CandidateKnown,
    CertificateExpired,
    CertificateTaken,
    CustodyExhausted,
    MembersBelowParty,
    NotAHub,
    NotChosen,
    NotNewlyFound,
    NotOfItsPurpose,
    PapersNotReady,
    PartyMembersTooMany,
    QualificationCutShort,
    SupportedBefore,
)
from wushe.web.common import words


def _not_new(error: NotNewlyFound) -> str:
    told = {"months": error.months, "source": words.source(error.source)}
    if error.stood_on is None:
        return _("This support is for organisations that were filed or registered in the last %(months)s months (%(source)s).") % told
    return _(
        "The organisation was filed or registered on %(day)s, and this support is for the first %(months)s months after that (%(source)s). Choose another kind of support."
    ) % (told | {"day": date_format(error.stood_on)})


SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    PartyMembersTooMany: lambda error: (
        _("%(party)s party members are more than the %(members)s members. Correct one of the two numbers.")
        % {"party": error.party_members, "members": error.members}
    ),
    MembersBelowParty: lambda error: (
        _(
            "%(organisation)s has %(party)s party members in the register, and its form says %(members)s members in all. Correct one of the two numbers; a form that was handed on already is returned for that."
        )
        % {"organisation": error.organisation, "party": error.party_members, "members": error.members}
    ),
    AreaUnseen: lambda _error: _(
        "A floor space counts only with what shows it. Say in which deed, lease or measuring record it was seen, or leave it empty."
    ),
    BaseFull: lambda error: (
        _("The base has %(places)s places and all are taken. Let somebody leave first, or correct the number of places.")
        % {"places": error.places}
    ),
    CandidateKnown: lambda error: (
        _("The organisation is a candidate since %(day)s. Judge that entry instead of making a second one.")
        % {"day": date_format(error.applied_on)}
    ),
    CandidateJudged: lambda error: (
        _("The candidate was judged on %(day)s. For another cohort, enter it as a candidate there.") % {"day": date_format(error.judged_on)}
    ),
    NotChosen: lambda error: (
        _(
            "%(cohort)s takes in whom it has chosen, and this organisation is not among them. Choose it first, or take it in without a cohort."
        )
        % {"cohort": error.cohort}
    ),
    AccountantAppointed: lambda _error: _(
        "The accountant of this organisation is on record with qualification and days. Appoint another accountant, or release this one, instead of changing the certificate."
    ),
    CertificateTaken: lambda error: (
        _("The certificate %(certificate)s is on record under another name. Compare it with the paper.")
        % {"certificate": error.certificate}
    ),
    CertificateExpired: lambda error: (
        _("The qualification ended on %(day)s, before the accountant would begin. Appoint somebody whose qualification holds.")
        % {"day": date_format(error.valid_until)}
    ),
    QualificationCutShort: lambda error: (
        _(
            "The holder of %(certificate)s keeps the books of organisations outside your area too, and an earlier end would hold for all of them. Enter the end on record (%(until)s), or ask the office that is responsible for all."
        )
        % {"certificate": error.certificate, "until": date_format(error.valid_until) if error.valid_until else _("Without end")}
    ),
    PapersNotReady: lambda error: (
        _("The registration authority takes all papers together. Not ready: %(papers)s. Tick them when they are.")
        % {"papers": _("; ").join(paper.label(get_language() or "") for paper in error.papers)}
    ),
    NotNewlyFound: _not_new,
    NotOfItsPurpose: lambda error: (
        _(
            "The policy gives this support to organisations of another purpose than that of %(organisation)s. Choose another kind of support."
        )
        % {"organisation": error.organisation}
    ),
    SupportedBefore: lambda error: (
        _("The organisation has had this support (%(number)s), and it is given once. Choose another kind.") % {"number": error.number}
    ),
    NotAHub: lambda error: (
        _("%(organisation)s is no living hub organisation. Enter it in the register with that kind first.")
        % {"organisation": error.organisation}
    ),
    CustodyExhausted: lambda error: (
        _("%(available)s yuan are on the account, and %(wanted)s would be paid. Enter what came in first, or pay less.")
        % {"available": error.available, "wanted": error.wanted}
    ),
    AccountNotEmpty: lambda error: (
        _(
            "%(balance)s yuan are on the account and %(waiting)s entries wait. Pay out what is left and have the entries judged, then close it."
        )
        % {"balance": error.balance, "waiting": error.waiting}
    ),
}
