import io
import zipfile

import pytest

from tests.accounts.factories import make_user
from tests.imports.factories import AT, HEADINGS, line, plain_table, workbook
from wushe.files.actions import store_file
from wushe.files.errors import FileTypeRefused
from wushe.imports.errors import NoHeading, NotATable, TooManyRows, UnpacksTooLarge
from wushe.imports.queries import find_table, read_table, tables
from wushe.organisations.actions.importing import ORGANISATIONS

pytestmark = pytest.mark.django_db
LINES = [HEADINGS, line(31), line(32)]


@pytest.fixture
def stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    by = make_user()
    return lambda content, name="名册.xlsx": store_file(upload=io.BytesIO(content), name=name, by=by, at=AT)


def found(file):
    return find_table(file, ORGANISATIONS.names())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_plain_text_is_read_in_the_encodings_of_offices(stored, encoding, separator):
    table = found(stored(plain_table(LINES, encoding, separator), "名册.csv"))
    assert table.headings == HEADINGS
    assert [row[1] for _, row in table.rows()] == [row[1] for row in LINES[1:]]


def test_a_workbook_is_read_below_its_title_on_the_sheet_that_fits(stored):
    content = workbook([["填表说明"], ["请逐项填写"]], [["平湖县名册"], [], *LINES, ["", "", ""]], names=("说明", "数据"))
    table = found(stored(content))
    assert (table.sheet, table.heading_line, table.headings) == ("数据", 3, HEADINGS)
    assert [number for number, _ in table.rows()] == [4, 5]
    assert read_table(stored(content), "数据", 3) == table


def test_headings_that_nobody_knows_are_still_headings(stored):
    assert found(stored(workbook([["甲", "乙"], ["1", "2"]]))).headings == ("甲", "乙")


@pytest.mark.parametrize("lines", [[HEADINGS], [["只有一格"]], []])
def test_a_file_without_rows_is_refused(stored, lines):
    with pytest.raises(NoHeading):
        found(stored(workbook(lines)))


def test_other_files_are_refused(stored):
    with pytest.raises(NotATable):
        found(stored(b"%PDF-1.7 a paper", "名册.pdf"))
    with pytest.raises(NotATable):
        found(stored(broken_workbook()))


def test_a_workbook_with_macros_is_refused(stored):
    content = io.BytesIO(workbook(LINES))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Workbook_Open()")
    with pytest.raises(FileTypeRefused):
        stored(content.getvalue())


def test_a_bomb_is_refused_before_it_goes_off(stored, monkeypatch):
    monkeypatch.setattr(tables, "MOST_UNPACKED", 3_000_000)
    content = io.BytesIO(workbook(LINES))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.xml", bytes(4_000_000))
    with pytest.raises(UnpacksTooLarge):
        found(stored(content.getvalue()))


@pytest.mark.parametrize(("content", "name"), [(workbook([HEADINGS] * 40), "a.xlsx"), (plain_table([HEADINGS] * 40), "a.csv")])
def test_more_rows_than_one_import_takes_are_refused(stored, monkeypatch, content, name):
    monkeypatch.setattr(tables, "MOST_ROWS", 10)
    with pytest.raises(TooManyRows):
        found(stored(content, name))


def broken_workbook() -> bytes:
    """A workbook whose directory is whole and whose content is not."""
    content = bytearray(workbook(LINES))
    content[60:120] = bytes(60)
    return bytes(content)
