"""Files that come with an application: asked for by the pack, kept with the step, opened by those who handle it."""

from datetime import date
from io import BytesIO

import pytest

from tests.organisations.applications import APPLIED, DECIDED, REVIEWED, application, applied, granted, make_offices
from wushe.files.errors import FileTypeRefused
from wushe.files.models import File
from wushe.organisations import actions
from wushe.organisations.actions import PaperDraft
from wushe.organisations.errors import ConditionsUnmet
from wushe.organisations.models import Filing, PaperKind
from wushe.organisations.queries import filing_findings, may_open_paper, papers_of
from wushe.policies.queries import policy_for

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n..."
LAST = "      - {code: premises, zh: 有活动场所，可以共用"
ASKS = (
    LAST,
    "      - {code: charter_file, zh: 章程扫描件, en: Charter as a file, check: charter_file}\n"
    "      - {code: roster_file, zh: 成员名册扫描件, en: Roster as a file, check: roster_file}\n" + LAST,
)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def paper(kind, content=PDF, name="章程.pdf"):
    return PaperDraft(kind, BytesIO(content), name)


def both():
    return (paper(PaperKind.CHARTER), paper(PaperKind.ROSTER, name="名册.pdf"))


def test_a_pack_may_ask_for_files():
    offices = make_offices("example-quarterly", replace=(ASKS,))
    with pytest.raises(ConditionsUnmet) as refused:
        applied(offices, papers=(paper(PaperKind.CHARTER),))
    assert [condition.code for condition in refused.value.conditions] == ["roster_file"]
    filing = applied(offices, papers=both()).filing
    assert [(one.kind, one.file.name) for one in papers_of(filing)] == [("charter", "章程.pdf"), ("roster", "名册.pdf")]
    assert all(one.met for one in filing_findings(policy_for(filing.region, date(2026, 3, 2)), filing))


def test_a_charter_as_a_file_is_a_charter():
    offices = make_offices()
    organisation = granted(offices, charter="", papers=(paper(PaperKind.CHARTER),)).organisation
    assert organisation.has_charter


def test_a_refused_file_leaves_nothing_behind():
    offices = make_offices()
    with pytest.raises(FileTypeRefused):
        applied(offices, papers=(paper(PaperKind.CHARTER, b"MZ\x00\x00"),))
    assert (Filing.objects.count(), File.objects.count()) == (0, 0)


def test_a_corrected_file_takes_the_place_of_the_old_one():
    offices = make_offices()
    filing = applied(offices, papers=both()).filing
    actions.return_application(filing_id=filing.pk, opinion="章程缺页", by=offices.community, at=REVIEWED)
    draft = application(offices.county, papers=(paper(PaperKind.CHARTER, name="章程全本.pdf"),))
    actions.correct_application(filing_id=filing.pk, draft=draft, by=offices.community, at=DECIDED)
    assert [one.file.name for one in papers_of(filing)] == ["章程全本.pdf", "名册.pdf"]


def test_files_open_to_those_who_handle_the_application_and_a_roster_only_for_a_reason():
    offices = make_offices()
    filing = applied(offices, papers=both()).filing
    charter, roster = (one.file for one in papers_of(filing))
    on = date(2026, 3, 2)
    assert [may_open_paper(one, charter, on) for one in (offices.community, offices.head, offices.stranger)] == [True, True, False]
    assert not may_open_paper(offices.community, roster, on)
    actions.reveal_roster(filing_id=filing.pk, reason="核对签名", by=offices.community, at=APPLIED)
    people = (offices.community, offices.head, offices.stranger)
    assert [may_open_paper(one, roster, on) for one in people] == [True, False, False]
    assert not may_open_paper(offices.community, roster, date(2026, 3, 3))


def test_another_file_makes_another_application_and_is_kept_whole():
    offices = make_offices()
    first, again = (applied(offices, papers=(paper(PaperKind.CHARTER),)) for _ in range(2))
    other = applied(offices, papers=(paper(PaperKind.CHARTER, content=PDF + b"second page"),))
    assert (again.code, other.code == first.code) == (first.code, False)
    assert [one.file.size for one in papers_of(other.filing)] == [len(PDF) + len(b"second page")]
