"""The page of the purchaser's last word."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests import stories
from tests.cast import Cast
from tests.web.moments import opened_at
from wushe.accounts.models import User

SignIn = Callable[[User], Client]


@pytest.mark.parametrize("outcome", ["accept", "refuse"])
def test_the_last_word_has_its_reasons(cast: Cast, as_user: SignIn, outcome: str):
    project = stories.finished(cast)
    stories.heard(cast, project, 5, 4)
    stories.evaluated(cast, project)
    project = stories.fresh(project)
    page = reverse("desk:oversight:accept-project", args=[project.number])
    with opened_at(stories.FINISHED):
        county = as_user(cast.reviewer)
        refused = county.post(page, {"outcome": outcome, "opinion": " "})
        asked = county.get(page).content.decode()
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["opinion"])
    assert "（选填）" not in asked
    assert stories.fresh(project).state == project.state
