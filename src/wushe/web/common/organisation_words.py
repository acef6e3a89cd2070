"""Codes of organisations and filings as people read them: what they are for, what happens to them, what the county says."""

from django.utils.translation import gettext_lazy as _

from wushe.web.common.words import Words

PURPOSES: Words = {
    "service": _("Service to others"),
    "public_benefit": _("Public benefit"),
    "mutual_help": _("Mutual help"),
    "culture": _("Culture and sport"),
    "other": _("Other"),
}
LIFE: Words = {
    "founded": _("Founded"),
    "preparing": _("Began to prepare"),
    "filed": _("Was filed"),
    "grown": _("Became a community organisation"),
    "renewed": _("Renewed the filing"),
    "amended": _("Changed"),
    "lapsed": _("The filing lapsed"),
    "registered": _("Was registered"),
    "deregistered": _("Was struck off"),
}
OUTCOMES: Words = {
    "": _("not judged yet"),
    "accepted": _("accepted by the county"),
    "returned": _("returned by the county"),
}


def purpose(code: str) -> str:
    """What an organisation is for."""
    return str(PURPOSES.get(code, code))


def life(code: str) -> str:
    """An event of a life line."""
    return str(LIFE.get(code, code))


def outcome(code: str) -> str:
    """What the county said of a line of a batch."""
    return str(OUTCOMES.get(code, code))
