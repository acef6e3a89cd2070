from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushe.policies.queries import Policy, policy_for
from wushe.projects import actions as projects
from wushe.projects.permissions import Permission
from wushe.projects.queries import Change, design_changes, last_review, needs_of, taken_up
from wushe.projects.states import Step
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt, try_or_say, typed
from wushe.web.common.templatetags.wushe import label, number, yuan
from wushe.web.desk.projects.finding import own_project
from wushe.web.desk.projects.forms import KINDS, ReviewForm

OUTCOMES = {"approve": projects.approve_design, "return": projects.return_design}


@permission(Permission.REVIEW_DESIGN)
def review_design(request: Any, number: str) -> HttpResponse:
    """Work through the checklist; approve, or return with comments. What changed since the last version stands on top."""
    project = own_project(request, number, step=Step.APPROVE_DESIGN)
    policy = policy_for(project.region, request.on)
    items = policy.checklist("project_review")
    form = ReviewForm(typed(request), items=items)
    if request.method == "POST" and form.is_valid() and (outcome := form.decision(*OUTCOMES)):
        action = OUTCOMES[outcome]
        done = attempt(form, lambda: action(project_id=project.pk, draft=form.to_draft(), by=request.user, at=request.at))
        if done is not None:
            messages.success(request, _("The project is approved.") if done.approved else _("The project is back with the town."))
            return redirect("desk:projects:detail", number)
    changes = design_changes(project, before=project.version - 1, after=project.version) if project.version > 1 else []
    context = {
        "form": form,
        "project": project,
        "articles": {item.code: policy.article(item.article) for item in items if item.article},
        "changes": [
            Change(change.field, *(_readable(change.field, value, policy) for value in (change.before, change.after))) for change in changes
        ],
        "review": last_review(project),
        "taken": taken_up(project),
        "needs": needs_of(project),
        "budget_lines": project.budget_lines.order_by("position"),
        "indicators": project.indicators.order_by("position"),
        "origin": policy.origin("checklists", "project_review"),
    }
    return render(request, "desk/projects/review_design.html", context, status=422 if form.errors else 200)


@permission(Permission.REVIEW_DESIGN)
@require_POST
def take_up_review(request: Any, number: str) -> HttpResponse:
    """Say that I review this, so that the list shows with whom it waits."""
    project = own_project(request, number)
    if try_or_say(request, lambda: projects.take_up_review(project_id=project.pk, by=request.user, at=request.at)) is not None:
        messages.success(request, _("You have taken up the review."))
    return redirect("desk:projects:review-design", number)


def _readable(field: str, value: Any, policy: Policy) -> Any:
    """A stored value in the words of the pack instead of its codes."""
    if not value:
        return value
    if field == "field":
        return next((label(code) for code in policy.codes("service_fields") if code.code == value), value)
    if field == "budget":
        return yuan(Decimal(value))
    if field == "budget_lines":
        categories = {code.code: label(code) for code in policy.codes("budget_categories")}
        return [
            " · ".join((categories.get(line["category"], line["category"]), line["text"], yuan(Decimal(line["amount"])))) for line in value
        ]
    if field == "indicators":
        return [" · ".join((str(KINDS[row["kind"]]), row["text"], number(Decimal(row["target"])))) for row in value]
    return value
