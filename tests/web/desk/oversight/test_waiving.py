"""The county waives the mid-term supervision on its own page; everybody reads why."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests import stories
from tests.cast import Cast
from tests.web.moments import opened_at
from wushe.accounts.models import User

SignIn = Callable[[User], Client]
REASON = "服务期只有一个月，县总站全程参加"


def test_a_waiver_stands_on_the_project_and_on_the_bar(cast: Cast, as_user: SignIn):
    project = stories.delivering(cast)
    county = as_user(cast.reviewer)
    page, detail = (reverse(name, args=[project.number]) for name in ("desk:oversight:waive-supervision", "desk:projects:detail"))
    with opened_at(stories.HELD):
        assert page in county.get(detail).content.decode()
        assert county.post(page, {"reason": ""}).status_code == 422
        assert county.post(page, {"reason": REASON}).status_code == 302
        after = county.get(detail)
        refused = county.post(page, {"reason": REASON})
    assert page not in after.content.decode()
    assert [step.mark for step in after.context["steps"]][3:5] == ["now", "done"]
    public = Client().get(reverse("portal:projects:detail", args=[project.number])).content.decode()
    for shown in (after.content.decode(), public):
        assert REASON in shown
        assert "已免予" in shown
    assert refused.status_code == 422
    assert "无须再免" in refused.content.decode()


def test_a_failed_look_does_not_end_the_step_on_the_bar(cast: Cast, as_user: SignIn):
    project = stories.delivering(cast)
    stories.supervised(cast, project, "记录不全")
    with opened_at(stories.HELD):
        steps = as_user(cast.reviewer).get(reverse("desk:projects:detail", args=[project.number])).context["steps"]
    assert [step.mark for step in steps][4] == "now"


@pytest.mark.parametrize("who", ["head", "manager", "finance", "auditor"])
def test_only_the_county_waives(cast: Cast, as_user: SignIn, who: str):
    project = stories.delivering(cast)
    assert as_user(cast.everyone()[who]).get(reverse("desk:oversight:waive-supervision", args=[project.number])).status_code == 403
