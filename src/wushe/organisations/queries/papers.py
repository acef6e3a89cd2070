from datetime import date, datetime, time
from typing import Any

from wushe.accounts.queries import scope_of
from wushe.audit.queries import entries_of
from wushe.files.models import File
from wushe.kernel.clock import POLICY_ZONE
from wushe.organisations.models import Filing, FilingPaper, LifeEvent, PaperKind
from wushe.organisations.permissions import Permission


def papers_of(filing: Filing) -> list[FilingPaper]:
    """The files that came with an application."""
    return list(filing.papers.select_related("file").order_by("kind"))


def may_open_paper(user: Any, file: File, on: date) -> bool:
    """Whether a file came with an application that this person sees. A roster opens on the day on which they said why they look at it."""
    papers = FilingPaper.objects.filter(file=file).select_related("filing__region")
    return any(_may_open(user, paper, on) for paper in papers)


def may_open_life_paper(user: Any, file: File, on: date) -> bool:
    """Whether a file is the paper of an event in the life of an organisation that this person sees."""
    events = LifeEvent.objects.filter(file=file).select_related("organisation__region")
    scope = scope_of(user, Permission.VIEW_ORGANISATIONS, on)
    return any(scope.covers(event.organisation.region) for event in events)


def _may_open(user: Any, paper: FilingPaper, on: date) -> bool:
    if paper.kind != PaperKind.ROSTER:
        return scope_of(user, Permission.VIEW_FILING, on).covers(paper.filing.region)
    if not scope_of(user, Permission.REVEAL_ROSTER, on).covers(paper.filing.region):
        return False
    since = datetime.combine(on, time.min, tzinfo=POLICY_ZONE)
    looks = entries_of("filing", paper.filing.number).filter(verb="organisations.roster_revealed", actor=user.number, at__gte=since)
    return looks.exists()
