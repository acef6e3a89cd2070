"""The pages of a filing show the steps that the pack has, and no others."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.organisations.applications import (
    APPLIED,
    DECIDED,
    FROZEN,
    NAMES,
    NO_REPORT,
    NO_REVIEW,
    REVIEWED,
    TAIL,
    applied,
    granted,
    make_offices,
)
from tests.organisations.factories import make_organisation
from tests.web.moments import opened_at
from tests.web.portal.filings.test_applying import OPEN, apply_at, typed
from wushe.organisations import actions
from wushe.organisations.models import Filing, Kind, Organisation
from wushe.organisations.states import FilingState

pytestmark = pytest.mark.django_db

MANY = "\n".join(f"{name}{' 发起人' if order == 0 else ''}" for order, name in enumerate(NAMES))


@pytest.fixture
def offices():
    return make_offices("example-quarterly", replace=(NO_REVIEW, NO_REPORT))


def url(name, filing):
    return reverse(f"desk:filings:{name}", args=[filing.number])


def test_a_founder_sees_one_step_before_and_after_handing_in(offices):
    client = Client()
    with opened_at(APPLIED):
        assert "初审" not in client.get(apply_at(offices)).content.decode()
        place = apply_at(offices).partition("?")[2]
        paper = client.get(f"{reverse('portal:filings:blank')}?{place}").content.decode()
        assert ("街道（乡镇）决定" in paper, "社区初审" in paper, "县级民政部门接收" in paper) == (True, False, False)
        receipt = client.post(apply_at(offices), typed(roster=MANY), follow=True).content.decode()
    assert ("街道（乡镇）决定" in receipt, "2026年3月11日前" in receipt, "初审" in receipt) == (True, True, False)


def test_the_town_returns_the_founder_corrects_and_the_town_files(offices, as_user):
    known = make_organisation(
        offices.reviewer,
        offices.county.communities[0],
        uscc="",
        name="东风社区广场舞队",
        kind=Kind.COMMUNITY_ORGANISATION,
        registered_on=None,
    )
    receipt = applied(offices)
    filing, opening = receipt.filing, {"code": receipt.code, "tail": TAIL}
    client, founder = as_user(offices.head), Client()
    with opened_at(REVIEWED):
        page = client.get(url("detail", filing)).content.decode()
        assert ("街道（乡镇）决定" in page, url("decide_filing", filing) in page, url("review_application", filing) in page) == (
            True,
            True,
            False,
        )
        form = client.get(url("decide_filing", filing)).content.decode()
        assert (f'value="{known.pk}" selected' in form, 'value="return"' in form) == (True, True)
        assert client.post(url("decide_filing", filing), {"opinion": "", "outcome": "return"}).status_code == 422
        client.post(url("decide_filing", filing), {"opinion": "请写明经费", "outcome": "return"})
        assert "请写明经费" in founder.post(OPEN, opening).content.decode()
        better = typed(**opening, roster=MANY, scope="组织居民跳舞和演出")
        answer = founder.post(reverse("portal:filings:correct_application"), better, follow=True)
        assert "申请已重新提交镇（街）决定" in answer.content.decode()
        assert "街道办事处（乡镇政府）" in founder.post(OPEN, opening).content.decode()
    with opened_at(DECIDED):
        assert as_user(offices.community).get(url("decide_filing", filing)).status_code == 403
        client.post(url("decide_filing", filing), {"opinion": "同意备案", "outcome": "grant", "organisation": known.pk})
        done = client.get(url("detail", filing)).content.decode()
        papers = [client.get(url(name, filing)).status_code for name in ("certificate", "application")]
    filing.refresh_from_db()
    assert (filing.state, filing.organisation, Organisation.objects.count()) == (FilingState.GRANTED, known, 1)
    assert ("990326001-2026-0001" in done, "初审" in done, papers) == (True, False, [200, 200])


def test_who_typed_a_paper_is_not_offered_the_decision(offices, as_user):
    client, place = as_user(offices.head), offices.county.communities[0]
    with opened_at(APPLIED):
        client.post(reverse("desk:filings:record_application"), typed(place=place.code, roster=MANY))
        filing = Filing.objects.get()
        assert url("decide_filing", filing) not in client.get(url("detail", filing)).content.decode()
        refused = client.post(url("decide_filing", filing), {"opinion": "同意", "outcome": "grant"})
    assert (refused.status_code, Filing.objects.get().state) == (422, FilingState.UNDECIDED)


def test_where_nothing_is_reported_the_town_is_not_asked_to(offices, as_user):
    filing = applied(offices).filing
    actions.grant_filing(filing_id=filing.pk, opinion="同意备案", by=offices.head, at=DECIDED)
    report = reverse("desk:filings:freeze_batch", args=[offices.county.town.code])
    client = as_user(offices.head)
    with opened_at(FROZEN):
        assert report not in client.get(reverse("desk:filings:batches")).content.decode()
        assert "不需要上报区县" in client.get(report).content.decode()
        assert client.post(report, {"filing": [filing.pk]}).status_code == 422


def test_who_enters_an_earlier_filing_reads_only_the_steps_of_the_pack(offices, as_user):
    new = {"uscc": "", "kind": Kind.COMMUNITY_ORGANISATION, "registered_on": None}
    row = make_organisation(offices.reviewer, offices.county.communities[0], **new)
    page = as_user(offices.head).get(reverse("desk:organisations:record_filing", args=[row.number])).content.decode()
    assert "新备案请走申请程序：街道（乡镇）决定。" in page


def test_where_it_is_reported_the_town_is_asked_to(as_user):
    offices = make_offices("example-quarterly")
    granted(offices)
    report = reverse("desk:filings:freeze_batch", args=[offices.county.town.code])
    with opened_at(FROZEN):
        assert report in as_user(offices.head).get(reverse("desk:filings:batches")).content.decode()


def test_an_application_from_before_the_review_was_given_up_still_shows_it(as_user):
    offices = make_offices("example-quarterly", replace=(NO_REVIEW,))
    filing = applied(offices).filing
    Filing.objects.update(state=FilingState.SUBMITTED)
    with opened_at(REVIEWED):
        page = as_user(offices.community).get(url("detail", filing)).content.decode()
    assert ("初审备案申请" in page, url("review_application", filing) in page) == (True, True)
