"""Whom projects wait for, and for what: in the list of many, and on the page of one."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from wushe.accounts.queries import roles, roles_with
from wushe.inbox.models import Todo
from wushe.inbox.queries import waiting_on
from wushe.projects.models import Project
from wushe.projects.permissions import Permission
from wushe.web.common import words
from wushe.web.common.words import role
from wushe.web.desk.projects.procedure import step_address

PARTIES = ("town_station_head", "county_station", "agency_manager", "expert", "finance_officer", "evaluator")
# who was invited and who sits on the panel is nobody's business before the award
SECRET = {
    "submit_bid": Permission.SUBMIT_BID,
    "declare_interests": Permission.SCORE_BIDS,
    "score_bids": Permission.SCORE_BIDS,
}


def waiting_for(party: str) -> QuerySet[Todo]:
    """The open to-dos of projects that wait for a role; those of one person count for the role that the step asks for."""
    permissions = roles()[party].permissions
    personal = [step for step, permission in SECRET.items() if permission in permissions]
    wanted = Q(permission__in=permissions) | Q(permission="", step__in=personal)
    return Todo.objects.open().filter(wanted, subject_kind="project")


def missing_in(numbers: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """By project number, the steps that are missing, each with the roles that may do it: never with a name."""
    todos = Todo.objects.open().filter(subject_kind="project", subject__in=list(numbers))
    found: dict[str, list[tuple[str, str]]] = {}
    for number, step, permission in todos.order_by("subject", "step").values_list("subject", "step", "permission").distinct():
        who = sorted(str(role(code)) for code in roles_with(SECRET.get(step, permission)))
        found.setdefault(number, []).append((step, " · ".join(who)))
    return found


def waits(project: Project, user: Any, at: Any) -> list[dict[str, Any]]:
    """What the project waits for, one card a step: my own to-do of the step when I have one, else the oldest."""
    todos = waiting_on("project", project.number)
    numbers = [todo.pk for todo in todos]
    mine = set(Todo.objects.open().for_user(user, at).filter(pk__in=numbers).values_list("pk", flat=True))
    by_step: dict[str, Todo] = {}
    for todo in sorted(todos, key=lambda each: each.pk not in mine):
        by_step.setdefault(todo.step, todo)
    return [_wait(project, todo, at, mine=todo.pk in mine) for todo in by_step.values()]


def _wait(project: Project, todo: Todo, at: Any, *, mine: bool) -> dict[str, Any]:
    who = todo.user.name if todo.user else (todo.body.name if todo.body else "")
    permission = SECRET.get(todo.step, todo.permission)
    place = todo.region.name if todo.region else ""
    holders = " ".join([place, *(role(code) for code in sorted(roles_with(permission)))]) if permission else place
    return {
        "todo": todo,
        "mine": mine,
        "address": step_address(project, todo.step, at) if mine else "",
        # an added step has its name from the policy
        "name": todo.subject_name.removesuffix(f" · {project.title}") if todo.step == "complete_step" else words.step(todo.step),
        "who": (who if who and todo.step not in SECRET else holders).strip(),
    }
