"""Codes of imports as people read them: what was found about a row, and what it looks like."""

from django.utils.translation import gettext_lazy as _

from wushe.web.common.words import Words

STANDINGS: Words = {
    "good": _("Good"),
    "doubted": _("To look at"),
    "twin": _("Looks like something known"),
    "bad": _("To correct"),
}
LIKENESS: Words = {
    "same_code": _("the same code"),
    "same_name": _("the same name in the same county"),
    "same_place": _("the station of the same place"),
    "earlier_row": _("the same name as an earlier row"),
    "same_person": _("a recent need of the same resident in the same field"),
    "same_entry": _("entered already"),
    "same_head": _("the same head"),
}


def standing(code: str) -> str:
    """What the check of an import found about a row."""
    return str(STANDINGS.get(code, code))


def likeness(code: str) -> str:
    """Why a row of an import, or a filing, looks like something known."""
    return str(LIKENESS.get(code, code))
