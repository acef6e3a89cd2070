import hashlib
import os
import threading
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection, transaction

from wushe.audit.models import Entry
from wushe.files.actions import clear_incoming, store_file
from wushe.files.errors import EmptyFile, FileEndingRefused, FileTooLarge, FileTypeRefused
from wushe.files.models import File, MediaType
from wushe.files.queries import file_by_number, incoming_place_of, open_file, place_of
from wushe.kernel.actors import RESIDENT
from wushe.kernel.errors import NotFound

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PDF = b"%PDF-1.7 plan"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def store(content: bytes = PDF, name: str = "方案.pdf") -> File:
    return store_file(upload=BytesIO(content), name=name, by=RESIDENT, at=AT)


def office(*parts: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    return buffer.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_file_is_kept_under_its_digest_once_the_transaction_commits():
    with transaction.atomic():
        file = store()
        assert not place_of(file.sha256).exists()
        assert open_file(file).read() == PDF
    assert (file.name, file.media_type, file.size) == ("方案.pdf", MediaType.PDF, len(PDF))
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (file.uploaded_by, file.uploaded_by_name, file.uploaded_at) == ("resident", "resident", AT)
    assert place_of(file.sha256).read_bytes() == PDF
    assert not incoming_place_of(file.sha256).exists()
    assert file_by_number(file.number) == file
    with open_file(file) as content:
        assert content.read() == PDF
    assert list(Entry.objects.values_list("verb", "subject")) == [("files.store_file", file.number)]


@pytest.mark.django_db(transaction=True)
def test_equal_content_is_kept_once_for_two_files(tmp_path):
    first, second = store(name="一.pdf"), store(name="二.pdf")
    assert first.number != second.number
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [place_of(first.sha256)]


@pytest.mark.django_db(transaction=True)
def test_two_uploads_of_the_same_content_at_once_both_succeed():
    barrier = threading.Barrier(2)
    failures: list[Exception] = []

    def upload() -> None:
        try:
            barrier.wait()
            store()
        except Exception as error:  # noqa: BLE001 -- told to the main thread
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=upload) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [open_file(file).read() for file in File.objects.all()] == [PDF, PDF]


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_upload_leaves_only_an_orphan_that_tidying_removes(tmp_path):
    with transaction.atomic():
        digest = store().sha256
        transaction.set_rollback(True)
    assert not File.objects.exists()
    assert not place_of(digest).exists()
    os.utime(incoming_place_of(digest), (AT.timestamp(), AT.timestamp()))
    assert clear_incoming(before=AT) == 0
    assert clear_incoming(before=AT + timedelta(days=1)) == 1
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.django_db(transaction=True)
def test_tidying_settles_what_a_crash_kept_from_its_place():
    file = store()
    place_of(file.sha256).rename(incoming_place_of(file.sha256))
    assert open_file(file).read() == PDF
    assert clear_incoming(before=datetime(2100, 1, 1, tzinfo=UTC)) == 0
    assert place_of(file.sha256).read_bytes() == PDF


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "media_type", "name"),
    [
        (b"\x89PNG\r\n\x1a\n...", MediaType.PNG, "某物.png"),
        (b"\xff\xd8\xff\xe0...", MediaType.JPEG, "某物.jpg"),
        (b"RIFF\x01\x02\x03\x04WEBPVP8 ", MediaType.WEBP, "某物.webp"),
        (b"\x00\x00\x00\x18ftypheic\x00", MediaType.HEIC, "某物.heic"),
        (office("[Content_Types].xml", "word/document.xml"), MediaType.DOCX, "某物.docx"),
        (office("[Content_Types].xml", "xl/workbook.xml"), MediaType.XLSX, "某物.xlsx"),
        ("姓名,小时\n".encode(), MediaType.TEXT, "某物.txt"),
        ("姓名,小时\n".encode("gb18030"), MediaType.TEXT, "某物.txt"),
    ],
)
def test_the_bytes_tell_the_type_and_the_name_follows(content, media_type, name):
    file = store(content, "某物")
    assert (file.media_type, file.name) == (media_type, name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "given", "kept"),
    [
        (PDF, "C:\\桌面\\方案.PDF", "方案.pdf"),
        (PDF, "../../etc/方案.pdf", "方案.pdf"),
        (b"plan", "1. 方案 v1.2", "1. 方案 v1.2.txt"),
        (b"a,b\n1,2\n", "hours.csv", "hours.csv"),
        (b"\xff\xd8\xff", "photo.jpeg", "photo.jpeg"),
        (PDF, "方\u202e案\r\n.pdf", "方_案__.pdf"),
        (PDF, "长" * 300 + ".pdf", "长" * 120 + ".pdf"),
    ],
)
def test_the_name_is_kept_without_what_could_do_harm(content, given, kept):
    assert store(content, given).name == kept


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "name", "ending"), [(b"@echo off", "setup.bat", ".bat"), (PDF, "方案.pdf.EXE. ", ".exe")])
def test_a_name_that_says_it_is_something_else_is_refused(content, name, ending, tmp_path):
    with pytest.raises(FileEndingRefused) as refusal:
        store(content, name)
    assert refusal.value.data() == {"name": name, "ending": ending}
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        b"\x7fELF\x02\x01\x01\x00\x00",
        b"MZ\x90\x00\x03",
        office("readme.txt"),
        office("word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04 broken",
        b"\x80\x80\xff\xff",
    ],
)
def test_other_types_are_refused_and_leave_nothing(content, tmp_path):
    with pytest.raises(FileTypeRefused):
        store(content, "方案.pdf")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not File.objects.exists()


@pytest.mark.django_db
def test_an_empty_file_is_refused():
    with pytest.raises(EmptyFile):
        store(b"")


@pytest.mark.django_db
def test_a_file_over_the_limit_is_refused_and_leaves_nothing(settings, tmp_path):
    settings.FILE_MAX_BYTES = len(PDF) - 1
    with pytest.raises(FileTooLarge) as refusal:
        store()
    assert refusal.value.data() == {"name": "方案.pdf", "limit": len(PDF) - 1}
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_an_unknown_number_and_lost_bytes_are_not_found():
    with pytest.raises(NotFound):
        file_by_number("file-000000-2026-000001")
    file = store()
    incoming_place_of(file.sha256).unlink()
    with pytest.raises(NotFound):
        open_file(file)
