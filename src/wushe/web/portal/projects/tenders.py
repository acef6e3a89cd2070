from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from wushe.files.queries import open_file
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.projects.models import Award, Tender, TenderDocument
from wushe.projects.queries import disqualified_bids, method_of, papers_of, policy_of, published_tenders
from wushe.regions.models import Region
from wushe.web.common.access import public
from wushe.web.common.listing import Listing
from wushe.web.portal.projects.export import Column, export

SORTS = {
    "published": ("-published_at", "-pk"),
    "closes": ("-closes_at", "-pk"),
    "ceiling": ("-ceiling", "pk"),
    "title": ("project__title", "pk"),
}
PHASES = {
    "open": gettext_lazy("Bids are accepted"),
    "closed": gettext_lazy("Bids under evaluation"),
    "awarded": gettext_lazy("Awarded"),
    "cancelled": gettext_lazy("Cancelled"),
}
AWARDED = Exists(Award.objects.filter(tender=OuterRef("pk"), withdrawn_at__isnull=True))


@public
def tenders(request: Any) -> HttpResponseBase:
    """Tenders and awards: what is called for, what was decided, for whom and for how much."""
    chosen = {name: request.GET.get(name, "").strip() for name in ("q", "phase", "town")}
    rows = _with_awards(published_tenders())
    if chosen["q"]:
        rows = rows.filter(Q(project__title__icontains=chosen["q"]) | Q(number=chosen["q"]))
    if chosen["phase"] in PHASES:
        rows = rows.filter(_in_phase(chosen["phase"], request.at))
    if chosen["town"]:
        rows = rows.filter(project__region__code=chosen["town"])
    listing = Listing(request, rows, SORTS)
    file = export(request, "tenders", listing, _columns(request.at))
    if file is not None:
        return file
    context = {
        "listing": listing,
        "rows": [{"tender": row, "phase": phase_of(row, request.at), "award": _award(row)} for row in listing],
        "chosen": chosen,
        "phases": PHASES,
        "towns": Region.objects.filter(pk__in=Tender.objects.order_by().values("project__region")).order_by("code"),
        "json_address": listing.address(format="json"),
    }
    return render(request, "portal/projects/tenders.html", context)


@public
def tender(request: Any, number: str) -> HttpResponseBase:
    """The notice: scope, ceiling, conditions, criteria and the clock; after the award every total and the time for objections."""
    found = _with_awards(published_tenders()).filter(number=number).first()
    if found is None:
        raise NotFound(kind="tender", number=number)
    policy = policy_of(found)
    calendar = policy.calendar()
    published, closes = local_date(found.published_at), local_date(found.closes_at)
    phase = phase_of(found, request.at)
    award = _award(found)
    context = {
        "tender": found,
        "project": found.project,
        "phase": phase,
        "phase_text": PHASES[phase],
        "method": method_of(found),
        "service_field": next((code for code in policy.codes("service_fields") if code.code == found.project.field), None),
        "notice_days": calendar.between(published, closes),
        "days_left": calendar.between(request.on, closes),
        "indicators": found.project.indicators.order_by("position"),
        "papers": papers_of(found),
        "criteria": found.criteria,
        "award": award,
        # with the award it is public who was left out and why, as it is public who won
        "disqualified": disqualified_bids(found) if award else [],
        "withdrawn": found.awards.filter(withdrawn_at__isnull=False).order_by("at"),
        "objections": award.objections.count() if award else 0,
        "answered": award.objections.filter(answered_at__isnull=False).count() if award else 0,
        "window_open": bool(award and request.at <= award.objections_until),
    }
    return render(request, "portal/projects/tender.html", context)


@public
@require_safe
def tender_paper(_request: Any, number: str, paper: str) -> FileResponse:
    """A paper of the notice as a download, byte for byte what its digest says."""
    found = TenderDocument.objects.filter(tender__number=number, file__number=paper).select_related("file").first()
    if found is None:
        raise NotFound(kind="file", number=paper)
    response = FileResponse(open_file(found.file), as_attachment=True, filename=found.file.name, content_type=found.file.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def phase_of(found: Tender, at: datetime) -> str:
    """Where a tender stands for the public, as a key of PHASES."""
    if found.cancelled_at:
        return "cancelled"
    if found.closes_at > at:
        return "open"
    return "awarded" if _award(found) else "closed"


def _in_phase(phase: str, at: datetime) -> Q:
    living = Q(cancelled_at__isnull=True)
    return {
        "open": living & Q(closes_at__gt=at),
        "closed": living & Q(closes_at__lte=at) & ~Q(AWARDED),
        "awarded": living & Q(AWARDED),
        "cancelled": ~living,
    }[phase]


def _with_awards(rows: QuerySet[Tender]) -> QuerySet[Tender]:
    living = Award.objects.filter(withdrawn_at__isnull=True).select_related("bid__agency")
    return rows.prefetch_related(Prefetch("awards", queryset=living, to_attr="living_awards"))


def _award(found: Any) -> Award | None:
    return next(iter(found.living_awards), None)


def _columns(at: datetime) -> list[Column]:
    def winner(row: Tender) -> str:
        award = _award(row)
        return award.bid.agency.name if award else ""

    def price(row: Tender) -> str:
        award = _award(row)
        return str(award.price) if award else ""

    return [
        Column("number", _("Number"), lambda row: row.number),
        Column("project", _("Project"), lambda row: row.project.number),
        Column("title", _("Title"), lambda row: row.project.title),
        Column("town", _("Town"), lambda row: row.project.region.name),
        Column("town_code", _("Division code"), lambda row: row.project.region.code),
        Column("phase", _("State"), lambda row: str(PHASES[phase_of(row, at)])),
        Column("method", _("Method"), lambda row: row.method),
        Column("ceiling", _("Ceiling in yuan"), lambda row: str(row.ceiling)),
        Column("published_at", _("Published"), lambda row: row.published_at.isoformat()),
        Column("closes_at", _("Bids until"), lambda row: row.closes_at.isoformat()),
        # how many have bid is nobody's business before the opening
        Column("bids", _("Bids"), lambda row: row.bid_count if row.opened_at else ""),
        Column("agency", _("Awarded to"), winner),
        Column("price", _("Awarded price in yuan"), price),
    ]
