"""What every register list does the same way: read sort and page from the address, cut a page, hand it out as CSV or Excel."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from wushe.accounts.queries import posts_of
from wushe.audit.actions import record_export
from wushe.kernel.clock import POLICY_ZONE
from wushe.kernel.rows import Columns, rows_as_json
from wushe.regions.queries import region_by_code
from wushe.web.common.spreadsheets import Sheet, workbook_response

PAGE_SIZE = 50
EXPORT_CHUNK = 2000
LONGEST_NUMBER = 9
# nobody reads so far, and counting on would look at every row for one number
MOST_COUNTED = 10_000
LONGEST_SHEET_NAME = 31
# the filters of addresses that are codes of places
PLACES = frozenset({"place", "at"})
# what starts a cell that a spreadsheet would run as a formula; Chinese ones also read the full-width signs
FORMULA = frozenset("=+-@＝＋－＠\t\r\n")
UNCHOSEN = frozenset({"page", "format", "sort"})


class _Echo:
    def write(self, value: str) -> str:
        return value


class Listing:
    """A page of a queryset with its total, its sort, and addresses that keep the filters.

    `sorts` maps a name in the address to order_by arguments; the first is the default. A leading minus turns one round.
    """

    def __init__(self, request: HttpRequest, rows: QuerySet[Any], sorts: Mapping[str, Sequence[str]], size: int = PAGE_SIZE) -> None:
        self.request, self.size = request, size
        wanted = request.GET.get("sort", "")
        name = wanted.removeprefix("-")
        self.sort = wanted if name in sorts else next(iter(sorts))
        order = sorts[self.sort.removeprefix("-")]
        self.order = _turned(order) if self.sort.startswith("-") else list(order)
        self.rows = rows.order_by(*self.order)
        asked = request.GET.get("page", "")
        self.number = max(int(asked), 1) if asked.isdecimal() and len(asked) <= LONGEST_NUMBER else 1

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for, or the last one when there are fewer."""
        paginator = Paginator(self.rows, self.size)
        start = (self.number - 1) * self.size
        rows = list(self.rows[start : start + self.size + 1])
        seen = start + len(rows)
        if len(rows) > self.size or (start and not rows):
            paginator.count = max(self.rows.order_by().values("pk")[: MOST_COUNTED + 1].count(), seen if rows else 0)
        else:
            # the end was seen: the database need not count
            paginator.count = seen
        return Page(rows[: self.size], self.number, paginator) if rows or not start else paginator.get_page(self.number)

    @property
    def total(self) -> int:
        """How many rows there are on all pages; of very many, no more than are counted."""
        return min(int(self.page.paginator.count), MOST_COUNTED)

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than are counted."""
        return int(self.page.paginator.count) > MOST_COUNTED

    def address(self, **changes: str) -> str:
        """The list's query string with changes; an empty value drops the key, and every change goes back to page one."""
        kept = {key: value for key, value in self.request.GET.items() if value and key not in {"page", "format"}}
        merged = {key: value for key, value in (kept | changes).items() if value}
        return f"?{urlencode(merged)}" if merged else self.request.path

    def sort_address(self, name: str) -> str:
        """The address that sorts by a column, or turns it round."""
        return self.address(sort=f"-{name}" if self.sort == name else name)

    def falls(self, name: str) -> bool | None:
        """Whether the values of a column become smaller down the list; None where the list is not sorted by it."""
        return self.order[0].startswith("-") if self.sort.removeprefix("-") == name else None

    @property
    def wants_table(self) -> bool:
        """Whether the address asks for the list as a file."""
        return wants_table(self.request)

    @property
    def chosen(self) -> dict[str, str]:
        """The filters of the address."""
        return _chosen(self.request)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.page.object_list)


def _turned(order: Iterable[str]) -> list[str]:
    return [part.removeprefix("-") if part.startswith("-") else f"-{part}" for part in order]


def csv_response(name: str, header: Sequence[str], rows: Iterable[Any], line: Callable[[Any], Sequence[Any]]) -> StreamingHttpResponse:
    """Stream rows as CSV with a byte-order mark, so that spreadsheets read the Chinese right."""
    writer = csv.writer(_Echo())

    def lines() -> Iterator[str]:
        yield "\ufeff"
        yield writer.writerow(header)
        for row in rows:
            yield writer.writerow([_cell(value) for value in line(row)])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(name: str, header: Sequence[str], rows: Iterable[Any], line: Callable[[Any], Sequence[Any]]) -> StreamingHttpResponse:
    """The same as an Excel file, in which numbers and days are numbers and days."""
    return workbook_response(name, [Sheet(name[:LONGEST_SHEET_NAME], header, (line(row) for row in rows))])


TABLES = {"csv": csv_response, "xlsx": xlsx_response}


def table_response(
    listing: Listing, name: str, header: Sequence[str], rows: Iterable[Any], line: Callable[[Any], Sequence[Any]]
) -> HttpResponse:
    """A list of the desk as the file that the address asks for. The audit keeps who took which rows away."""
    request: Any = listing.request
    form = request.GET["format"]
    record_export(name=name, chosen=_told(request), rows=listing.rows.count(), form=form, by=request.user, at=request.at)
    return cast("HttpResponse", TABLES[form](name, header, rows, line))


def wants_table(request: HttpRequest) -> bool:
    """Whether the address asks for a list as a file."""
    return request.GET.get("format") in TABLES


def rows_response(
    request: Any, name: str, header: Sequence[str], rows: Sequence[Any], line: Callable[[Any], Sequence[Any]]
) -> HttpResponse:
    """The same for rows that were computed and stand in memory."""
    form = request.GET["format"]
    record_export(name=name, chosen=_told(request), rows=len(rows), form=form, by=request.user, at=request.at)
    return cast("HttpResponse", TABLES[form](name, header, rows, line))


def _chosen(request: HttpRequest) -> dict[str, str]:
    return {key: str(value) for key, value in request.GET.items() if value and key not in UNCHOSEN}


def _told(request: Any) -> dict[str, str]:
    """What the audit keeps of what was chosen: places by their names, for codes are masked."""
    chosen = _chosen(request)
    places = {key: region_by_code(chosen[key]) for key in PLACES & chosen.keys() if chosen[key].isdecimal()}
    return chosen | {key: str(place) for key, place in places.items() if place is not None} | _seen_from(request)


def _seen_from(request: Any) -> dict[str, str]:
    """Which of their places somebody looked at, where that left rows out."""
    user = request.user
    if not user.is_narrowed:
        return {}
    return {"looks_at": next(str(post.region or post.body) for post in posts_of(user, request.on) if post.seat == user.looks_at)}


def json_response(listing: Listing, columns: Columns | Mapping[str, str]) -> HttpResponse:
    """One page for programs: `rows` with `columns` (name: lookup), `next` while there is more, `total` if the address asks for it."""
    start = (listing.number - 1) * listing.size
    page = listing.rows[start : start + listing.size + 1]
    rows, found = rows_as_json(*_shown(page, columns), listing.size)
    beside: dict[str, Any] = {}
    if found > listing.size:
        beside["next"] = listing.request.build_absolute_uri(listing.address(page=str(listing.number + 1), format="json"))
    if listing.request.GET.get("total"):
        beside["total"] = listing.rows.count()
    text = "".join(f', "{key}": {json.dumps(value)}' for key, value in beside.items())
    return HttpResponse(f'{{"rows": {rows}{text}}}', content_type="application/json")


def _shown(page: QuerySet[Any], columns: Columns | Mapping[str, str]) -> tuple[str, Sequence[Any]]:
    if isinstance(columns, Columns):
        return columns.shown_by(page)
    kept = [name for name, lookup in columns.items() if name == lookup]
    return page.values(*kept, **{name: F(lookup) for name, lookup in columns.items() if name != lookup}).query.sql_with_params()


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.astimezone(POLICY_ZONE):%Y-%m-%d %H:%M}"
    return f"'{value}" if isinstance(value, str) and value[:1] in FORMULA else value
