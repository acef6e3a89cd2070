"""Composes a release from the facts. Bodies and agencies are named; people never are."""

from datetime import date, datetime, time
from typing import Any

from wushe.files.models import File
from wushe.kernel.clock import POLICY_ZONE, local_date
from wushe.oversight.models import Evaluation, Supervision, Waiver
from wushe.oversight.queries import report_of
from wushe.projects.models import Agreement, Award, Bid, Project, Tender, Tranche, TrancheState
from wushe.projects.queries import bids_of, living_tender, method_of, need_numbers, papers_of, refunds_of, tranches_of
from wushe.projects.states import ProjectState
from wushe.surveys.rules import without_numbers

CURRENCY = "CNY"
STATUS = {
    ProjectState.TENDERING: "active",
    ProjectState.SCORING: "active",
    ProjectState.APPROVED: "planned",
}


def release_content(project: Project, *, tag: str, sequence: int, at: datetime) -> dict[str, Any]:
    """The whole of a project as an OCDS 1.1.5 release: planning with needs assessment, tender, awards, contract, implementation."""
    tender = living_tender(project) or project.tenders.order_by("-published_at").first()
    awards = list(Award.objects.select_related("bid__agency__body", "tender__project").filter(tender__project=project).order_by("at", "pk"))
    bids = list(bids_of(tender)) if tender and tender.opened_at else []
    agreement = Agreement.objects.select_related("award", "agency__body").filter(project=project).first()
    evaluation = project.evaluations.filter(superseded_at__isnull=True, submitted_at__isnull=False).select_related("evaluator").first()
    release: dict[str, Any] = {
        "ocid": project.ocid,
        "id": f"{project.ocid}-{sequence:04d}",
        "date": _moment(at),
        "tag": [tag],
        "initiationType": "tender",
        "language": "zh",
        "parties": _parties(project, bids, awards, evaluation),
        "buyer": {"id": _buyer_id(project), "name": _buyer_name(project)},
        "planning": _planning(project),
    }
    if tender is not None:
        release["tender"] = _tender(project, tender, bids)
    contracted = agreement is not None and agreement.is_signed
    if awards:
        lapsed = project.state == ProjectState.TERMINATED and not contracted
        release["awards"] = [_award(award, lapsed=lapsed) for award in awards]
    if agreement is not None and contracted:
        release["contracts"] = [_contract(project, agreement, evaluation)]
    return release


def _parties(project: Project, bids: list[Bid], awards: list[Award], evaluation: Evaluation | None) -> list[dict[str, Any]]:
    """Every body once with all its roles. Whoever won is a supplier, also of an award that was withdrawn: the award names it."""
    parts = [(bid.agency.body, "tenderer") for bid in bids] + [(award.bid.agency.body, "supplier") for award in awards]
    if evaluation is not None:
        parts.append((evaluation.evaluator, "reviewBody"))
    parties: dict[str, dict[str, Any]] = {}
    for body, role in parts:
        roles = parties.setdefault(body.number, {"id": body.number, "name": body.name, "roles": []})["roles"]
        if role not in roles:
            roles.append(role)
    buyer = {"id": _buyer_id(project), "name": _buyer_name(project), "roles": ["buyer", "procuringEntity"]}
    return [buyer, *parties.values()]


def _buyer_id(project: Project) -> str:
    return f"region-{project.region.county_code}"


def _buyer_name(project: Project) -> str:
    return str(project.region.county or project.region)


def _planning(project: Project) -> dict[str, Any]:
    needs = need_numbers(project)
    return {
        "rationale": "\n".join(filter(None, [project.goals, project.service_users])),
        "budget": {"project": project.title, "projectID": project.number, "amount": _value(project.budget)},
        "documents": [
            {
                "id": f"{project.number}-needs",
                "documentType": "needsAssessment",
                "title": "需求评估 / Needs assessment",
                "description": "、".join(needs),
                "language": "zh",
            }
        ],
    }


def _tender(project: Project, tender: Tender, bids: list[Bid]) -> dict[str, Any]:
    method = method_of(tender)
    content: dict[str, Any] = {
        "id": tender.number,
        "title": project.title,
        "description": project.summary,
        "status": "cancelled" if tender.cancelled_at else STATUS.get(ProjectState(project.state), "complete"),
        "procuringEntity": {"id": _buyer_id(project), "name": _buyer_name(project)},
        "value": _value(tender.ceiling),
        "procurementMethodDetails": method.zh if method else tender.method,
        "mainProcurementCategory": "services",
        "awardCriteria": "ratedCriteria",
        "awardCriteriaDetails": "；".join(f"{row['zh']} {row['max_points']}" for row in tender.criteria),
        "eligibilityCriteria": tender.eligibility,
        "tenderPeriod": {"startDate": _moment(tender.published_at), "endDate": _moment(tender.closes_at)},
    }
    if method is not None:
        content["procurementMethod"] = method.extra.get("ocds", "open")
    if papers := [_paper(tender, row.file) for row in papers_of(tender)]:
        content["documents"] = papers
    if tender.method_reason:
        content["procurementMethodRationale"] = tender.method_reason
    if tender.opened_at is not None:
        content["numberOfTenderers"] = len(bids)
        content["tenderers"] = [{"id": bid.agency.body.number, "name": bid.agency.body.name} for bid in bids]
    return content


def _paper(tender: Tender, file: File) -> dict[str, Any]:
    return {
        "id": file.number,
        "documentType": "biddingDocuments",
        "title": file.name,
        "description": f"SHA-256 {file.sha256}",
        "datePublished": _moment(tender.published_at),
        "format": file.media_type,
        "language": "zh",
    }


def _award(award: Award, *, lapsed: bool) -> dict[str, Any]:
    body = award.bid.agency.body
    return {
        "id": award.number,
        "title": award.tender.project.title,
        "status": "cancelled" if award.withdrawn_at or lapsed else "active",
        "date": _moment(award.at),
        "value": _value(award.price),
        "suppliers": [{"id": body.number, "name": body.name}],
        "description": "；".join(f"{row['place']}. {row['agency']} {row['total']}" for row in award.ranking),
    }


def _contract(project: Project, agreement: Agreement, evaluation: Evaluation | None) -> dict[str, Any]:
    signed = max(moment for moment in (agreement.purchaser_signed_at, agreement.agency_signed_at) if moment is not None)
    ended = project.state in {ProjectState.ACCEPTED, ProjectState.CLOSED, ProjectState.TERMINATED}
    tranches = list(tranches_of(agreement))
    contract: dict[str, Any] = {
        "id": agreement.number,
        "awardID": agreement.award.number,
        "title": project.title,
        "status": "terminated" if ended else "active",
        "period": {"startDate": _day(agreement.starts_on), "endDate": _day(agreement.ends_on)},
        "value": _value(agreement.price),
        "dateSigned": _moment(signed),
        "implementation": {
            "transactions": _transactions(project, agreement, tranches),
            "milestones": _milestones(project, agreement, tranches),
            "documents": _documents(project, evaluation),
        },
    }
    amendments = [
        {"id": row.number, "date": _moment(row.agency_signed_at), "rationale": row.reason}
        for row in agreement.amendments.filter(agency_signed_at__isnull=False, purchaser_signed_at__isnull=False).order_by("sequence")
    ]
    if amendments:
        contract["amendments"] = amendments
    return contract


def _transactions(project: Project, agreement: Agreement, tranches: list[Tranche]) -> list[dict[str, Any]]:
    """What was paid to the agency; and what it gave back unspent, with the parties changed over."""
    body = agreement.agency.body
    buyer, agency = {"id": _buyer_id(project), "name": _buyer_name(project)}, {"id": body.number, "name": body.name}
    paid = [
        {
            "id": payment.number,
            "date": _moment(payment.paid_at),
            "value": _value(payment.amount),
            "payer": buyer,
            "payee": agency,
        }
        for tranche in tranches
        if tranche.state == TrancheState.PAID and (payment := tranche.payment)
    ]
    returned = [
        {"id": row.number, "date": _day(row.refunded_on), "value": _value(row.amount), "payer": agency, "payee": buyer}
        for row in refunds_of(project)
        if row.entry_number
    ]
    return [*paid, *returned]


def _milestones(project: Project, agreement: Agreement, tranches: list[Tranche]) -> list[dict[str, Any]]:
    delivered, ended = project.state in {ProjectState.ACCEPTED, ProjectState.CLOSED}, project.state == ProjectState.TERMINATED
    looks = Supervision.objects.filter(project=project).order_by("at")
    waivers = Waiver.objects.filter(project=project)
    return [
        _milestone(agreement.number, "delivery", "交付 / Delivery", agreement.ends_on, met=delivered, over=ended),
        *(
            _milestone(look.number, "assessment", "中期督导 / Mid-term supervision", look.held_on, met=look.passed, over=True)
            for look in looks
        ),
        *(_waived(project, waiver) for waiver in waivers),
        *(
            _milestone(
                f"{agreement.number}-T{tranche.number}",
                "financing",
                f"第{tranche.number}期拨付 / Tranche {tranche.number}",
                None,
                met=tranche.state == TrancheState.PAID,
                over=ended,
            )
            for tranche in tranches
        ),
    ]


def _milestone(identifier: str, kind: str, title: str, due: date | None, *, met: bool, over: bool) -> dict[str, Any]:
    """What is over and was not met will not be met any more."""
    milestone = {"id": identifier, "type": kind, "title": title, "status": "met" if met else "notMet" if over else "scheduled"}
    return milestone | ({"dueDate": _day(due)} if due else {})


def _waived(project: Project, waiver: Waiver) -> dict[str, Any]:
    return {
        "id": f"{project.number}-waiver",
        "type": "assessment",
        "title": "免予中期督导 / Mid-term supervision waived",
        "description": waiver.reason,
        "status": "notMet",
        "dateModified": _moment(waiver.at),
    }


def _documents(project: Project, evaluation: Evaluation | None) -> list[dict[str, Any]]:
    documents = []
    if evaluation is not None and evaluation.submitted_at is not None:
        documents.append(
            {
                "id": evaluation.number,
                "documentType": "evaluationReports",
                "title": "评估报告 / Evaluation report",
                "description": _evaluated(evaluation),
                "datePublished": _moment(evaluation.submitted_at),
                "language": "zh",
            }
        )
    acceptance = getattr(project, "acceptance", None)
    if acceptance is not None:
        documents.append(
            {
                "id": acceptance.number,
                "documentType": "completionCertificate",
                "title": "验收意见 / Acceptance",
                "description": without_numbers(acceptance.opinion),
                "datePublished": _moment(acceptance.at),
                "language": "zh",
            }
        )
    return documents


def _evaluated(evaluation: Evaluation) -> str:
    """Score, grade, the residents' voices, the points of every item, and the summary without phone and identity numbers."""
    content = report_of(evaluation, local_date(evaluation.submitted_at or evaluation.appointed_at)).content
    heard, grade = content["heard"], content["grade"]
    lines = [f"{content['score']} {grade['zh'] if grade else ''}".strip()]
    if heard:
        lines.append(f"服务对象：邀请 {heard['invited']}，回收 {heard['answered']}，满意 {heard['satisfied']}")
    lines.append("；".join(f"{row['zh']} {row['points']}" + ("" if row["deducts"] else f"/{row['maximum']}") for row in content["items"]))
    return "\n".join([*lines, without_numbers(content["summary"])])


def _value(amount: Any) -> dict[str, Any]:
    return {"amount": float(amount), "currency": CURRENCY}


def _moment(at: datetime | None) -> str:
    return at.astimezone(POLICY_ZONE).isoformat(timespec="seconds") if at else ""


def _day(on: date) -> str:
    return _moment(datetime.combine(on, time(), tzinfo=POLICY_ZONE))
