"""A list of workers from the desk of an office into the register and out again."""

import io
import json
from datetime import date

import pytest

from tests.imports.factories import plain_table, proposed
from tests.workforce.factories import AT, certify, identity, make_worker
from wushe.imports.actions import apply_import, check_import, open_import, undo_import
from wushe.imports.models import Import, Row
from wushe.imports.queries import remarks_of, rows_of
from wushe.imports.rules.importable import Draft
from wushe.kernel.errors import DomainError
from wushe.workforce.actions.importing import begin, check_rows
from wushe.workforce.errors import CertificateTaken, UnitUnknown
from wushe.workforce.models import Certificate, Posting, Worker
from wushe.workforce.queries import clear_of, postings_at

pytestmark = pytest.mark.django_db
HEADINGS = (
    *("姓名", "身份证号", "类别", "所在社区", "入职日期", "手机号", "学历", "证书级别", "证书编号", "发证日期", "登记日期", "有效期至"),
    *("岗位", "上岗方式", "上岗日期", "工作单位"),
)
PAPER = ["助理社会工作师", "20220612345", "2022.10.8", "2024-7-1", "2027-6-30"]


def row(order: int, *, paper=("",) * 5, post=("", "", "", ""), **other: str) -> list[str]:
    who = {"name": "李晓燕", "identity": identity(order), "kind": "社会工作者", "place": "东风社区", "joined": "2024.3.1", **other}
    return [who["name"], who["identity"], who["kind"], who["place"], who["joined"], "13800138000", "本科", *paper, *post]


def checked(cast, *lines: list[str]) -> Import:
    upload = io.BytesIO(plain_table([HEADINGS, *lines]))
    imported = open_import(register="workers", upload=upload, name="社工名册.csv", by=cast.reviewer, at=AT)
    check_import(number=imported.number, columns=proposed(imported), by=cast.reviewer, at=AT)
    imported.refresh_from_db()
    return imported


def said(imported: Import) -> list[tuple[str, list[str]]]:
    return [(row.standing, [type(remark.error).__name__ for _label, remark in remarks_of(row)]) for row in rows_of(imported)]


def test_every_column_is_found_and_a_row_becomes_a_person_with_certificate_and_post(cast):
    imported = checked(cast, row(1, paper=PAPER, post=("驻站社工", "公开招聘", "2024.3.4", cast.station.name)), row(2))
    assert len(proposed(imported)) == len(HEADINGS)
    assert imported.bad == 0
    apply_import(number=imported.number, by=cast.reviewer, at=AT)
    first, second = Worker.objects.order_by("number").select_related("region")
    assert (clear_of(first).name, clear_of(first).identity, clear_of(first).phone) == ("李晓燕", identity(1), "13800138000")
    assert (first.number, first.kind, first.education, first.region.name) == (
        "worker-990326-2026-000001",
        "social_worker",
        "bachelor",
        "东风社区",
    )
    certificate = Certificate.objects.get(worker=first)
    assert (certificate.level, certificate.rank, certificate.valid_until) == ("assistant", 1, date(2027, 7, 1))
    (posting,) = postings_at(cast.county.town, cast.station.body, "station_worker", date(2026, 3, 2))
    assert (posting.worker, posting.mode, posting.full_time, posting.grids) == (first, "recruited", True, [])
    assert not Posting.objects.filter(worker=second).exists()


def test_what_waits_to_be_entered_names_nobody(cast):
    checked(cast, row(1), row(2, identity=identity(2)[:-1] + "Y"), row(3, identity="130503670401001"))
    kept = json.dumps([[each.name, each.values, each.remarks] for each in Row.objects.order_by("line")], ensure_ascii=False)
    for secret in ("李晓燕", identity(1), identity(2)[:-1], "130503670401001", "13800138000"):
        assert secret not in kept
    assert Row.objects.first().name == "李*"


def test_rows_are_judged_one_by_one(cast):
    lines = [
        row(1, joined="2030.1.1"),
        row(2, kind="宇航员"),
        row(3, paper=("助理社会工作师", "", "2022.10.8", "", "")),
        row(4, paper=("助理社会工作师", "2022", "2022.10.8", "", "2027.6.30")),
        row(5, post=("驻站社工", "", "2024.3.4", "")),
        row(6, post=("驻站社工", "公开招聘", "2023.3.4", "")),
        row(7, post=("驻站社工", "公开招聘", "2024.3.4", "月亮社工站")),
        row(8, place="月亮社区"),
        row(9, paper=PAPER),
        row(10, paper=PAPER),
        row(9),
    ]
    faults = [set(names) - {"CountyAbolished"} for _standing, names in said(checked(cast, *lines))]
    assert faults == [
        {"NotYet"},
        {"NotInList"},
        {"CellEmpty"},
        {"CellEmpty"},
        {"CellEmpty"},
        {"OutOfOrder"},
        {"UnitUnknown"},
        {"PlaceUnknown"},
        set(),
        {"StandsTwice"},
        {"StandsTwice"},
    ]


def test_everyday_words_name_the_entries_of_lists(cast):
    post = ("社工站社工", "公开招聘", "2024.3.4", "")
    imported = checked(cast, row(1, kind="社工", paper=("中级", *PAPER[1:])), row(2, kind="社区工作者", post=post))
    apply_import(number=imported.number, by=cast.reviewer, at=AT)
    assert list(Worker.objects.order_by("pk").values_list("kind", flat=True)) == ["social_worker", "community_worker"]
    assert (Certificate.objects.get().level, Posting.objects.get().position) == ("intermediate", "station_worker")


@pytest.mark.parametrize("number", ["130503670401001", "H12345678", identity(1, county="512501")])
def test_awkward_papers_pass(cast, number):
    imported = checked(cast, row(1, identity=number))
    assert imported.bad == 0


def test_who_is_on_the_register_is_proposed_and_not_entered_twice(cast):
    known = make_worker(cast)
    certify(cast, known, certificate="20220612345")
    imported = checked(cast, row(1, name="李小燕"), row(2, paper=PAPER))
    twin, other = rows_of(imported)
    assert (twin.standing, twin.twin["number"], twin.twin["certain"]) == ("twin", known.number, True)
    assert [type(remark.error).__name__ for _label, remark in remarks_of(other)][-1] == "CertificateTaken"


def test_what_nobody_used_is_taken_out_again(cast):
    imported = checked(cast, row(1, paper=PAPER, post=("驻站社工", "公开招聘", "2024.3.4", "")))
    apply_import(number=imported.number, by=cast.reviewer, at=AT)
    undo_import(number=imported.number, by=cast.reviewer, at=AT)
    assert (Worker.objects.count(), Certificate.objects.count(), Posting.objects.count()) == (0, 0, 0)


def fault(cast, error: type[DomainError], **values: str) -> None:
    run = begin(cast.reviewer, AT)
    draft = Draft(2, "李晓燕", {"name": "李晓燕", "identity": identity(1), "region": "东风社区", "joined_on": date(2024, 3, 1), **values})
    check_rows(run, [draft])
    raise next(remark.error for remark in draft.remarks if isinstance(remark.error, error))


def test_a_unit_that_nobody_knows_and_a_certificate_of_another_are_faults(cast):
    post = {"kind": "社会工作者", "position": "驻站社工", "mode": "公开招聘", "since": date(2024, 3, 4), "unit": "月亮社工站"}
    with pytest.raises(UnitUnknown):
        fault(cast, UnitUnknown, **post)
    certify(cast, make_worker(cast, 2), certificate="20220612345")
    paper = {"kind": "社会工作者", "level": "社会工作师", "certificate": "20220612345", "issued_on": date(2022, 10, 8)}
    with pytest.raises(CertificateTaken):
        fault(cast, CertificateTaken, **paper)
