from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wushe.ledger.models import AccountKind, EntryKind
from wushe.web.common import links

register = template.Library()

ENTRY_KINDS: dict[str, Promise] = {
    EntryKind.OPEN_SOURCE: _("Source opened"),
    EntryKind.COMMIT_TO_PROJECT: _("Committed to the project"),
    EntryKind.RELEASE_FROM_PROJECT: _("Released from the project"),
    EntryKind.PAY: _("Paid to the agency"),
    EntryKind.SPEND: _("Spent by the agency"),
    EntryKind.REFUND: _("Given back unspent"),
    EntryKind.ALLOT_TO_BODY: _("Allotted to a station"),
    EntryKind.REVERSE_ENTRY: _("Correcting entry"),
}
ACCOUNT_KINDS: dict[str, Promise] = {
    AccountKind.EXTERNAL: _("Granted from outside"),
    AccountKind.SOURCE: _("Source, not committed"),
    AccountKind.PROJECT: _("Project budget"),
    AccountKind.AGENCY: _("Advance of the agency"),
    AccountKind.EXPENSE: _("Expenses"),
    AccountKind.BODY: _("Running costs of the station"),
}


@register.filter
def entry_kind(code: str) -> str:
    """What an entry did."""
    return str(ENTRY_KINDS[code])


@register.filter
def account_kind(code: str) -> str:
    """Where money of a source stands."""
    return str(ACCOUNT_KINDS[code])


@register.filter
def page_at(kind: str, number: str) -> str:
    """The page of a thing by kind and public number; empty when it has none."""
    return links.page_of(kind, number)
