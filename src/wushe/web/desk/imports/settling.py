from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushe.imports import actions as imports
from wushe.imports.models import Standing
from wushe.imports.permissions import Permission
from wushe.imports.queries import import_by_number, rows_of
from wushe.imports.states import ImportState
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt, try_or_say, typed
from wushe.web.common.listing import Listing
from wushe.web.desk.imports.forms import ChooseRowsForm


@permission(Permission.IMPORT_ROWS)
def choose_rows(request: Any, number: str) -> HttpResponse:
    """Say of rows that look like something known what they are."""
    imported = import_by_number(number, user=request.user)
    listing = Listing(request, rows_of(imported, Standing.TWIN), {"line": ("line",)})
    form = ChooseRowsForm(typed(request), register=imported.register, page=list(listing))
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: imports.choose_rows(
                number=number, choices=form.to_choices(), for_all=form.to_choice_for_all(), by=request.user, at=request.at
            ),
        )
        if done is not None:
            messages.success(request, _("What the rows are is kept."))
            stays = listing.page.has_other_pages() and form.to_choice_for_all() is None
            return redirect(request.get_full_path()) if stays else redirect("desk:imports:detail", number)
    context = {"form": form, "imported": imported, "listing": listing}
    return render(request, "desk/imports/choose_rows.html", context, status=422 if form.errors else 200)


@permission(Permission.IMPORT_ROWS)
@require_POST
def apply_import(request: Any, number: str) -> HttpResponse:
    """Enter the rows."""
    done = try_or_say(request, lambda: imports.apply_import(number=number, by=request.user, at=request.at))
    if done is not None and done.state == ImportState.APPLIED:
        messages.success(request, _("%(count)s rows are in the register now.") % {"count": done.entered})
    return redirect("desk:imports:detail", number)


@permission(Permission.IMPORT_ROWS)
def undo_import(request: Any, number: str) -> HttpResponse:
    """Take everything out again that the import entered; asked once."""
    imported = import_by_number(number, user=request.user)
    if request.method == "POST":
        done = try_or_say(request, lambda: imports.undo_import(number=number, by=request.user, at=request.at))
        if done is not None and done.state == ImportState.UNDONE:
            messages.success(request, _("The import is undone. Nothing of it is left in the register."))
        return redirect("desk:imports:detail", number)
    return render(request, "desk/imports/undo_import.html", {"imported": imported})
