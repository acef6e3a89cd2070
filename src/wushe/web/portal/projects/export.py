"""Each public list is also a file: the same rows and columns as Excel or CSV for people and as JSON for machines."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponseBase, StreamingHttpResponse

from wushe.web.common.listing import EXPORT_CHUNK, TABLES, Listing


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in JSON, its head in Excel and CSV, how it is read from a row, and its words where that is a code."""

    key: str
    head: str
    read: Callable[[Any], Any]
    in_words: Callable[[Any], str] | None = None

    def told(self, row: Any) -> Any:
        """The value as people read it."""
        return self.in_words(self.read(row)) if self.in_words else self.read(row)


def export(request: Any, name: str, listing: Listing, columns: Sequence[Column]) -> HttpResponseBase | None:
    """The whole filtered list in the format that the address asks for; None when it asks for the page."""
    wanted = request.GET.get("format", "")
    if wanted not in {*TABLES, "json"}:
        return None
    rows = listing.rows.iterator(chunk_size=EXPORT_CHUNK)
    if wanted in TABLES:
        return TABLES[wanted](name, [column.head for column in columns], rows, lambda row: [column.told(row) for column in columns])
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
