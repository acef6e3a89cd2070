"""A table from the desk of an office into the register and out again."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.imports.factories import AT, HEADINGS, applied, checked, line, opened, plain_table, proposed, workbook
from tests.organisations.factories import draft
from wushe.audit.models import Entry
from wushe.files.queries import open_file
from wushe.imports.actions import apply_import, check_import, choose_rows, undo_import
from wushe.imports.models import Choice, Row, Standing
from wushe.imports.queries import history_of, import_by_number, imports_of, remarks_of, rows_of
from wushe.imports.states import ImportState
from wushe.kernel.errors import NotFound
from wushe.organisations.actions import register_organisation
from wushe.organisations.models import Organisation
from wushe.organisations.queries import life_line

pytestmark = pytest.mark.django_db


def table(*lines, headings=HEADINGS):
    return workbook([headings, *lines])


def test_a_table_is_kept_as_it_came_and_its_columns_are_proposed(cast):
    content = table(line(31))
    imported = opened(cast.reviewer, content)
    assert proposed(imported) == {1: "name", 2: "region", 3: "kind", 4: "uscc", 5: "founded_on", 6: "registered_on"}
    assert (imported.state, imported.total, imported.headings) == (ImportState.MATCHING, 1, list(HEADINGS))
    with open_file(imported.file) as kept:
        assert kept.read() == content


def test_good_rows_enter_the_register_together(cast):
    imported = applied(cast.reviewer, table(line(31), line(32, place="石桥镇柳树村", kind="社区社会组织")))
    made = list(Organisation.objects.filter(name__startswith="平安").order_by("number").select_related("region", "body"))
    assert [(row.name, row.region.name, row.kind, row.body.name) for row in made] == [
        ("平安31号社工服务中心", "东风社区", "agency", "平安31号社工服务中心"),
        ("平安32号社工服务中心", "柳树村", "community_organisation", "平安32号社工服务中心"),
    ]
    assert (imported.state, imported.entered) == (ImportState.APPLIED, 2)
    assert [row.subject for row in rows_of(imported)] == [row.number for row in made]
    assert {row.values == {} for row in rows_of(imported)} == {True}


def test_every_step_is_one_entry_of_the_audit(cast):
    imported = applied(cast.reviewer, table(line(31), line(32, founded="不知道")))
    undo_import(number=imported.number, by=cast.reviewer, at=AT)
    entries = Entry.objects.filter(subject=imported.number).order_by("id")
    assert [(entry.verb, entry.data) for entry in entries] == [
        (
            "imports.import_opened",
            {"register": "organisations", "file": imported.file.number, "sha256": imported.file.sha256, "rows": 2},
        ),
        ("imports.import_checked", {"rows": 2, "good": 0, "doubted": 1, "twin": 0, "bad": 1}),
        ("imports.import_applied", {"register": "organisations", "entered": 1, "known": 0, "left_out": 1}),
        ("imports.import_undone", {"register": "organisations", "undone": 1}),
    ]
    assert not Entry.objects.filter(subject_kind="organisation", subject_name__startswith="平安").exists()


def test_what_a_table_brought_has_that_in_its_history(cast):
    imported = applied(cast.reviewer, table(line(31)))
    number = Row.objects.get(of=imported).subject
    assert [(entry.verb, entry.subject) for entry in history_of("organisation", number)] == [("imports.import_applied", imported.number)]
    undo_import(number=imported.number, by=cast.reviewer, at=AT)
    assert not history_of("organisation", number).exists()


def test_rows_are_judged_one_by_one(cast):
    lines = [
        line(31),
        line(32, founded="不知道", place="西风社区"),
        line(33, founded="2020年5月"),
        line(34, code=""),
        line(31, name="另一家"),
        line(35, founded="2022.1.1"),
        line(36, kind="公司"),
        line(37, place="平湖县"),
        ["", "", "", "", "", "", ""],
    ]
    imported = checked(cast.reviewer, table(*lines))
    said = [
        (row.line, row.standing, [(label, type(remark.error).__name__) for label, remark in remarks_of(row)]) for row in rows_of(imported)
    ]
    other = ("性质", "ValueAssumed")
    assert said == [
        (2, "doubted", [other]),
        (3, "bad", [("成立日期", "NotADay"), ("所在地", "PlaceUnknown")]),
        (4, "doubted", [("成立日期", "DayAssumed"), other]),
        (5, "bad", [other, ("统一社会信用代码", "UsccRequired")]),
        (6, "bad", [other, ("统一社会信用代码", "StandsTwice")]),
        (7, "bad", [other, ("", "DatesOutOfOrder")]),
        (8, "bad", [("类别", "NotInList")]),
        (9, "bad", [other, ("所在地", "SeatTooHigh")]),
    ]
    assert (imported.good, imported.doubted, imported.twins, imported.bad, imported.total) == (0, 2, 0, 6, 8)


def test_nothing_is_doubtful_about_a_row_that_says_everything(cast):
    headings = [*HEADINGS, "宗旨类别", "服务领域", "持证社工人数", "人数截止日期", "人数依据", "是否建立党组织"]
    more = ["服务类", "", "１２人", "2026.1.1", "职业水平证书", "√"]
    imported = applied(cast.reviewer, table([*line(31), *more], headings=headings))
    made = Organisation.objects.get(name__startswith="平安")
    assert imported.good == 1
    assert (made.purpose_class, made.professionals, made.professionals_evidence, made.party_organisation) == (
        "service",
        12,
        "职业水平证书",
        True,
    )


def test_a_filed_team_comes_in_as_the_community_organisation_that_it_is(cast):
    row = line(31)
    row[HEADINGS.index("组织类型")], row[HEADINGS.index("统一社会信用代码")], row[HEADINGS.index("登记日期")] = "志愿服务队伍", "", ""
    applied(cast.reviewer, table([*row, "2025.3.1"], headings=[*HEADINGS, "备案日期"]))
    made = Organisation.objects.get(name__startswith="平安")
    assert (made.kind, made.grown_from) == ("community_organisation", "volunteer_team")
    assert [(one.kind, one.note) for one in life_line(made, made.filed_on)] == [("founded", ""), ("filed", ""), ("grown", "volunteer_team")]


def test_what_the_conditions_to_register_ask_for_comes_with_the_table(cast):
    headings = [*HEADINGS, "成员人数", "是否有章程", "有无负责人", "注册资金", "工作人员数", "会计证号"]
    applied(cast.reviewer, table([*line(31), "56", "有", "", "3.5万元", "2人", "会0001"], headings=headings))
    made = Organisation.objects.get(name__startswith="平安")
    assert (made.members, made.has_charter, made.has_head, made.funds) == (56, True, None, Decimal(35_000))
    assert (made.staff, made.accountant_certificate) == (2, "会0001")


def test_the_matching_is_remembered_for_the_same_headings_of_the_same_sender(cast):
    content = plain_table([["甲", "乙", "丙", "丁"], ["平安", "东风社区", "社工机构", "2020.5.1"]], "gb18030")
    first = opened(cast.reviewer, content, "名册.csv")
    assert first.columns == {}
    columns = {0: "name", 1: "region", 2: "kind", 3: "founded_on"}
    check_import(number=first.number, columns=columns, by=cast.reviewer, at=AT)
    assert proposed(opened(cast.reviewer, content, "名册.csv")) == columns
    assert proposed(opened(cast.second_reviewer, content, "名册.csv")) == {}


def test_twins_are_proposed_and_left_out_unless_the_sender_says_otherwise(cast):
    register_organisation(
        draft=draft(cast.county.communities[0], name="平安（中心）", uscc="", registered_on=None), by=cast.reviewer, at=AT
    )
    known = cast.agencies[0]
    lines = [
        line(31, name="平安(中心)", code="", registered=""),
        line(32, name="晨光", code=known.uscc),
        line(33, name="新的", code="", registered=""),
        line(34, name="新的", code="", registered=""),
    ]
    imported = checked(cast.reviewer, table(*lines))
    twins = rows_of(imported, Standing.TWIN)
    assert [(row.line, row.twin["why"], row.twin["name"], row.twin["certain"], row.twin["line"], row.choice) for row in twins] == [
        (2, "same_name", "平安（中心）", False, 0, Choice.SKIP),
        (3, "same_code", known.name, True, 0, Choice.SKIP),
        (5, "earlier_row", "新的", False, 4, Choice.SKIP),
    ]
    before = Organisation.objects.count()
    choose_rows(number=imported.number, choices={2: Choice.NEW, 3: Choice.SAME}, by=cast.reviewer, at=AT)
    apply_import(number=imported.number, by=cast.reviewer, at=AT)
    assert Organisation.objects.count() == before + 2
    assert [bool(row.subject) for row in rows_of(imported)] == [True, True, True, False]
    assert rows_of(imported).get(line=3).subject == known.number
    known.refresh_from_db()
    assert known.name != "晨光"


def test_one_choice_for_all_goes_as_far_as_it_can(cast):
    lines = [line(32, name="晨光", code=cast.agencies[0].uscc), line(33, name="新的"), line(34, name="新的")]
    imported = checked(cast.reviewer, table(*lines))
    choose_rows(number=imported.number, choices={}, for_all=Choice.NEW, by=cast.reviewer, at=AT)
    assert [row.choice for row in rows_of(imported, Standing.TWIN)] == [Choice.SKIP, Choice.NEW]
    choose_rows(number=imported.number, choices={}, for_all=Choice.SAME, by=cast.reviewer, at=AT)
    assert [row.choice for row in rows_of(imported, Standing.TWIN)] == [Choice.SAME, Choice.NEW]


def test_undoing_takes_everything_out_that_came_in_and_nothing_else(cast):
    before = Organisation.objects.count()
    known = cast.agencies[0]
    imported = checked(cast.reviewer, table(line(31), line(32, name="晨光", code=known.uscc)))
    choose_rows(number=imported.number, choices={3: Choice.SAME}, by=cast.reviewer, at=AT)
    apply_import(number=imported.number, by=cast.reviewer, at=AT)
    undo_import(number=imported.number, by=cast.reviewer, at=AT)
    imported.refresh_from_db()
    assert (imported.state, imported.entered, Organisation.objects.count()) == (ImportState.UNDONE, 0, before)
    assert Organisation.objects.filter(pk=known.pk).exists()


def test_an_import_that_was_undone_can_be_checked_and_applied_again(cast):
    imported = applied(cast.reviewer, table(line(31)))
    undo_import(number=imported.number, by=cast.reviewer, at=AT)
    check_import(number=imported.number, columns=proposed(imported), by=cast.reviewer, at=AT)
    apply_import(number=imported.number, by=cast.reviewer, at=AT)
    assert Organisation.objects.filter(name__startswith="平安").count() == 1


def test_checking_again_forgets_the_rows_of_the_first_check(cast):
    imported = checked(cast.reviewer, table(line(31)))
    check_import(number=imported.number, columns=proposed(imported), by=cast.reviewer, at=AT)
    assert Row.objects.filter(of=imported).count() == 1


def test_imports_are_their_senders_alone(cast):
    imported = opened(cast.reviewer, table(line(31)))
    assert list(imports_of(cast.reviewer)) == [imported]
    assert list(imports_of(cast.second_reviewer)) == []
    with pytest.raises(NotFound):
        import_by_number(imported.number, user=cast.second_reviewer)


def test_a_check_costs_as_many_queries_for_one_row_as_for_twenty(cast, django_assert_max_num_queries):
    for count in (1, 20):
        imported = opened(cast.reviewer, table(*(line(order) for order in range(31, 31 + count))))
        with django_assert_max_num_queries(45):
            check_import(number=imported.number, columns=proposed(imported), by=cast.reviewer, at=AT)


def test_undoing_asks_the_same_questions_for_one_row_as_for_twenty_and_none_that_joins(cast):
    asked = []
    for count in (1, 20):
        imported = applied(cast.reviewer, table(*(line(order) for order in range(31, 31 + count))))
        with CaptureQueriesContext(connection) as queries:
            undo_import(number=imported.number, by=cast.reviewer, at=AT)
        asked.append([query["sql"] for query in queries])
    assert len(asked[0]) == len(asked[1])
    assert [sql for sql in asked[1] if "IN (SELECT" in sql or 'FROM "imports_row" INNER' in sql] == []
