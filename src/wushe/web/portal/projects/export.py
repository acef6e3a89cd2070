"""Each public list is also a file: the same rows and columns as CSV for people and as JSON for machines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase, JsonResponse

from wushe.web.common.listing import EXPORT_CHUNK, Listing, csv_response


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in JSON, its head in CSV, and how it is read from a row."""

    key: str
    head: str
    read: Callable[[Any], Any]


def export(request: Any, name: str, listing: Listing, columns: Sequence[Column]) -> HttpResponseBase | None:
    """The whole filtered list in the format that the address asks for; None when it asks for the page."""
    wanted = request.GET.get("format")
    if wanted not in {"csv", "json"}:
        return None
    rows = listing.rows.iterator(chunk_size=EXPORT_CHUNK)
    if wanted == "csv":
        return csv_response(name, [column.head for column in columns], rows, lambda row: [column.read(row) for column in columns])
    items = [{column.key: column.read(row) for column in columns} for row in rows]
    response = JsonResponse({"total": len(items), name: items}, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response
