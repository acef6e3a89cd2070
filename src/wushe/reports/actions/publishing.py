from datetime import datetime

from django.db import transaction

from wushe.projects.queries import locked
from wushe.reports.models import Release
from wushe.reports.queries import release_content


@transaction.atomic
def write_release(*, project_id: int, tag: str, at: datetime) -> Release:
    """Publish what is now known of a project as its next OCDS release. The project's row lock keeps the count.

    Effects: a Release.
    """
    project = locked(project_id)
    sequence = Release.objects.filter(ocid=project.ocid).count() + 1
    content = release_content(project, tag=tag, sequence=sequence, at=at)
    return Release.objects.create(project=project, ocid=project.ocid, sequence=sequence, tag=tag, at=at, content=content)
