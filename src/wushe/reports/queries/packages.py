from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from wushe.kernel.errors import NotFound
from wushe.reports.models import Release

VERSION = "1.1"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def release_package(*, uri: str, publisher: str, at: datetime, before: int | None = None, size: int = 100) -> dict[str, Any]:
    """The newest releases as an OCDS 1.1.5 release package; `before` pages back by the id of the last row seen."""
    rows: QuerySet[Release] = Release.objects.order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows[:size])
    package = _package(uri, publisher, at) | {"releases": [row.content for row in page]}
    if len(page) == size:
        package["links"] = {"next": f"{uri.split('?', maxsplit=1)[0]}?before={page[-1].pk}"}
    return package


def record_package(ocid: str, *, uri: str, publisher: str, at: datetime) -> dict[str, Any]:
    """One project's whole history as an OCDS 1.1.5 record package. Raises NotFound."""
    rows = [row.content for row in Release.objects.filter(ocid=ocid).order_by("sequence")]
    if not rows:
        raise NotFound(kind="ocid", number=ocid)
    compiled = rows[-1] | {"id": f"{ocid}-compiled", "tag": ["compiled"]}
    record = {"ocid": ocid, "releases": rows, "compiledRelease": compiled}
    return _package(uri, publisher, at) | {"records": [record]}


def _package(uri: str, publisher: str, at: datetime) -> dict[str, Any]:
    return {
        "uri": uri,
        "version": VERSION,
        "publishedDate": at.isoformat(timespec="seconds"),
        "publisher": {"name": publisher},
        "license": LICENCE,
    }
