from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wushe.accounts.queries import scope_of
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.needs.models import Need
from wushe.organisations.models import Organisation
from wushe.projects.models import Project, ProjectNeed, Tender
from wushe.projects.permissions import Permission
from wushe.projects.states import ProjectState
from wushe.regions.models import Region

HELD = Q(released_at__isnull=True)
# what a project held to its end and gave back with it, not what it dropped before
HELD_TO_THE_END = Q(project__state=ProjectState.TERMINATED, project__state_changed_at=F("released_at"))
NOT_PUBLIC = (ProjectState.DRAFT, ProjectState.UNDER_REVIEW, ProjectState.APPROVED)


def subject_of(project: Project) -> tuple[str, str, str]:
    """(kind, number, name) for the inbox."""
    return ("project", project.number, project.title)


def locked(project_id: int) -> Project:
    """The project, locked for the transaction. Raises NotFound."""
    project = (
        Project.objects.select_for_update(of=("self",), no_key=True)
        .select_related("region", "region__county")
        .filter(pk=project_id)
        .first()
    )
    if project is None:
        raise NotFound(kind="project", number=str(project_id))
    return project


def lock_agency(agency: Organisation) -> None:
    """Hold an agency after its project, for what must be so in all projects of the agency."""
    Organisation.objects.select_for_update(no_key=True).only("pk").get(pk=agency.pk)


def project_by_number(number: str, *, user: Any = None, at: Any = None) -> Project:
    """One project with its place, its agreement and its agency. With `user`, only a project that this person may see. Raises NotFound."""
    projects = Project.objects.select_related("region", "agreement__agency__region")
    project = projects.filter(number=number).first()
    if project is None or (user is not None and not _shows_itself(project, user, at)):
        raise NotFound(kind="project", number=number)
    return project


def _shows_itself(project: Project, user: Any, at: Any) -> bool:
    """Whether it is visible to a person; whom its place lets in need not be looked for among its agencies and experts."""
    scope = scope_of(user, Permission.VIEW_PROJECT, local_date(at))
    return scope.covers(project.region) or Project.objects.filter(visible_to(user, at), pk=project.pk).exists()


def visible_to(user: Any, at: Any) -> Q:
    """Whom a project shows itself to on the desk: its place and everything above it, and the agency or expert who takes part."""
    on = local_date(at)
    scope = scope_of(user, Permission.VIEW_PROJECT, on)
    # each part by its own index: joined together they would make the database walk through all projects
    seated = Q(pk__in=Tender.objects.filter(experts__user=user).values("project"))
    if not scope.body_ids:
        return scope.where("region") | seated
    bidding = Q(pk__in=Tender.objects.filter(bids__agency__body__in=scope.body_ids).values("project"))
    return scope.where("region") | seated | bidding | _published()


def projects_in(user: Any, at: Any) -> QuerySet[Project]:
    """The projects that a person may see on the desk, with counts of the needs on which they rest, or rested to their end."""
    # counted row by row: a joined count would group all projects before the page is cut
    held = ProjectNeed.objects.filter(HELD | HELD_TO_THE_END, project=OuterRef("pk")).order_by().values("project")
    counted = Coalesce(Subquery(held.annotate(total=Count("pk")).values("total")), 0)
    return Project.objects.filter(_listed_for(user, at)).select_related("region").annotate(need_count=counted)


def _listed_for(user: Any, at: Any) -> Q:
    """Those of `visible_to`, asked for beforehand where they are few: a list then follows its index and stops when the page is full."""
    scope = scope_of(user, Permission.VIEW_PROJECT, local_date(at))
    seated = list(Tender.objects.filter(experts__user=user).values_list("project", flat=True))
    listed = scope.within() | Q(pk__in=seated) if seated else scope.within()
    if not scope.body_ids:
        return listed
    bidding = list(Tender.objects.filter(bids__agency__body__in=scope.body_ids).values_list("project", flat=True))
    return listed | Q(pk__in=bidding) | _published()


def _published() -> Q:
    """Those that everyone may see: a project that ended before its first tender was never among them."""
    never_out = Q(state=ProjectState.TERMINATED) & Q(~Exists(Tender.objects.filter(project=OuterRef("pk"))))
    return ~Q(state__in=NOT_PUBLIC) & ~never_out


def towns_of_projects(projects: QuerySet[Project]) -> list[Region]:
    """The places of some projects, by code."""
    return list(Region.objects.filter(pk__in=projects.order_by().values("region").distinct()).order_by("code"))


def is_public(project: Project) -> bool:
    """Whether everyone may see the project."""
    return project.state not in NOT_PUBLIC and (project.state != ProjectState.TERMINATED or project.tenders.exists())


def is_published(project: Project, tender: Tender | None) -> bool:
    """Whether it is among the published projects. `tender` is its living one, if there is any."""
    return is_public(project) and (tender is not None or project.tenders.exists())


def published_projects() -> QuerySet[Project]:
    """The projects that everyone may see: from the tender on."""
    return (
        Project.objects.exclude(state__in=NOT_PUBLIC)
        .exclude(tenders__isnull=True)
        .select_related("region", "region__town", "region__county")
    )


def needs_of(project: Project) -> QuerySet[Need]:
    """The needs that the project is to meet."""
    held = ProjectNeed.objects.filter(project=project, released_at__isnull=True).values("need_id")
    return Need.objects.filter(pk__in=held).select_related("region").order_by("number")


def needs_under(project: Project) -> QuerySet[Need]:
    """The needs on which the project rests; of a terminated one those that it held to its end."""
    links = ProjectNeed.objects.filter(HELD | HELD_TO_THE_END, project=project)
    return Need.objects.filter(pk__in=links.values("need_id")).select_related("region").order_by("number")


def needs_served_by(project: Project) -> QuerySet[Need]:
    """The needs that an expense of the project may be for: those that it holds, and those that it gave back after its agreement was drawn up."""
    agreement = getattr(project, "agreement", None)
    if agreement is None:
        return needs_of(project)
    held = ProjectNeed.objects.filter(Q(released_at__isnull=True) | Q(released_at__gte=agreement.drawn_up_at), project=project)
    return Need.objects.filter(pk__in=held.values("need_id")).select_related("region").order_by("number")


def need_numbers(project: Project) -> list[str]:
    """The public numbers of the needs on which the project rests or rested: what was published of it stays, whatever becomes of the needs."""
    return list((needs_under(project) | needs_served_by(project)).values_list("number", flat=True))


def projects_of_needs(need_ids: Iterable[int]) -> dict[int, Project]:
    """By need id, the project that holds it: what a list of needs shows beside each."""
    links = ProjectNeed.objects.filter(need_id__in=list(need_ids), released_at__isnull=True).select_related("project__region")
    return {link.need_id: link.project for link in links}


def earlier_projects_of(need_id: int) -> list[Project]:
    """The projects that a need was in before, the last first: they served it without an end, or ended before their time. Not those that dropped it while they were drafted."""
    served = Q(project__agreement__drawn_up_at__lte=F("released_at"))
    links = ProjectNeed.objects.filter(served | HELD_TO_THE_END, need_id=need_id).select_related("project__region").order_by("-released_at")
    return [link.project for link in links]
