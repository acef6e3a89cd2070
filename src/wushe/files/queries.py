from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from wushe.files.models import File
from wushe.kernel.errors import NotFound

INCOMING = "incoming"


def place_of(sha256: str) -> Path:
    """Where the bytes of a digest stand for good; two levels of folders keep each folder small."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


def incoming_place_of(sha256: str) -> Path:
    """Where the bytes wait until the transaction that names them has committed."""
    return Path(settings.MEDIA_ROOT) / INCOMING / sha256


def file_by_number(number: str) -> File:
    """The file. Raises NotFound."""
    try:
        return File.objects.get(number=number)
    except File.DoesNotExist as error:
        raise NotFound(kind="file", number=number) from error


def open_file(file: File) -> BinaryIO:
    """The bytes, for reading; the caller closes. Raises NotFound when the disk has lost them."""
    for place in (place_of(file.sha256), incoming_place_of(file.sha256), place_of(file.sha256)):
        try:
            return place.open("rb")
        except FileNotFoundError:
            continue  # a move may happen between two looks, hence the third
    raise NotFound(kind="file", number=file.number)
