"""For machines that watch: is the process alive, can it serve."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers as long as the process does."""
    del request
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether the database answers and has the structure that this code expects; 503 while not."""
    del request
    try:
        executor = MigrationExecutor(connection)
        found = {"database": True, "migrations": not executor.migration_plan(executor.loader.graph.leaf_nodes())}
    except DatabaseError:
        found = {"database": False, "migrations": False}
    return JsonResponse(found, status=200 if all(found.values()) else 503)
