"""Files on the form: handed in with it, refused beside their field, opened on the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.organisations.applications import APPLIED, NAMES, make_offices
from tests.organisations.test_papers import ASKS, PDF
from tests.web.moments import opened_at
from tests.web.portal.filings.test_applying import apply_at, typed
from wushe.organisations.models import Filing
from wushe.organisations.queries import papers_of

pytestmark = pytest.mark.django_db

MANY = {"roster": "\n".join(f"{name}{' 发起人' if order == 0 else ''}" for order, name in enumerate(NAMES))}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def pdf(name, content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_what_was_typed_stays_when_a_file_is_refused():
    offices, client = make_offices(), Client()
    with opened_at(APPLIED):
        answer = client.post(apply_at(offices), typed(charter="", charter_file=pdf("章程.pdf", b"MZ\x00\x00")))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert [words for words in ("组织居民跳广场舞", "陈桂芳 13900130001", "章程.pdf", "请重新选择文件") if words not in page] == []
    assert Filing.objects.count() == 0


def test_files_that_the_pack_asks_for_are_asked_for_by_the_form():
    offices, client = make_offices("example-quarterly", replace=(ASKS,)), Client()
    with opened_at(APPLIED):
        assert client.post(apply_at(offices), typed()).status_code == 422
        files = {"charter_file": pdf("章程.pdf"), "roster_file": pdf("名册.pdf")}
        assert client.post(apply_at(offices), typed(charter="", **files | MANY)).status_code == 302
    assert [paper.file.name for paper in papers_of(Filing.objects.get())] == ["章程.pdf", "名册.pdf"]


def test_the_desk_opens_the_charter_and_after_a_reason_the_roster():
    offices = make_offices()
    with opened_at(APPLIED):
        Client().post(apply_at(offices), typed(charter_file=pdf("章程.pdf"), roster_file=pdf("名册.pdf")))
        filing = Filing.objects.get()
        charter, roster = (reverse("files:download_file", args=[paper.file.number]) for paper in papers_of(filing))
        desk = signed_in(offices.community)
        page = desk.get(reverse("desk:filings:detail", args=[filing.number])).content.decode()
        assert (charter in page, roster in page) == (True, False)
        clear = desk.post(reverse("desk:filings:reveal_roster", args=[filing.number]), {"reason": "核对签名"}).content.decode()
        assert roster in clear
        entry = reverse("desk:filings:review_application", args=[filing.number])
        assert charter in desk.get(entry).content.decode()
        assert signed_in(offices.stranger).get(charter).status_code == 404


def test_a_correction_keeps_what_is_on_file():
    offices = make_offices("example-quarterly", replace=(ASKS,))
    with opened_at(APPLIED):
        desk = signed_in(offices.community)
        place = offices.county.communities[0]
        files = {"charter_file": pdf("章程.pdf"), "roster_file": pdf("名册.pdf")}
        assert desk.post(reverse("desk:filings:record_application"), typed(place=place.code, **files | MANY)).status_code == 302
        filing = Filing.objects.get()
        desk.post(reverse("desk:filings:review_application", args=[filing.number]), {"opinion": "请补写章程", "outcome": "return"})
        correct = reverse("desk:filings:correct_application", args=[filing.number])
        assert "已有：章程.pdf" in desk.get(correct).content.decode()
        assert desk.post(correct, typed(scope="跳舞和演出", **MANY)).status_code == 302
    filing.refresh_from_db()
    assert (filing.scope, len(papers_of(filing))) == ("跳舞和演出", 2)
