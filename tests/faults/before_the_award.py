"""Run against an installation: plants a county with a project whose panel has finished, and says how the reviewer awards it."""

import json
import sys

from django.test import Client
from django.urls import reverse

from tests.cast import make_cast
from tests.stories import award_draft, scored


def main() -> None:
    cast = make_cast()
    project = scored(cast)
    client = Client()
    client.force_login(cast.reviewer)
    draft = award_draft(project)
    how = {
        "session": client.cookies["sessionid"].value,
        "page": reverse("desk:procurement:award-tender", args=[project.number]),
        "form": {"bid": draft.bid_id, "reasons": draft.reasons},
    }
    sys.stdout.write(json.dumps(how))
