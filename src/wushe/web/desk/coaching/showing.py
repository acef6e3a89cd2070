"""What the pages of appraisals, pairs and studies have in common."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from wushe.accounts.queries import Scope, scope_of
from wushe.web.common.forms import Form
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.workers.reading import keeps
from wushe.workforce.models import Worker
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import shown


def own_scope(request: Any) -> Scope:
    """My places; nowhere for who may not read the register."""
    return scope_of(request.user, Permission.VIEW_WORKERS, request.on)


def name_of(request: Any, worker: Worker) -> str:
    """The name of a person as this reader may see it."""
    return shown(worker, keeps=keeps(request, worker)).name


def filled(request: Any, form: Form, title: str, submit: str, *, back: str, of: str, explanation: str = "") -> HttpResponse:
    """The one page of all plain forms about them."""
    lead_back(request, back, of)
    context = {"form": form, "title": title, "submit": submit, "back": back, "of": of, "explanation": explanation}
    return render(request, "desk/coaching/form.html", context, status=422 if form.errors else 200)
