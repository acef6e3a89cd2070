import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings
from django.db import transaction

from wushe.audit.actions import record
from wushe.audit.actions.recording import Actor
from wushe.files.errors import EmptyFile, FileEndingRefused, FileTooLarge, FileTypeRefused
from wushe.files.models import File, MediaType
from wushe.files.queries import INCOMING, incoming_place_of, place_of
from wushe.files.rules import CHUNK, foreign_ending, media_type_of, safe_name
from wushe.kernel import numbers
from wushe.kernel.clock import local_date


class Upload(Protocol):
    """A stream of bytes: an open file, or an upload of a form."""

    def read(self, size: int, /) -> bytes: ...


@transaction.atomic
def store_file(*, upload: Upload, name: str, by: Actor, at: datetime) -> File:
    """Keep a file. The bytes wait beside the store until the transaction commits, so neither a row nor a stored file stands alone.

    Refuses: FileEndingRefused, EmptyFile, FileTooLarge, FileTypeRefused.
    Effects: a File; its bytes on the disk, once for equal content; an audit entry.
    """
    ending = foreign_ending(name)
    if ending:
        raise FileEndingRefused(name=name, ending=ending)
    sha256, size, media_type = _receive(upload, name)
    number = numbers.draw("file", place="000000", on=local_date(at))
    file = File.objects.create(
        number=number,
        name=safe_name(name, media_type),
        media_type=media_type,
        size=size,
        sha256=sha256,
        uploaded_by=by.number,
        uploaded_by_name=by.display_name,
        uploaded_at=at,
    )
    record(
        by=by,
        at=at,
        verb="files.store_file",
        subject=("file", number),
        data={"media_type": str(media_type), "size": size, "sha256": sha256},
    )
    transaction.on_commit(partial(_settle, sha256))
    return file


def clear_incoming(*, before: datetime) -> int:
    """Tidy the waiting room: settle what a crash kept from its place, remove what no committed row names. Returns how many were removed.

    `before` must lie further back than any transaction may last.

    Effects: files moved or removed on the disk.
    """
    waiting = [place for place in _incoming().iterdir() if place.stat().st_mtime < before.timestamp()]
    named = frozenset(File.objects.filter(sha256__in=[place.name for place in waiting]).values_list("sha256", flat=True))
    orphans = [place for place in waiting if place.name not in named]
    for place in orphans:
        place.unlink(missing_ok=True)
    for sha256 in named:
        _settle(sha256)
    return len(orphans)


def _receive(upload: Upload, name: str) -> tuple[str, int, MediaType]:
    """Write the stream to the waiting room under its digest; nothing stays behind when it is refused."""
    digest = hashlib.sha256()
    size = 0
    with tempfile.NamedTemporaryFile(dir=_incoming(), prefix=".", delete=False) as temporary:
        try:
            for chunk in _chunks(upload, name):
                size += len(chunk)
                digest.update(chunk)
                temporary.write(chunk)
            media_type = _type_or_refusal(temporary, name, size)
            temporary.flush()
            os.fsync(temporary.fileno())
            Path(temporary.name).replace(incoming_place_of(digest.hexdigest()))
        except BaseException:
            Path(temporary.name).unlink(missing_ok=True)
            raise
    return digest.hexdigest(), size, media_type


def _chunks(upload: Upload, name: str) -> Iterator[bytes]:
    size = 0
    while chunk := upload.read(CHUNK):
        size += len(chunk)
        if size > settings.FILE_MAX_BYTES:
            raise FileTooLarge(name=name, limit=settings.FILE_MAX_BYTES)
        yield chunk


def _type_or_refusal(content: IO[bytes], name: str, size: int) -> MediaType:
    if size == 0:
        raise EmptyFile(name=name)
    media_type = media_type_of(content, name=name)
    if media_type is None:
        raise FileTypeRefused(name=name)
    return media_type


def _settle(sha256: str) -> None:
    """Move the bytes to their place. Somebody who stored the same content may have done so already."""
    place = place_of(sha256)
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        incoming_place_of(sha256).replace(place)
    except FileNotFoundError:
        if not place.exists():
            raise


def _incoming() -> Path:
    folder = Path(settings.MEDIA_ROOT) / INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    return folder
