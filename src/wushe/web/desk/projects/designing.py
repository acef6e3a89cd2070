from collections import Counter
from typing import Any

from django.contrib import messages
from django.db.models import Case, Q, QuerySet, When
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.kernel.errors import NotPermitted
from wushe.needs.models import Need
from wushe.needs.queries import mentioned
from wushe.needs.states import NeedState
from wushe.policies.queries import policy_for
from wushe.projects import actions as projects
from wushe.projects.models import Project, Review
from wushe.projects.permissions import Permission
from wushe.projects.queries import last_review, needs_of
from wushe.projects.states import ProjectState, Step
from wushe.regions.models import Level, Region
from wushe.web.common.access import permission, step_scope
from wushe.web.common.asked import number_of
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.projects.finding import own_project
from wushe.web.desk.projects.forms import LINES, BudgetLineForm, DesignForm, IndicatorForm, initial_of, total_of

MOST_LINES = 40


@permission(Permission.DRAFT_PROJECT)
def draft_project(request: Any) -> HttpResponse:
    """Make needs of my town into a project; of several towns that of the needs, or the one that was chosen."""
    towns = [place for place in step_scope(request).regions if place.level == Level.TOWN]
    if not towns:
        raise NotPermitted(permission=Permission.DRAFT_PROJECT)
    return _design_page(request, _town(request, towns), None, towns)


@permission(Permission.DRAFT_PROJECT)
def revise_design(request: Any, number: str) -> HttpResponse:
    """Change a draft, or what the county sent back."""
    project = own_project(request, number, step=Step.SUBMIT_DESIGN)
    return _design_page(request, project.region, project, [])


@permission(Permission.SUBMIT_DESIGN)
def submit_design(request: Any, number: str) -> HttpResponse:
    """Report the project to the county, after a last look."""
    project = own_project(request, number, step=Step.SUBMIT_DESIGN)
    if request.method == "POST":
        projects.submit_design(project_id=project.pk, by=request.user, at=request.at)
        messages.success(request, _("The project is with the county for review."))
        return redirect("desk:projects:detail", number)
    context = {"project": project, "needs": needs_of(project), "indicators": project.indicators.order_by("position")}
    return render(request, "desk/projects/submit_design.html", context)


def _town(request: Any, towns: list[Region]) -> Region:
    first, *others = towns
    if not others:
        return first
    picked = Need.objects.filter(number__in=request.GET.getlist("need")).order_by("pk").values_list("region__town", flat=True).first()
    return next((town for town in towns if town.code == request.GET.get("town") or town.pk == picked), first)


def _design_page(request: Any, region: Region, project: Project | None, towns: list[Region]) -> HttpResponse:
    policy = policy_for(region, request.on)
    needs = _needs(request, region, project)
    bound = typed(request)
    form = DesignForm(bound, policy=policy, needs=needs, on=request.on, initial=_initial(request, project, needs))
    lists = _lists(bound, policy, project)
    # the buttons that lengthen a list or search it judge nothing yet
    typing = bound is not None and bool({"add_line", "find_needs"} & bound.keys())
    if typing:
        for each in (form, *lists["lines"], *lists["indicators"]):
            each.forget_errors()
    if bound is not None and not typing and all([form.is_valid(), *(each.is_valid() for each in lists.values())]):
        draft = form.to_draft(lists["lines"], lists["indicators"])
        done = attempt(form, lambda: _save(request, region, project, draft))
        if done is not None:
            messages.success(request, _("The draft is kept."))
            return redirect("desk:projects:detail", done.number)
    review = _returned(project)
    comments = {comment.field: comment.text for comment in review.comments.all()} if review else {}
    form.show_comments(comments)
    context = {
        "form": form,
        "region": region,
        "towns": [town for town in towns if town != region],
        "project": project,
        "wanted": _wanted(request),
        "review": review,
        "comments": comments,
        "total": total_of(lists["lines"]),
        "faulty_rows": [row for each in lists.values() for row in each if row.errors],
        **lists,
    }
    return render(request, "desk/projects/design.html", context, status=422 if bound is not None and not typing else 200)


def _returned(project: Project | None) -> Review | None:
    """The review that sent the design back, as long as it has not been submitted again."""
    review = last_review(project) if project is not None and project.state == ProjectState.DRAFT else None
    return review if review is not None and not review.approved else None


def _wanted(request: Any) -> str:
    return str(request.POST.get("need_words", "")).replace("\0", "").strip()


def _needs(request: Any, region: Region, project: Project | None) -> QuerySet[Need]:
    """The town's waiting needs, those that answer the search, and whatever is chosen; the chosen first, then by their deadline."""
    free = Need.objects.filter(region__in=Region.objects.under(region), state=NeedState.REPORTED)
    held = needs_of(project).values("pk") if project else Need.objects.none().values("pk")
    ticked = [pk for pk in map(number_of, request.POST.getlist("needs")) if pk is not None]
    picked = Q(pk__in=held) | Q(pk__in=ticked) | Q(number__in=request.GET.getlist("need"))
    found = free.filter(mentioned(_wanted(request))) if "find_needs" in request.POST else free
    shown = Q(pk__in=found.values("pk")) | Q(pk__in=held) | Q(pk__in=free.filter(pk__in=ticked).values("pk"))
    needs = Need.objects.filter(shown).select_related("region")
    return needs.annotate(first=Case(When(picked, then=0), default=1)).order_by("first", "due_at", "pk")


def _save(request: Any, region: Region, project: Project | None, draft: projects.DesignDraft) -> Project:
    if project is None:
        return projects.draft_project(region=region, draft=draft, by=request.user, at=request.at)
    return projects.revise_design(project_id=project.pk, draft=draft, by=request.user, at=request.at)


def _initial(request: Any, project: Project | None, needs: Any) -> dict[str, Any]:
    if project is not None:
        return initial_of(project) | {"needs": needs_of(project)}
    chosen = needs.filter(number__in=request.GET.getlist("need"))
    fields = Counter(chosen.values_list("field", flat=True)).most_common(1)
    return {"needs": chosen, "field": fields[0][0] if fields else request.GET.get("field", "")}


def _lists(bound: Any, policy: Any, project: Project | None) -> dict[str, Any]:
    lines = formset_factory(BudgetLineForm, extra=LINES, max_num=MOST_LINES)
    indicators = formset_factory(IndicatorForm, extra=LINES, max_num=MOST_LINES)
    if bound is not None and "add_line" in bound:
        bound = bound.copy()
        for prefix in ("lines", "indicators"):
            shown = number_of(bound.get(f"{prefix}-TOTAL_FORMS", "")) or 0
            bound[f"{prefix}-TOTAL_FORMS"] = str(min(MOST_LINES, shown + LINES))
    stored_lines = list(project.budget_lines.order_by("position").values("category", "text", "amount")) if project else None
    stored_indicators = list(project.indicators.order_by("position").values("kind", "text", "target")) if project else None
    return {
        "lines": lines(bound, prefix="lines", initial=stored_lines, form_kwargs={"policy": policy}),
        "indicators": indicators(bound, prefix="indicators", initial=stored_indicators),
    }
