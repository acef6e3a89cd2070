"""An agreement with a mistake in it is redrawn before both sides have signed."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests import stories
from tests.cast import Cast
from tests.web.moments import opened_at
from wushe.accounts.models import User
from wushe.projects.actions import sign_agreement
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
        refused = county.post(page_of("redraw-agreement", project), terms(cast))
    assert refused.status_code == 422
    assert "补充协议" in refused.content.decode()


def test_only_the_county_redraws(cast: Cast, as_user: SignIn):
    project = stories.agreed(cast)
    assert as_user(cast.managers[0]).get(page_of("redraw-agreement", project)).status_code == 403
