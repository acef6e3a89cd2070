from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from wushe.imports import actions as imports
from wushe.imports.permissions import Permission
from wushe.imports.queries import import_by_number
from wushe.imports.rules.importable import importable, importables
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.imports.forms import CheckImportForm, OpenImportForm


@permission(Permission.IMPORT_ROWS)
def open_import(request: Any) -> HttpResponse:
    """Bring a table."""
    form = OpenImportForm(typed(request), request.FILES or None, user=request.user, on=request.on)
    if request.method == "POST" and form.is_valid():
        upload, register = form.cleaned_data["file"], form.cleaned_data["register"]
        done = attempt(
            form, lambda: imports.open_import(register=register, upload=upload, name=upload.name, by=request.user, at=request.at)
        )
        if done is not None:
            return redirect("desk:imports:check_import", done.number)
    context = {"form": form, "registers": list(importables())}
    return render(request, "desk/imports/open_import.html", context, status=422 if form.errors else 200)


@permission(Permission.IMPORT_ROWS)
def check_import(request: Any, number: str) -> HttpResponse:
    """Match the columns, and have every row checked."""
    imported = import_by_number(number, user=request.user)
    form = CheckImportForm(typed(request), imported=imported)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: imports.check_import(number=number, columns=form.to_columns(), by=request.user, at=request.at))
        if done is not None:
            return redirect("desk:imports:detail", number)
    context = {"form": form, "imported": imported, "register": importable(imported.register)}
    return render(request, "desk/imports/check_import.html", context, status=422 if form.errors else 200)
