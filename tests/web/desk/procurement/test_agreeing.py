"""An agreement is redrawn before both sides have signed and amended after; what was once drawn up and signed stays to be read."""

from collections.abc import Callable
from decimal import Decimal

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests import stories
from tests.cast import Cast
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.projects.actions import AmendmentDraft, amend_agreement, sign_agreement, sign_amendment
from wushe.projects.models import Project

SignIn = Callable[[User], Client]


def page_of(name: str, project: Project) -> str:
    return reverse(f"desk:procurement:{name}", args=[project.number])


def terms(cast: Cast, **other: str) -> dict[str, str]:
    return {
        "purchaser": str(cast.office.pk),
        "starts_on": "2026-05-01",
        "ends_on": "2026-12-31",
        "percent_0": "60",
        "trigger_0": "signed",
        "percent_1": "40",
        "trigger_1": "final_pass",
        "reason": "付款期数写错",
        **other,
    }


def test_the_page_starts_from_the_terms_and_says_that_a_signature_falls(cast: Cast, as_user: SignIn):
    project = stories.agreed(cast)
    sign_agreement(project_id=project.pk, side="agency", by=cast.managers[0], at=stories.SIGNED)
    county = as_user(cast.reviewer)
    with opened_at(stories.SIGNED):
        assert page_of("redraw-agreement", project) in county.get(page_of("agreement", project)).content.decode()
        page = county.get(page_of("redraw-agreement", project)).content.decode()
        assert all(shown in page for shown in ('value="2026-11-30"', 'value="40.00"', "该方的签署作废"))
        assert county.post(page_of("redraw-agreement", project), terms(cast)).status_code == 302
    agreement = stories.fresh(project).agreement
    assert (agreement.ends_on, agreement.agency_signed_at, agreement.tranches.count()) == (stories.LATER, None, 2)


def test_what_was_typed_stays_when_the_sum_is_wrong(cast: Cast, as_user: SignIn):
    project = stories.agreed(cast)
    with opened_at(stories.SIGNED):
        refused = as_user(cast.reviewer).post(page_of("redraw-agreement", project), terms(cast, percent_1="30"))
    assert refused.status_code == 422
    assert all(kept in refused.content.decode() for kept in ("付款期数写错", 'value="30"', "90"))


def test_an_agreement_in_force_is_amended_instead(cast: Cast, as_user: SignIn):
    project = stories.contracted(cast)
    county = as_user(cast.reviewer)
    with opened_at(stories.SIGNED):
        assert page_of("redraw-agreement", project) not in county.get(page_of("agreement", project)).content.decode()
        opened = county.get(page_of("redraw-agreement", project))
        refused = county.post(page_of("redraw-agreement", project), terms(cast))
    assert (opened.status_code, refused.status_code) == (409, 422)
    for page in (opened.content.decode(), refused.content.decode()):
        assert "补充协议" in page
        assert not any(untrue in page for untrue in ("已有一方签署", "已逾期"))


def test_only_the_county_redraws(cast: Cast, as_user: SignIn):
    project = stories.agreed(cast)
    assert as_user(cast.managers[0]).get(page_of("redraw-agreement", project)).status_code == 403


def amended(cast: Cast, *, signed: bool) -> Project:
    project = stories.contracted(cast)
    change = AmendmentDraft("服务对象增加", price=Decimal(80_000), ends_on=stories.LATER)
    amendment = amend_agreement(project_id=project.pk, draft=change, by=cast.reviewer, at=stories.FUNDED)
    for side, by in (("purchaser", cast.reviewer), ("agency", cast.managers[0])) if signed else ():
        sign_amendment(amendment_id=amendment.pk, side=side, by=by, at=stories.FUNDED)
    return stories.fresh(project)


def test_an_amendment_stands_below_the_text_that_was_signed(cast: Cast, as_user: SignIn):
    project = amended(cast, signed=True)
    with opened_at(stories.PAID):
        page = BeautifulSoup(as_user(cast.managers[0]).get(page_of("agreement", project)).content, "html.parser")
        assert as_user(cast.managers[0]).get(page_of("agreement", project), {"format": "pdf"}).status_code == 200
    signed = next(article.get_text() for article in page("article") if article.find(class_="signatures"))
    assert "78,000.00" in signed
    assert not any(later in signed for later in ("80,000.00", "17,600.00"))
    now = next(section.get_text() for section in page("section", class_="ws-card") if "现行条款" in section.get_text())
    assert all(later in now for later in ("80,000.00", "17,600.00", "22"))


def test_an_earlier_version_is_read_beside_the_one_that_replaced_it(cast: Cast, as_user: SignIn):
    project = stories.agreed(cast)
    sign_agreement(project_id=project.pk, side="agency", by=cast.managers[0], at=stories.SIGNED)
    first = reverse("desk:procurement:agreement-version", args=[project.number, 1])
    county = as_user(cast.reviewer)
    with opened_at(stories.SIGNED):
        assert county.get(first).status_code == 404
        county.post(page_of("redraw-agreement", project), terms(cast))
        assert first in county.get(page_of("agreement", project)).content.decode()
        page = as_user(cast.managers[0]).get(first).content.decode()
    assert all(shown in page for shown in ("31,200.00", "付款期数写错", "下面的签署已作废", cast.managers[0].name))


def test_the_county_withdraws_an_amendment_on_its_own_page(cast: Cast, as_user: SignIn):
    project = amended(cast, signed=False)
    number = project.agreement.amendments.get().number
    away = reverse("desk:procurement:withdraw-amendment", args=[project.number, number])
    another = f'href="{page_of("amend-agreement", project)}"'
    county, agency = as_user(cast.reviewer), as_user(cast.managers[0])
    with opened_at(stories.PAID):
        waiting = county.get(page_of("agreement", project)).content.decode()
        assert (away in waiting, another in waiting) == (True, False)
        assert away not in agency.get(page_of("agreement", project)).content.decode()
        assert agency.get(away).status_code == 403
        assert county.post(away, {"reason": ""}).status_code == 422
        assert county.post(away, {"reason": "双方协商不再调整"}).status_code == 302
        page = agency.get(page_of("agreement", project)).content.decode()
        assert "双方协商不再调整" in page
        assert another in county.get(page_of("agreement", project)).content.decode()
        assert reverse("desk:procurement:sign-amendment", args=[project.number, number]) not in page
        assert county.post(away, {"reason": "再撤一次"}).status_code == 422
        assert county.get(reverse("desk:procurement:withdraw-amendment", args=[project.number, "x"])).status_code == 404


def test_the_clauses_that_will_stand_in_it_are_shown_with_their_origin(cast: Cast, as_user: SignIn):
    project = stories.awarded(cast)
    with opened_at(stories.AGREED):
        page = as_user(cast.reviewer).get(page_of("draw-up-agreement", project)).content.decode()
    assert "乙方不得将服务转包" in page
    assert page.count("平台默认，可修改") == 2
