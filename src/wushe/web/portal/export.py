"""Each public list is also a file: the same rows and columns as Excel and CSV for people and as JSON for machines."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponseBase, StreamingHttpResponse

from wushe.web.common.listing import EXPORT_CHUNK, TABLES, Listing, wants_table


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in JSON, its head in Excel and CSV, and how it is read from a row."""

    key: str
    head: str
    read: Callable[[Any], Any]


def export(request: Any, name: str, listing: Listing, columns: Sequence[Column]) -> HttpResponseBase | None:
    """The whole filtered list in the format that the address asks for; None when it asks for the page."""
    wanted = request.GET.get("format")
    if not wants_table(request) and wanted != "json":
        return None
    rows = listing.rows.iterator(chunk_size=EXPORT_CHUNK)
    if wanted != "json":
        return TABLES[wanted](name, [column.head for column in columns], rows, lambda row: [column.read(row) for column in columns])
    items = ({column.key: column.read(row) for column in columns} for row in rows)
    response = StreamingHttpResponse(_as_json(name, items), content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _as_json(name: str, items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """One object with the rows and, after them, their number: a whole register never stands in memory."""
    total = 0
    yield f'{{"{name}": ['
    for item in items:
        text = json.dumps(item, ensure_ascii=False, cls=DjangoJSONEncoder)
        yield f",\n{text}" if total else text
        total += 1
    yield f'], "total": {total}}}'
