from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotFound
from wushe.ledger.queries import project_money, refunded_of
from wushe.oversight.models import Acceptance
from wushe.oversight.queries import Report, Satisfaction, living_evaluation, report_of, satisfaction_of, supervisions_of
from wushe.policies.queries import Code, policy_for
from wushe.projects.models import Agreement, Project
from wushe.projects.queries import living_award, living_tender, needs_under, published_projects
from wushe.projects.states import ProjectState
from wushe.regions.models import Region
from wushe.services.queries import made_of, progress_of
from wushe.surveys.rules import without_numbers
from wushe.web.common.access import public
from wushe.web.common.listing import Listing
from wushe.web.common.templatetags.wushe import label
from wushe.web.common.words import state
from wushe.web.portal.projects.export import Column, export

SORTS = {
    "changed": ("-state_changed_at", "-pk"),
    "title": ("title", "pk"),
    "budget": ("-budget", "pk"),
}
PUBLIC_STATES = tuple(
    value for value in ProjectState.values if value not in {ProjectState.DRAFT, ProjectState.UNDER_REVIEW, ProjectState.APPROVED}
)
STARTED = {ProjectState.DELIVERING, ProjectState.IN_ACCEPTANCE, ProjectState.ACCEPTED, ProjectState.CLOSED}


@public
def projects(request: Any) -> HttpResponseBase:
    """Every project that was put out to tender, from the tender to the residents' judgement."""
    published = published_projects()
    chosen = {name: request.GET.get(name, "").strip() for name in ("q", "state", "field", "town")}
    rows = published.select_related("agreement__agency", "region", "region__town")
    if chosen["q"]:
        rows = rows.filter(number=chosen["q"]) if chosen["q"].startswith("project-") else rows.filter(title__icontains=chosen["q"])
    for name, column in (("state", "state"), ("field", "field"), ("town", "region__code")):
        if chosen[name]:
            rows = rows.filter(**{column: chosen[name]})
    listing = Listing(request, rows, SORTS)
    fields = _fields(request)
    file = export(request, "projects", listing, _columns(fields))
    if file is not None:
        return file
    context = {
        "listing": listing,
        "chosen": chosen,
        "states": PUBLIC_STATES,
        "fields": fields,
        "towns": Region.objects.filter(pk__in=published.order_by().values("region")).order_by("code"),
        "json_address": listing.address(format="json"),
    }
    return render(request, "portal/projects/list.html", context)


@public
def project(request: Any, number: str) -> HttpResponseBase:
    """What was agreed, with whom and for how much; what was done; how residents judge it. No person is named."""
    found = published_projects().select_related("region", "agreement__agency", "agreement__purchaser").filter(number=number).first()
    if found is None:
        raise NotFound(kind="project", number=number)
    policy = policy_for(found.region, request.on)
    tender = living_tender(found)
    evaluation, acceptance = living_evaluation(found), getattr(found, "acceptance", None)
    report = report_of(evaluation, request.on) if evaluation and evaluation.submitted_at else None
    made = made_of(found) if found.state in STARTED else None
    context = {
        "project": found,
        "service_field": next((code for code in policy.codes("service_fields") if code.code == found.field), None),
        "needs": needs_under(found).count(),
        "tender": tender,
        "award": living_award(tender) if tender else None,
        "agreement": getattr(found, "agreement", None),
        "indicators": found.indicators.order_by("position"),
        "funds": project_money(found.number),
        "refunded": refunded_of(found.number),
        "started": made is not None,
        "progress": progress_of(found, request.on, made) if made else [],
        "parts": made.parts if made else (),
        "looks": supervisions_of(found),
        "waiver": getattr(found, "supervision_waiver", None),
        "heard": satisfaction_of(found, policy),
        "report": report,
        # what was written freely goes out without phone and identity numbers
        "summary": without_numbers(report.content["summary"]) if report else "",
        "acceptance": acceptance,
        "voices": _voices(report, acceptance),
        "opinion": without_numbers(acceptance.opinion) if acceptance else "",
    }
    return render(request, "portal/projects/detail.html", context)


def _voices(report: Report | None, acceptance: Acceptance | None) -> Satisfaction | None:
    """The residents' answers on which the judgement rests: those of the acceptance, before it those of the report."""
    if acceptance is not None:
        return Satisfaction(acceptance.invited, acceptance.answered, acceptance.satisfied)
    return report.heard if report else None


def _fields(request: Any) -> dict[str, Code]:
    counties = published_projects().order_by().values("region__county")
    return {
        code.code: code
        for county in Region.objects.filter(pk__in=counties).order_by("code")
        for code in policy_for(county, request.on).codes("service_fields")
    }


def _columns(fields: dict[str, Code]) -> list[Column]:
    def signed(row: Project) -> Agreement | None:
        agreement: Agreement | None = getattr(row, "agreement", None)
        return agreement if agreement is not None and agreement.is_signed else None

    def agency(row: Project) -> str:
        agreement = signed(row)
        return agreement.agency.name if agreement else ""

    def price(row: Project) -> str:
        agreement = signed(row)
        return str(agreement.price) if agreement else ""

    return [
        Column("number", _("Number"), lambda row: row.number),
        Column("ocid", "OCID", lambda row: row.ocid),
        Column("title", _("Title"), lambda row: row.title),
        Column("town", _("Town"), lambda row: row.region.name),
        Column("town_code", _("Division code"), lambda row: row.region.code),
        Column("field", _("Service field"), lambda row: label(fields[row.field]) if row.field in fields else row.field),
        Column("state", _("State"), lambda row: state(row.state)),
        Column("starts_on", _("From"), lambda row: row.starts_on.isoformat()),
        Column("ends_on", _("Until"), lambda row: row.ends_on.isoformat()),
        Column("budget", _("Budget in yuan"), lambda row: str(row.budget)),
        Column("agency", _("Agency"), agency),
        Column("price", _("Agreed price in yuan"), price),
    ]
