from collections.abc import Callable, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wushe.kernel.errors import DomainError
from wushe.organisations.errors import (
    ApplicationLocked,
    ApplicationUnknown,
    BatchEmpty,
    ConditionsUnmet,
    ConsentNotGiven,
    ContactPhoneInvalid,
    DuplicateUnconfirmed,
    IdentityInvalid,
    LineNotReady,
    LinesUnjudged,
    MemberTwice,
    NothingToRenew,
    NotReturned,
    OrganisationElsewhere,
    OrganisationPastFiling,
    RenewalTooEarly,
    ReturnWithoutReason,
    SeatNotCommunity,
)
from wushe.policies.queries import Condition
from wushe.web.common import words


def listed(conditions: Sequence[Condition]) -> str:
    """Conditions with the number that they ask for and where that is written."""
    language = get_language() or ""
    shown = []
    for condition in conditions:
        wanted = condition.wanted
        number = f" ≥ {words.measure(str(wanted.value), wanted.unit, is_one=wanted.value == 1)}" if wanted is not None else ""
        source = words.source(condition.wanted.source if condition.wanted is not None else condition.source)
        shown.append(
            _("%(condition)s%(number)s (%(source)s)") % {"condition": condition.label(language), "number": number, "source": source}
        )
    return _("; ").join(shown)


def _line(error: Any) -> str:
    return str(_("the head") if error.line == 0 else _("line %(line)s of the roster") % {"line": error.line})


def _not_ready(error: LineNotReady) -> str:
    if error.lacks:
        return _("%(filing)s cannot be reported: it does not meet %(conditions)s. Leave it out, or have it completed first.") % {
            "filing": error.filing,
            "conditions": listed(error.lacks),
        }
    return _(
        "%(filing)s cannot be reported here: it is not filed, belongs to another town, was reported already, or the policy had nothing reported when it was decided. Leave it out."
    ) % {"filing": error.filing}


SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    ConsentNotGiven: lambda _error: _(
        "Nothing is kept without the consent of the people named (Personal Information Protection Law, article 13). Ask them, then tick the box."
    ),
    ContactPhoneInvalid: lambda _error: _(
        "This is neither a mobile number of 11 digits nor a landline of 7 or 8 digits with or without its area code. With its last four digits the application is found again."
    ),
    IdentityInvalid: lambda error: (
        _(
            "The number of the identity paper of %(line)s cannot be right: an identity card has 18 characters and the last one checks the others. Compare it, or leave it out."
        )
        % {"line": _line(error)}
    ),
    MemberTwice: lambda error: (
        _("%(line)s is somebody who is named before. Name each person once; tell two people of one name apart by their phones.")
        % {"line": _line(error).capitalize()}
    ),
    SeatNotCommunity: lambda error: (
        _("“%(region)s” is larger than a community. Choose the community or village in which the organisation works.")
        % {"region": error.region}
    ),
    ConditionsUnmet: lambda error: (
        _("Conditions of the filing are not met: %(conditions)s. Complete the application and send it again.")
        % {"conditions": listed(error.conditions)}
    ),
    ApplicationUnknown: lambda _error: _(
        "The code and the last four digits of the head's phone do not match. Compare both with the receipt; after five wrong tries the code is locked for 15 minutes."
    ),
    ApplicationLocked: lambda error: (
        ngettext(
            "Too many wrong tries. The code opens again in %(minutes)s minute; the community office can help meanwhile.",
            "Too many wrong tries. The code opens again in %(minutes)s minutes; the community office can help meanwhile.",
            error.minutes,
        )
        % {"minutes": error.minutes}
    ),
    OrganisationElsewhere: lambda error: (
        _(
            "%(organisation)s cannot be the record of this application: it has its seat elsewhere, is a legal person or over, or has another open application. Choose another, or enter a new one."
        )
        % {"organisation": error.organisation}
    ),
    OrganisationPastFiling: lambda error: (
        _(
            "%(organisation)s was registered or struck off after its application (%(filing)s), so nothing is left to file. Refuse the application; in a batch, return its line."
        )
        % {"organisation": error.organisation, "filing": error.filing}
    ),
    RenewalTooEarly: lambda error: (
        _("The filing holds until %(until)s and can be renewed from %(opens)s on. Come back then.")
        % {"until": date_format(error.until), "opens": date_format(error.opens_on)}
    ),
    NothingToRenew: lambda _error: _("The policy of this place gives filings no end, so there is nothing to renew."),
    BatchEmpty: lambda _error: _("A batch without a line reports nothing. Choose at least one filing."),
    LineNotReady: _not_ready,
    DuplicateUnconfirmed: lambda error: (
        _("%(filing)s looks like %(alike)s. Leave one of them out, or tick that they are two.")
        % {"filing": error.filing, "alike": _(", ").join(error.alike)}
    ),
    LinesUnjudged: lambda error: (
        _("The receipt is given for the whole batch. Accept or return line %(lines)s too.") % {"lines": _(", ").join(map(str, error.lines))}
    ),
    ReturnWithoutReason: lambda error: _("Line %(line)s goes back without a reason. Say what the town has to mend.") % {"line": error.line},
    NotReturned: lambda error: (
        _(
            "%(filing)s was not returned by the county, so the town does not change it. Changes of the organisation itself are entered on its page."
        )
        % {"filing": error.filing}
    ),
}
