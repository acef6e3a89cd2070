"""An office brings its Excel table in Chromium: with scripts, and without."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import SIZES, faults_of, shoot
from tests.cast import make_cast
from tests.imports.factories import HEADINGS, line, workbook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def table(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    path = tmp_path / "机构名册.xlsx"
    path.write_bytes(
        workbook([["平湖县社会组织名册"], HEADINGS, line(31), line(32, founded="不知道"), line(33, name="同名"), line(34, name="同名")])
    )
    return path


@pytest.fixture
def session(session_of):
    return session_of(make_cast().reviewer)


@pytest.mark.parametrize("script", [True, False])
def test_a_table_is_brought_checked_entered_and_undone(session, table, open_page, script):
    page = open_page(reverse("desk:imports:list"), session=session, script=script)
    faults = {}

    def look(name: str) -> None:
        for size, (width, height) in SIZES.items() if script else ():
            page.set_viewport_size({"width": width, "height": height})
            shoot(page, f"import-{name}_{size}")
            if found := faults_of(page):
                faults[f"{name} {size}"] = found

    look("list")
    page.get_by_role("link", name="导入表格").click()
    page.get_by_label("文件").set_input_files(table)
    look("new")
    page.get_by_role("button", name="上传表格").click()
    expect(page.get_by_label("机构名称")).to_have_value("name")
    look("columns")
    page.get_by_role("button", name="核对数据").click()
    expect(page.get_by_text("可以写入 2 行")).to_be_visible()
    look("checked")
    page.get_by_role("link", name="确认疑似重复").click()
    page.get_by_label("第 6 行").select_option("new")
    look("alike")
    page.get_by_role("button", name="保存选择").click()
    with page.expect_download() as errors:
        page.get_by_role("link", name="错误清单").click()
    assert errors.value.suggested_filename.endswith("-errors.xlsx")
    page.get_by_role("button", name="写入数据").click()
    expect(page.get_by_text("本表已写入 3 行")).to_be_visible()
    look("entered")
    page.get_by_role("link", name="撤销导入").click()
    look("undo")
    page.get_by_role("button", name="撤销导入").click()
    expect(page.get_by_text("导入已撤销，写入的条目已全部撤出。")).to_be_visible()
    assert faults == {}
