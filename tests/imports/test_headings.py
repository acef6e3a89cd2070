from django.utils.translation import override

from wushe.imports.rules.headings import heading_line, likeness, proposed, signature
from wushe.imports.rules.importable import importable

COLUMNS = {
    "name": ("名称", "机构名称", "Name"),
    "uscc": ("统一社会信用代码", "信用代码"),
    "founded_on": ("成立日期",),
    "filed_on": ("备案日期",),
}


def test_columns_are_found_in_any_order_and_spelling():
    headings = ["序号", "成立日期（年月日）", "*社会信用代码", "", "机 构 名 称", "备注"]
    assert proposed(headings, COLUMNS) == {1: "founded_on", 2: "uscc", 4: "name"}


def test_a_column_goes_to_the_heading_that_fits_it_best():
    assert proposed(["法人机构名称", "机构名称"], COLUMNS) == {1: "name"}


def test_different_words_are_not_alike():
    assert likeness("登记日期", ("备案日期",)) < likeness("备案日", ("备案日期",))
    assert proposed(["登记日期"], COLUMNS) == {}


def test_headings_stand_below_a_title():
    lines = [["平湖县社会组织名册", "", ""], ["填表人：", "李明", ""], ["机构名称", "信用代码", "成立日期"], ["名称", "代码", "日期"]]
    assert heading_line(lines, COLUMNS) == 2
    assert heading_line([["一", "二"], ["三", "四"]], COLUMNS) is None


def test_the_signature_forgets_spaces_and_notes_but_not_the_order():
    assert signature(["名 称*", "日期（年）"]) == signature(["名称", "日期"])
    assert signature(["名称", "日期"]) != signature(["日期", "名称"])


def test_the_words_of_the_pages_and_those_of_offices_are_both_headings():
    pages = ["名称", "类别", "地点", "性质", "活动领域", "进入筹建日期", "成员数", "活动场所"]
    offices = ["组织名称", "组织类型", "所在地", "宗旨类别", "服务领域", "筹备日期", "成员人数", "活动地点"]
    columns = ["name", "kind", "region", "purpose_class", "service_fields", "preparing_on", "members", "premises"]
    register = importable("organisations")
    for headings in (pages, offices):
        assert proposed(headings, register.names()) == dict(enumerate(columns))
    with override("zh-hans"):
        assert [register.label(name) for name in columns[3:6]] == pages[3:6]
