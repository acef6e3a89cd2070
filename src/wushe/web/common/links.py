"""From a kind and a public number to the page of the thing: the inbox and the audit hold no foreign keys."""

from django.urls import NoReverseMatch, reverse

from wushe.kernel.errors import PolicySource

PAGES = {
    "need": "desk:needs:detail",
    "project": "desk:projects:detail",
    "round": "desk:oversight:round",
    "organisation": "desk:organisations:detail",
    "visit": "desk:organisations:record_guidance",
    "annual": "desk:annual:check",
    "annual_place": "desk:annual:place",
    "base": "desk:incubation:base",
    "custody": "desk:custody:account",
    "federation": "desk:federations:detail",
    "station": "desk:stations:detail",
    "worker": "desk:workers:detail",
    "leader": "desk:workers:leader",
    "establishment": "desk:workers:posts_of",
    "term": "desk:workers:term",
    "appraisal": "desk:coaching:appraisal",
    "pairing": "desk:coaching:pairing",
    "course": "desk:training:course",
    "session": "desk:training:session",
    "support": "desk:organisations:pay_support",
    "pilot": "desk:places:pilot",
    "commitment": "desk:stations:commitment",
    "office": "desk:stations:vacate_office",
    "remedy": "desk:stations:remedy",
    "booking": "desk:stations:booking",
    "filing": "desk:filings:detail",
    "batch": "desk:filings:batch",
    "report": "desk:filings:freeze_batch",
    "source": "desk:money:source",
    "entry": "desk:money:entry",
    "expense": "desk:money:expense",
    "import": "desk:imports:detail",
    "user": "desk:users:detail",
}


def page_of_article(source: PolicySource) -> str:
    """The address of an article's page on the desk; empty for a platform default, which has none."""
    if not source.article:
        return ""
    try:
        return reverse("desk:policies:article", args=[source.document, source.article])
    except NoReverseMatch:
        return ""


def page_of(kind: str, number: str) -> str:
    """The address of a thing's page on the desk; empty when it has none."""
    name = PAGES.get(kind)
    if name is None:
        return ""
    try:
        return reverse(name, args=[number])
    except NoReverseMatch:
        return ""
