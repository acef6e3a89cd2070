from collections import Counter
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.audit.actions import record_export
from wushe.audit.queries import NEWEST_FIRST, entries_of
from wushe.kernel.clock import POLICY_ZONE
from wushe.kernel.errors import NotFound
from wushe.organisations import actions
from wushe.organisations.models import Batch, BatchLine
from wushe.organisations.permissions import Permission
from wushe.organisations.queries import acceptance, batch_by_number, batches_in, candidates, counting_stage, report_day
from wushe.policies.queries import policy_for
from wushe.regions.models import Level, Region
from wushe.regions.queries import region_by_code
from wushe.web.common.access import permission, require_here
from wushe.web.common.forms import attempt, typed
from wushe.web.common.listing import EXPORT_CHUNK, TABLES, Listing, json_response, table_response
from wushe.web.common.organisation_words import outcome, purpose
from wushe.web.desk.filings.forms import FreezeForm, ReceiveForm
from wushe.web.desk.navigation import lead_back

SORTS = {"frozen": ("-frozen_at", "-id"), "town": ("town__code", "-frozen_at"), "due": ("due_at", "id")}
COLUMNS = {
    "number": "number",
    "town_code": "town__code",
    "until": "until",
    "frozen_at": "frozen_at",
    "due_at": "due_at",
    "received_at": "received_at",
    "receipt": "receipt",
    "size": "size",
    "returned": "returned",
}


@permission(Permission.VIEW_FILING)
def batches(request: Any) -> HttpResponse:
    """The batches of my places, and the towns for which I may report."""
    scope = scope_of(request.user, Permission.VIEW_FILING, request.on)
    listing = Listing(request, batches_in(scope), SORTS)
    if request.GET.get("format") == "json":
        return json_response(listing, COLUMNS)
    if listing.wants_table:
        return _export_list(listing)
    regions = scope_of(request.user, Permission.FREEZE_BATCH, request.on).regions
    towns = [region for region in regions if region.level == Level.TOWN and _reports(region, request.on)]
    return render(request, "desk/filings/batches.html", {"listing": listing, "towns": towns})


@permission(Permission.FREEZE_BATCH)
def freeze_batch(request: Any, code: str) -> HttpResponse:
    """Check what the town would report, choose, and freeze it."""
    town = region_by_code(code)
    if town is None:
        raise NotFound(kind="region", number=code)
    require_here(request, region=town)
    policy = policy_for(town, request.on)
    form = FreezeForm(typed(request), candidates=candidates(town, policy))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            lambda: actions.freeze_batch(
                town=town, filing_ids=given["filing"], confirmed=given["confirmed"], by=request.user, at=request.at
            ),
        )
        if done is not None:
            messages.success(request, _("Batch %(number)s is with the county.") % {"number": done.number})
            return redirect("desk:filings:batch", done.number)
    until = report_day(policy, request.on) if form.candidates or acceptance(policy) is not None else None
    context = {"form": form, "town": town, "until": until, "counting": counting_stage(policy)}
    lead_back(request, reverse("desk:filings:batches"), _("Batches"))
    return render(request, "desk/filings/freeze_batch.html", context, status=422 if form.errors else 200)


@permission(Permission.VIEW_FILING)
def batch(request: Any, number: str) -> HttpResponse:
    """One batch as it was frozen, with what the county said."""
    row = batch_by_number(number, user=request.user, at=request.at)
    lines = list(row.lines.select_related("filing").order_by("position"))
    if request.GET.get("format") in TABLES:
        return _export(request, row, lines)
    lead_back(request, reverse("desk:filings:batches"), _("Batches"))
    return render(request, "desk/filings/batch.html", _context(request, row, lines))


@permission(Permission.RECEIVE_BATCH)
def receive_batch(request: Any, number: str) -> HttpResponse:
    """The county accepts or returns every line, and gives the receipt."""
    row = batch_by_number(number, user=request.user, at=request.at)
    require_here(request, region=row.town)
    if row.received_at is not None:
        return redirect("desk:filings:batch", number)
    lines = list(row.lines.select_related("filing").order_by("position"))
    form = ReceiveForm(typed(request), lines=lines)
    if request.method == "POST" and form.is_valid():
        verdicts = form.to_verdicts()
        done = attempt(form, lambda: actions.receive_batch(batch_id=row.pk, verdicts=verdicts, by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("Receipt %(number)s is given.") % {"number": done.receipt})
            return redirect("desk:filings:batch", number)
    lead_back(request, reverse("desk:filings:batches"), _("Batches"))
    return render(request, "desk/filings/receive_batch.html", {"form": form, "batch": row}, status=422 if form.errors else 200)


def _reports(town: Region, on: date) -> bool:
    """Whether a town reports: its policy has the county receive, or something is left to report from before."""
    policy = policy_for(town, on)
    return acceptance(policy) is not None or bool(candidates(town, policy))


def _export_list(listing: Listing) -> HttpResponse:
    header = [
        _("Number"),
        _("Town"),
        _("Reported on"),
        _("Report until"),
        _("Lines"),
        _("Returned"),
        _("Received on"),
        _("Receipt of the county"),
    ]

    def line(row: Any) -> list[Any]:
        days = [moment.astimezone(POLICY_ZONE).date() if moment else "" for moment in (row.frozen_at, row.received_at)]
        return [row.number, row.town.name, days[0], row.until, row.size, row.returned, days[1], row.receipt]

    return table_response(listing, "batches", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)


def _context(request: Any, row: Batch, lines: list[BatchLine]) -> dict[str, Any]:
    return {
        "batch": row,
        "lines": lines,
        "returned": sum(line.outcome == "returned" for line in lines),
        "classes": sorted(Counter(line.frozen["purpose_class"] for line in lines).items()),
        "people": sum(line.frozen["members"] for line in lines),
        "counting": counting_stage(policy_for(row.town, request.on)),
        "may_receive": row.received_at is None
        and row.frozen_by_id != request.user.pk
        and scope_of(request.user, Permission.RECEIVE_BATCH, request.on).covers(row.town),
        "entries": entries_of("batch", row.number).order_by(*NEWEST_FIRST),
    }


def _export(request: Any, row: Batch, lines: list[BatchLine]) -> HttpResponse:
    header = [
        *(_("Line"), _("Filing number"), _("Name"), _("Community or village"), _("Purpose class"), _("Members"), _("Place of activity")),
        *(_("Filed on"), _("Valid until"), _("Outcome"), _("Reason")),
    ]

    def line(each: BatchLine) -> list[Any]:
        frozen = each.frozen
        told = (frozen["certificate"], frozen["name"], frozen["community"], purpose(frozen["purpose_class"]), frozen["members"])
        days = [date.fromisoformat(frozen[name]) if frozen[name] else "" for name in ("granted_on", "valid_until")]
        return [each.position, *told, frozen["premises"], *days, outcome(each.outcome), each.reason]

    form = request.GET["format"]
    record_export(name=row.number, chosen={}, rows=len(lines), form=form, by=request.user, at=request.at)
    return cast("HttpResponse", TABLES[form](row.number, header, lines, line))
