import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from wushe.audit.actions.recording import Actor
from wushe.files.actions import store_file
from wushe.files.actions.storing import Upload
from wushe.organisations.models import Filing, FilingPaper, PaperKind

CHUNK = 1 << 16


class Rewindable(Upload, Protocol):
    """A stream that can be read twice: what a form uploads, or an open file."""

    def seek(self, offset: int, /) -> int: ...


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """A file that is handed in with an application."""

    kind: PaperKind
    upload: Rewindable
    name: str


@dataclass(frozen=True, slots=True)
class Scan:
    """The paper of an event of a life as a file."""

    upload: Upload
    name: str


def digest_of(paper: PaperDraft) -> str:
    """What tells a file from another; it can be kept afterwards as if nobody had read it."""
    digest = hashlib.sha256()
    for part in iter(partial(paper.upload.read, CHUNK), b""):
        digest.update(part)
    paper.upload.seek(0)
    return digest.hexdigest()


def keep_papers(filing: Filing, papers: Iterable[PaperDraft], *, by: Actor, at: datetime) -> None:
    """Keep the files of a locked application, in the caller's transaction; each takes the place of an older one of its kind."""
    for paper in papers:
        file = store_file(upload=paper.upload, name=paper.name, by=by, at=at)
        FilingPaper.objects.update_or_create(filing=filing, kind=paper.kind, defaults={"file": file})
