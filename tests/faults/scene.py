"""Plays the story up to a step, in an installation's own process and database."""

import json

from django.test import Client
from django.urls import reverse

from tests import stories
from tests.cast import make_cast


def play(step: str) -> str:
    """Everything before the step, by the actions themselves. Tells, as JSON, what an `installation.Scene` holds."""
    cast = make_cast()
    if step == "award_tender":
        project, user = stories.scored(cast), cast.reviewer
        path = reverse("desk:procurement:award-tender", args=[project.number])
        fields = {"bid": str(stories.award_draft(project).bid_id), "reasons": "得分第一，报价合理"}
    else:
        project, user = stories.funded(cast), cast.finance
        path = reverse("desk:procurement:pay-tranche", args=[project.number, stories.payable(cast, project).number])
        fields = {"voucher_no": "付-1"}
    client = Client()
    client.force_login(user)
    return json.dumps({"session": client.cookies["sessionid"].value, "path": path, "fields": fields})
