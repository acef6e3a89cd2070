from typing import Any

from django.http import JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wushe.kernel.errors import NotFound
from wushe.reports.queries import record_package, release_package
from wushe.web.common.access import public
from wushe.web.common.asked import number_of

PUBLISHER = "Wushe 五社"
FORMAT = {"ensure_ascii": False}


@public
@require_safe
def releases(request: Any) -> JsonResponse:
    """The newest releases of all projects, a hundred at a time; `links.next` goes back in time."""
    before = number_of(request.GET.get("before", ""))
    package = release_package(uri=request.build_absolute_uri(), publisher=PUBLISHER, at=request.at, before=before)
    return _open(_addressed(request, package))


@public
@require_safe
def record(request: Any, ocid: str) -> JsonResponse:
    """Everything that was ever published of one project, and where it stands."""
    try:
        package = record_package(ocid, uri=request.build_absolute_uri(), publisher=PUBLISHER, at=request.at)
    except NotFound:
        return _open({"error": f"no record {ocid}"}, status=404)
    return _open(_addressed(request, package))


def _addressed(request: Any, package: dict[str, Any]) -> dict[str, Any]:
    """With the address of every paper of a notice: releases are kept without them, for an installation may move."""
    releases = package.get("releases", [])
    for record in package.get("records", ()):
        releases = [*releases, *record["releases"], record["compiledRelease"]]
    for release in releases:
        tender = release.get("tender", {})
        for paper in tender.get("documents", ()):
            paper["url"] = request.build_absolute_uri(reverse("portal:projects:tender_paper", args=[tender["id"], paper["id"]]))
    return package


def _open(content: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(content, json_dumps_params=FORMAT, status=status)
    response["Access-Control-Allow-Origin"] = "*"
    return response
