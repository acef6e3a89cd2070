"""An office brings its table: pages from the upload to the undoing."""

import io
import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.cast import moment
from tests.imports.factories import HEADINGS, line, plain_table, workbook
from wushe.imports.models import Import, Row
from wushe.kernel import clock
from wushe.organisations.models import Organisation

LIST = reverse("desk:imports:list")
OPEN = reverse("desk:imports:open_import")


@pytest.fixture(autouse=True)
def installation(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(clock, "now", lambda: moment(3, 12))


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.reviewer)
    return client


def bring(desk, content: bytes, name: str = "机构名册.xlsx") -> Import:
    response = desk.post(OPEN, {"register": "organisations", "file": SimpleUploadedFile(name, content)})
    imported = Import.objects.latest("id")
    assert response.url == page("check_import", imported)
    return imported


def checked(desk, *lines) -> Import:
    imported = bring(desk, workbook([HEADINGS, *lines]))
    assert desk.post(page("check_import", imported), matched(imported)).url == page("detail", imported)
    return imported


def matched(imported: Import) -> dict[str, str]:
    return {f"column_{position}": column for position, column in imported.columns.items()}


def page(name: str, imported: Import) -> str:
    return reverse(f"desk:imports:{name}", args=[imported.number])


def text(response) -> str:
    return re.sub(r"\s+", " ", BeautifulSoup(response.content, "html.parser").main.get_text(" "))


def test_a_table_comes_in_page_by_page(desk, cast):
    assert "您还没有导入过表格" in text(desk.get(LIST))
    assert "组织" in text(desk.get(OPEN))
    imported = checked(desk, line(31), line(32, founded="不知道"), line(33, name=cast.agencies[0].name, code="", registered=""))
    shown = text(desk.get(page("detail", imported)))
    assert "可以写入 1 行" in shown
    assert "成立日期：“不知道”不是日期" in shown
    assert f"疑似与 {cast.agencies[0].name}（{cast.agencies[0].number}）重复：同一县（区）内名称相同" in shown
    assert desk.post(page("choose_rows", imported), {"row_4": "new"}).url == page("detail", imported)
    assert "已写入 2 行" in text(desk.post(page("apply_import", imported), follow=True))
    assert Organisation.objects.filter(name__startswith="平安").count() == 1
    assert "撤出" in text(desk.get(page("undo_import", imported)))
    assert "已全部撤出" in text(desk.post(page("undo_import", imported), follow=True))
    assert not Organisation.objects.filter(name__startswith="平安").exists()
    assert "机构名册.xlsx" in text(desk.get(LIST))


def test_the_columns_show_their_first_rows_and_what_is_proposed(desk):
    imported = bring(desk, workbook([HEADINGS, line(31)]))
    form = BeautifulSoup(desk.get(page("check_import", imported)).content, "html.parser")
    chosen = [select.find("option", selected=True)["value"] for select in form.select("main select")]
    assert chosen == ["", "name", "region", "kind", "uscc", "founded_on", "registered_on"]
    assert "平安31号社工服务中心" in form.main.get_text()


def test_a_column_left_out_is_named_and_what_was_chosen_stays(desk):
    imported = bring(desk, workbook([HEADINGS, line(31)]))
    response = desk.post(page("check_import", imported), matched(imported) | {"column_1": "", "column_0": "uscc"})
    assert response.status_code == 422
    assert "您表格中有两列都对应了“统一社会信用代码”" in text(response)
    response = desk.post(page("check_import", imported), matched(imported) | {"column_1": ""})
    assert "还缺少必需的列：名称" in text(response)
    assert BeautifulSoup(response.content, "html.parser").select_one("#id_column_2 option[selected]")["value"] == "region"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("名册.pdf", b"%PDF-1.7", "无法把“名册.pdf”读成表格"),
        ("名册.xls", b"\xd0\xcf\x11\xe0 old", "请先另存为 DOCX 或 XLSX"),
        ("空.csv", b"a", "没有找到表头"),
    ],
)
def test_a_file_that_is_no_table_is_refused_beside_the_field(desk, name, content, said):
    response = desk.post(OPEN, {"register": "organisations", "file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    error = BeautifulSoup(response.content, "html.parser").select_one("#id_file_error")
    assert said in error.get_text()


def test_the_file_of_errors_has_the_rows_as_sent_and_their_reasons(desk):
    imported = checked(desk, line(31), line(32, founded="不知道", place="西风社区"))
    response = desk.get(page("error_file", imported))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))
    assert book.sheet_names == ["需更正", "疑似重复", "请留意"]
    headings, row = book.get_sheet_by_name("需更正").to_python()
    assert headings == [*HEADINGS, "需要留意的问题"]
    assert row[:6] == [32, "平安32号社工服务中心", "西风社区", "社会工作服务机构", line(32)[4], "不知道"]
    assert row[-1].splitlines()[0].startswith("成立日期：“不知道”不是日期")
    assert len(book.get_sheet_by_name("请留意").to_python()) == 2


def test_the_file_of_errors_can_be_corrected_and_brought_again(desk):
    imported = checked(desk, line(31), line(32, founded="不知道"))
    content = b"".join(desk.get(page("error_file", imported)).streaming_content)
    again = bring(desk, content)
    assert [again.columns.get(str(position)) for position in range(8)] == [
        None, "name", "region", "kind", "uscc", "founded_on", "registered_on", None,
    ]  # fmt: skip
    assert again.total == 1


def test_an_empty_table_has_the_headings_that_are_found_again(desk):
    response = desk.get(reverse("desk:imports:empty_table", args=["organisations"]))
    lines = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0).to_python()
    imported = bring(desk, workbook([lines[0], ["平安", *[""] * (len(lines[0]) - 1)]]))
    assert len(imported.columns) == len(lines[0])


def test_rows_are_shown_by_what_the_check_found(desk):
    imported = checked(desk, line(31), line(32, founded="不知道"))
    shown = BeautifulSoup(desk.get(page("detail", imported), {"standing": "bad"}).content, "html.parser")
    assert [row.get_text() for row in shown.select("tbody tr td:first-child")] == ["3"]


def test_one_button_says_it_for_all_rows(desk, cast):
    imported = checked(desk, line(31, code=cast.agencies[0].uscc), line(32, name="同名"), line(33, name="同名"))
    desk.post(page("choose_rows", imported), {"for_all": "new"})
    assert list(Row.objects.filter(of=imported).order_by("line").values_list("choice", flat=True)) == ["skip", "skip", "new"]


def test_a_row_that_is_known_cannot_be_called_new(desk, cast):
    imported = checked(desk, line(31, code=cast.agencies[0].uscc))
    assert desk.post(page("choose_rows", imported), {"row_2": "new"}).status_code == 422


def test_a_long_table_shows_how_far_it_is(desk):
    imported = bring(desk, plain_table([HEADINGS, *(line(order) for order in range(1000, 1001 + settings.IMPORT_CHUNK))]), "名册.csv")
    desk.post(page("check_import", imported), matched(imported))
    shown = BeautifulSoup(desk.get(page("detail", imported)).content, "html.parser")
    assert shown.select_one("progress")["max"] == "2001"
    assert shown.select_one("#next")["hx-trigger"] == "every 2s"
    assert "正在核对" in shown.main.get_text()


@pytest.mark.parametrize("stopped", [{}, {"app": "imports", "code": "RegisterChanged", "data": {}, "column": "", "fault": True}])
def test_work_that_was_stopped_says_why(desk, stopped):
    imported = checked(desk, line(31))
    Import.objects.filter(pk=imported.pk).update(stopped=stopped)
    assert ("重新核对" if stopped else "处理时出错") in text(desk.get(page("detail", imported)))


def test_a_refusal_of_a_button_is_said_on_the_page(desk):
    imported = checked(desk, line(31, founded=""))
    assert "没有可以写入的行" in text(desk.post(page("apply_import", imported), follow=True))


def test_the_sender_alone_opens_the_import_and_its_file(desk, cast, as_user):
    imported = checked(desk, line(31))
    download = reverse("files:download_file", args=[imported.file.number])
    assert desk.get(download).status_code == 200
    colleague = as_user(cast.second_reviewer)
    for address in (page("detail", imported), page("error_file", imported), page("undo_import", imported), download):
        assert colleague.get(address).status_code == 404


def test_whoever_keeps_no_register_has_no_imports(cast, as_user):
    assert as_user(cast.worker).get(LIST).status_code == 403


def test_everything_is_there_in_english(desk, cast):
    cast.reviewer.language = "en"
    cast.reviewer.save(update_fields=["language"])
    imported = checked(desk, line(31), line(32, founded="不知道"))
    shown = text(desk.get(page("detail", imported)))
    assert "1 row can be entered." in shown
    assert "Founded on: “不知道” is not a day" in shown


def test_the_page_of_an_import_costs_the_same_for_one_row_and_for_twenty(desk, django_assert_max_num_queries):
    for count in (1, 20):
        imported = checked(desk, *(line(order, founded="不知道") for order in range(31, 31 + count)))
        with django_assert_max_num_queries(14):
            desk.get(page("detail", imported))
