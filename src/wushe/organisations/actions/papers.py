from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from wushe.audit.actions.recording import Actor
from wushe.files.actions import store_file
from wushe.files.actions.storing import Upload
from wushe.organisations.models import Filing, FilingPaper, PaperKind


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """A file that is handed in with an application."""

    kind: PaperKind
    upload: Upload
    name: str


@dataclass(frozen=True, slots=True)
class Scan:
    """The paper of an event of a life as a file."""

    upload: Upload
    name: str


def keep_papers(filing: Filing, papers: Iterable[PaperDraft], *, by: Actor, at: datetime) -> None:
    """Keep the files of a locked application, in the caller's transaction; each takes the place of an older one of its kind."""
    for paper in papers:
        file = store_file(upload=paper.upload, name=paper.name, by=by, at=at)
        FilingPaper.objects.update_or_create(filing=filing, kind=paper.kind, defaults={"file": file})
