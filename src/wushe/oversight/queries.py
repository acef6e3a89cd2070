from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from wushe.accounts.queries import Scope, scope_of
from wushe.files.models import File
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.oversight.errors import AlreadySupervised, FindingsUnanswered, SecondLookFirst, SupervisionOpen
from wushe.oversight.models import (
    Drawn,
    Evaluation,
    EvaluationItem,
    Finding,
    Round,
    SatisfactionSurvey,
    Supervision,
    SupervisionMark,
    Waiver,
)
from wushe.oversight.rules import TENTH, digest_of, tenths
from wushe.policies.queries import Labelled, Policy, ProcedureStep, Rubric, policy_for
from wushe.projects.models import Expense, Project, Refund
from wushe.projects.permissions import Permission as Projects
from wushe.projects.queries import out_of_order
from wushe.projects.states import ProjectState
from wushe.services.queries import made_of, progress_of
from wushe.surveys.models import Survey
from wushe.surveys.queries import turnout

SUPERVISION = "midterm_supervision"
WAIVABLE = (ProjectState.DELIVERING, ProjectState.IN_ACCEPTANCE)


@dataclass(frozen=True, slots=True)
class ComputedItem:
    """Points that the system gives, and the numbers they come from."""

    points: Decimal
    basis: str


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What the residents said: invitations, answers, how many were satisfied, and the sum of the main question's marks."""

    invited: int
    answered: int
    satisfied: int

    @property
    def response_percent(self) -> Decimal | None:
        """Answers per 100 invitations; None without invitations."""
        return (Decimal(self.answered) * 100 / self.invited).quantize(TENTH) if self.invited else None

    @property
    def satisfied_percent(self) -> Decimal | None:
        """Satisfied answers per 100 answers; None without answers."""
        return (Decimal(self.satisfied) * 100 / self.answered).quantize(TENTH) if self.answered else None


def open_supervision(project: Project) -> Supervision | None:
    """The failing look that still waits for its second."""
    return project.supervisions.filter(passed=False, second__isnull=True).order_by("-at").first()


def supervision_fits(project: Project, at: datetime) -> None:
    """Whether the first look may be held: in delivery, and no failed look waits for its second. Raises StepNotAllowed, SecondLookFirst."""
    if project.state != ProjectState.DELIVERING:
        raise out_of_order(project, "supervise_project", at)
    pending = open_supervision(project)
    if pending is not None:
        raise SecondLookFirst(supervision=pending.number)


def second_look_fits(project: Project, first: Supervision, at: datetime) -> None:
    """Whether the corrections may be looked at. Raises StepNotAllowed, FindingsUnanswered."""
    if project.state != ProjectState.DELIVERING:
        raise out_of_order(project, "supervise_project", at)
    if first.passed or Supervision.objects.filter(first=first).exists():
        raise out_of_order(project, "hold_second_look", at)
    unanswered = first.findings.filter(answered_at__isnull=True).count()
    if unanswered:
        raise FindingsUnanswered(open=unanswered)


def waiver_fits(project: Project, at: datetime) -> None:
    """Whether a project may go on without its supervision. Raises StepNotAllowed, SupervisionOpen, AlreadySupervised."""
    if project.state not in WAIVABLE:
        raise out_of_order(project, "waive_supervision", at)
    pending = open_supervision(project)
    if pending is not None:
        raise SupervisionOpen(supervision=pending.number)
    if is_supervised(project):
        raise AlreadySupervised


def answerable_look(project: Project) -> Supervision | None:
    """The look with findings that the agency has still to answer; of several the one with the earliest day."""
    looks = project.supervisions.filter(findings__answered_at__isnull=True, findings__isnull=False, second__isnull=True)
    return looks.order_by("correct_by", "at").first()


def is_supervised(project: Project) -> bool:
    """Whether the mid-term supervision is behind the project: passed, or waived with a reason."""
    return project.supervisions.filter(passed=True).exists() or Waiver.objects.filter(project=project).exists()


def supervision_step(policy: Policy) -> ProcedureStep | None:
    """The mid-term supervision as a step of the policy's procedure; None where a place has none."""
    return next((step for step in policy.steps() if step.code == SUPERVISION), None)


def supervisions_of(project: Project) -> list[Supervision]:
    """Every look, in order; `has_findings` says whether its findings are worth asking for."""
    return list(project.supervisions.annotate(has_findings=Exists(Finding.objects.filter(supervision=OuterRef("pk")))).order_by("at"))


def supervision_by_number(project: Project, number: str) -> Supervision:
    """One look with its marks, their files and its findings. Raises NotFound."""
    looks = project.supervisions.select_related("supervised_by", "first").prefetch_related("marks__file", "findings")
    found = looks.filter(number=number).first()
    if found is None:
        raise NotFound(kind="supervision", number=number)
    return found


def sees_evidence(user: Any, project: Project, on: date) -> bool:
    """Whether vouchers and photos of a project are for this person: its place and everything above, its own agency, its own evaluator."""
    scope = scope_of(user, Projects.VIEW_PROJECT, on)
    if scope.covers(project.region):
        return True
    agreement = getattr(project, "agreement", None)
    bodies = set(project.evaluations.values_list("evaluator", flat=True))
    if agreement is not None:
        bodies.add(agreement.agency.body_id)
    return not bodies.isdisjoint(scope.body_ids)


def may_open_evidence(user: Any, file: File, on: date) -> bool:
    """Whether a file is evidence of a project whose evidence is for this person."""
    owners = (
        Expense.objects.filter(voucher=file).values("project"),
        Refund.objects.filter(paper=file).values("project"),
        SupervisionMark.objects.filter(file=file).values("supervision__project"),
        EvaluationItem.objects.filter(file=file).values("evaluation__project"),
    )
    projects = Project.objects.filter(reduce(or_, (Q(pk__in=owner) for owner in owners))).select_related("region", "agreement__agency")
    return any(sees_evidence(user, project, on) for project in projects)


def living_evaluation(project: Project) -> Evaluation | None:
    """The evaluation that counts."""
    return project.evaluations.filter(superseded_at__isnull=True).select_related("evaluator").first()


def satisfaction_of(project: Project, policy: Policy) -> Satisfaction | None:
    """The residents' answers so far; None when nobody was asked. Satisfied means from `satisfaction.satisfied_from` on."""
    link: SatisfactionSurvey | None = getattr(project, "satisfaction", None)
    if link is None:
        return None
    return Satisfaction(*turnout(link.survey, satisfied_from=int(policy.require("satisfaction.satisfied_from").value)))


def survey_of(project: Project) -> Survey:
    """The questions to the project's service users. Raises NotFound while nobody was asked."""
    survey = found_survey(project)
    if survey is None:
        raise NotFound(kind="survey", number=project.number)
    return survey


def found_survey(project: Project) -> Survey | None:
    """The questions to the project's service users; None while nobody was asked."""
    link = SatisfactionSurvey.objects.select_related("survey__region").filter(project=project).first()
    return link.survey if link else None


def computed_items(project: Project, rubric: Rubric, on: date) -> dict[str, ComputedItem]:
    """The rubric's ratio items from the project's own facts, by item code. A metric without facts gives no points and says so."""
    policy = policy_for(project.region, on)
    found: dict[str, ComputedItem] = {}
    for side in rubric.sides:
        for item in side.items:
            if item.kind == "ratio":
                numerator, denominator = _metric(item.metric, project, policy, on)
                maximum = Decimal(str(item.max_points))
                points = maximum * min(numerator, denominator) / denominator if denominator else Decimal(0)
                found[item.code] = ComputedItem(points.quantize(TENTH), f"{numerator:,} / {denominator:,}")
    return found


def _metric(metric: str, project: Project, policy: Policy, on: date) -> tuple[Decimal, Decimal]:
    if metric == "indicator_completion":
        rows = progress_of(project, on)
        reached = sum((min(row.done / row.indicator.target, Decimal(1)) for row in rows), Decimal(0))
        return reached.quantize(Decimal("0.01")), Decimal(len(rows))
    if metric == "satisfaction":
        heard = satisfaction_of(project, policy)
        return (Decimal(heard.satisfied), Decimal(heard.answered)) if heard else (Decimal(0), Decimal(0))
    if metric == "budget_execution":
        spent = sum(Expense.objects.filter(project=project, reversed_at__isnull=True).values_list("amount", flat=True), Decimal(0))
        return spent, project.agreement.price
    if metric == "societies_taking_part":
        return Decimal(sum(part.times > 0 for part in made_of(project).parts)), Decimal(5)
    return Decimal(0), Decimal(0)


@dataclass(frozen=True, slots=True)
class Report:
    """A report that is handed in: what it says, and the digest of that; without a digest the figures are those of today."""

    content: Mapping[str, Any]
    digest: str

    @property
    def heard(self) -> Satisfaction | None:
        """What the residents had said when it was handed in."""
        return Satisfaction(**self.content["heard"]) if self.content["heard"] else None


def report_of(evaluation: Evaluation, on: date) -> Report:
    """The report as it was handed in. One of the time before contents were kept is put together anew."""
    if evaluation.content is not None:
        return Report(evaluation.content, digest_of(evaluation.content))
    rubric = policy_for(evaluation.project.region, on).rubric("evaluation")
    return Report(report_content(evaluation, evaluation.items.select_related("file").order_by("pk"), rubric, on), "")


def report_content(evaluation: Evaluation, rows: Iterable[EvaluationItem], rubric: Rubric, on: date) -> dict[str, Any]:
    """What a report says, whole: the parties, the items with their names, the figures behind them and the evaluator's words."""
    project, agreement = evaluation.project, evaluation.project.agreement
    made, heard = made_of(project), satisfaction_of(project, policy_for(project.region, on))
    waiver = Waiver.objects.filter(project=project).first()
    return {
        "number": evaluation.number,
        "project": {"number": project.number, "title": project.title},
        "town": project.region.name,
        "agency": agreement.agency.name,
        "agreement": agreement.number,
        "price": str(agreement.price),
        "starts_on": agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on.isoformat(),
        "evaluator": evaluation.evaluator.name,
        "declared_on": local_date(evaluation.declared_at).isoformat() if evaluation.declared_at else "",
        "submitted_by": evaluation.submitted_by.name if evaluation.submitted_by else "",
        "submitted_on": local_date(evaluation.submitted_at).isoformat() if evaluation.submitted_at else "",
        "score": tenths(evaluation.score or Decimal(0)),
        "pass_mark": tenths(evaluation.pass_mark or Decimal(0)),
        "grade": next(({"zh": grade.zh, "en": grade.en} for grade in rubric.grades if grade.code == evaluation.grade), None),
        "items": _items(rows, rubric),
        "indicators": [
            {"text": row.indicator.text, "target": str(row.indicator.target), "done": str(row.done)}
            for row in progress_of(project, on, made)
        ],
        "heard": asdict(heard) if heard else None,
        "looks": [
            {"held_on": look.held_on.isoformat(), "second": look.first_id is not None, "score": tenths(look.score), "passed": look.passed}
            for look in project.supervisions.order_by("at")
        ],
        "waiver": {"on": local_date(waiver.at).isoformat(), "reason": waiver.reason} if waiver else None,
        "parts": [asdict(part) | {"hours": str(part.hours), "value": str(part.value)} for part in made.parts],
        "summary": evaluation.summary,
        "advice": evaluation.advice,
    }


def _items(rows: Iterable[EvaluationItem], rubric: Rubric) -> list[dict[str, Any]]:
    """Each item under its name and side as the rubric calls them; under their codes where a later rubric has them no longer."""
    sides = {side.code: side for side in rubric.sides}
    names = {item.code: item for side in rubric.sides for item in side.items}
    return [
        {
            "code": row.item,
            **_named(names.get(row.item), row.item),
            "side": _named(sides.get(row.side), row.side),
            "points": tenths(row.points),
            "maximum": tenths(row.maximum),
            "deducts": row.item in names and names[row.item].kind == "deduct",
            "computed": row.computed,
            "basis": row.basis,
            "file": {"number": row.file.number, "name": row.file.name, "sha256": row.file.sha256} if row.file else None,
        }
        for row in rows
    ]


def _named(term: Labelled | None, code: str) -> dict[str, str]:
    return {"zh": term.zh, "en": term.en} if term else {"zh": code, "en": code}


@dataclass(frozen=True, slots=True)
class Looked:
    """How far a round has come with one project: `state` is waiting, passed, failed or over; `look` the last one since the round began."""

    state: str
    look: Supervision | None


def rounds_in(scope: Scope) -> QuerySet[Round]:
    """The rounds of the places of the scope, of everything below them, and those above that have drawn something in them."""
    drawn = Drawn.objects.filter(scope.where("project__region")).values("round")
    return Round.objects.filter(Q(pk__in=drawn) | scope.where("region")).select_related("region", "opened_by")


def looks_of_round(found: Round, rows: Sequence[Drawn]) -> dict[int, Looked]:
    """By drawn project, how far the round has come with it; two queries however many there are."""
    looks = Supervision.objects.filter(project__in=[row.project_id for row in rows], at__gte=found.at).prefetch_related("findings")
    last = {look.project_id: look for look in looks.order_by("at")}
    return {row.pk: _looked(row.project, last.get(row.project_id)) for row in rows}


def _looked(project: Project, look: Supervision | None) -> Looked:
    if look is not None:
        return Looked("passed" if look.passed else "failed", look)
    return Looked("waiting" if project.state == ProjectState.DELIVERING else "over", None)
