"""What a file is, read from its bytes; and the name under which it may be handed out again."""

import codecs
import re
import zipfile
from pathlib import PurePosixPath
from typing import IO

from wushe.files.models import MediaType

SIGNATURES = (
    (re.compile(rb"%PDF-"), MediaType.PDF),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), MediaType.PNG),
    (re.compile(rb"\xff\xd8\xff"), MediaType.JPEG),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), MediaType.WEBP),
    (re.compile(rb"....ftyp(heic|heix|hevc|hevx|mif1|msf1)", re.DOTALL), MediaType.HEIC),
)
ZIP = b"PK\x03\x04"
OFFICE_PARTS = (("word/document.xml", MediaType.DOCX), ("xl/workbook.xml", MediaType.XLSX))
ENCODINGS = ("utf-8", "gb18030")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
UNSAFE_IN_NAMES = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\\/:*?\"<>|]")
SUFFIXES = {
    MediaType.PDF: (".pdf",),
    MediaType.PNG: (".png",),
    MediaType.JPEG: (".jpg", ".jpeg", ".jfif"),
    MediaType.WEBP: (".webp",),
    MediaType.HEIC: (".heic", ".heif"),
    MediaType.DOCX: (".docx",),
    MediaType.XLSX: (".xlsx",),
    MediaType.CSV: (".csv",),
    MediaType.TEXT: (".txt",),
}
KEPT_ENDINGS = frozenset(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)
# letters and digits behind the last dot; what is only digits numbers a version
ENDING = re.compile(r"\.(?=\d*[a-z])[a-z0-9]{1,8}$")
CHUNK = 256 * 1024
NAME_LENGTH = 120


def media_type_of(content: IO[bytes], *, name: str) -> MediaType | None:
    """The type that the bytes show, or None for one that we do not keep. The name only tells a table from other plain text."""
    content.seek(0)
    head = content.read(32)
    for signature, media_type in SIGNATURES:
        if signature.match(head):
            return media_type
    if head.startswith(ZIP):
        return _office_type(content)
    if any(_is_text(content, encoding) for encoding in ENCODINGS):
        return MediaType.CSV if name.lower().endswith(".csv") else MediaType.TEXT
    return None


def foreign_ending(name: str) -> str:
    """The ending of a name, if none of the types that we keep has it; a name without any says nothing."""
    found = ENDING.search(name.strip(" .").lower())
    return found[0] if found and found[0] not in KEPT_ENDINGS else ""


def safe_name(name: str, media_type: MediaType) -> str:
    """The name without folders, control and direction characters, ending as its type does: a script cannot travel as `x.bat`."""
    stem = UNSAFE_IN_NAMES.sub("_", PurePosixPath(name.replace("\\", "/")).name).strip(" .")
    suffixes = SUFFIXES[media_type]
    suffix = next((known for known in suffixes if stem.lower().endswith(known)), "")
    return f"{stem[: len(stem) - len(suffix)][:NAME_LENGTH]}{suffix or suffixes[0]}"


def _office_type(content: IO[bytes]) -> MediaType | None:
    """Word or Excel without macros; any other archive is refused."""
    try:
        with zipfile.ZipFile(content) as archive:
            parts = frozenset(archive.namelist())
    except zipfile.BadZipFile:
        return None
    if any(part.endswith("vbaProject.bin") for part in parts):
        return None
    return next((media_type for part, media_type in OFFICE_PARTS if part in parts), None)


def _is_text(content: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    content.seek(0)
    try:
        while chunk := content.read(CHUNK):
            if CONTROL.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
