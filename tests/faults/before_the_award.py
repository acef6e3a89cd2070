"""Run against an installation: plants a county with a project whose panel has finished, and prints how the reviewer awards it."""

import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wushe.config.settings")

import django

django.setup()

from django.test import Client
from django.urls import reverse

from tests.cast import make_cast
from tests.stories import award_draft, scored
from wushe.projects.models import Project


def main() -> None:
    cast = make_cast()
    project: Project = scored(cast)
    client = Client()
    client.force_login(cast.reviewer)
    draft = award_draft(project)
    print(
        json.dumps(
            {
                "session": client.cookies["sessionid"].value,
                "page": reverse("desk:procurement:award-tender", args=[project.number]),
                "form": {"bid": draft.bid_id, "reasons": draft.reasons},
            }
        )
    )


if __name__ == "__main__":
    main()
