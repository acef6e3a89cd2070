from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushe.accounts import actions
from wushe.accounts.permissions import Permission
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt, try_or_say, typed
from wushe.web.desk.users.forms import CreateUserForm, UpdateUserForm
from wushe.web.desk.users.reading import visible_user


@permission(Permission.MANAGE_USERS)
def create_user(request: Any) -> HttpResponse:
    """Make an account. The first password stands on the answer to the form and nowhere else."""
    form = CreateUserForm(typed(request))
    if request.method == "POST" and form.is_valid():
        draft = form.to_draft()
        made = attempt(form, lambda: actions.create_user(draft=draft, by=request.user, at=request.at))
        if made is not None:
            return render(request, "desk/users/password.html", {"person": made, "password": draft.password, "is_new": True})
    return render(request, "desk/users/create_user.html", {"form": form}, status=422 if form.errors else 200)


@permission(Permission.MANAGE_USERS)
def update_user(request: Any, number: str) -> HttpResponse:
    """Correct the name and the phone number of a person."""
    person = visible_user(request, number)
    form = UpdateUserForm(typed(request), initial={"name": person.name, "phone": person.phone})
    if request.method == "POST" and form.is_valid():
        corrected = attempt(form, lambda: actions.update_user(user=person, by=request.user, at=request.at, **form.cleaned_data))
        if corrected is not None:
            messages.success(request, _("The account is corrected."))
            return redirect("desk:users:detail", number)
    return render(request, "desk/users/update_user.html", {"form": form, "person": person}, status=422 if form.errors else 200)


@permission(Permission.MANAGE_USERS)
def give_password(request: Any, number: str) -> HttpResponse:
    """Asked once, give the person a new password, shown as the first one was."""
    person = visible_user(request, number)
    if request.method != "POST":
        return render(request, "desk/users/give_password.html", {"person": person})
    password = actions.drawn_password()
    actions.give_password(user=person, password=password, by=request.user, at=request.at)
    return render(request, "desk/users/password.html", {"person": person, "password": password, "is_new": False})


@permission(Permission.MANAGE_USERS)
@require_POST
def disable_user(request: Any, number: str) -> HttpResponse:
    """The person signs in no more."""
    person = visible_user(request, number)
    try_or_say(request, lambda: actions.disable_user(user=person, by=request.user, at=request.at))
    return redirect("desk:users:detail", number)


@permission(Permission.MANAGE_USERS)
@require_POST
def enable_user(request: Any, number: str) -> HttpResponse:
    """The person signs in again."""
    person = visible_user(request, number)
    try_or_say(request, lambda: actions.enable_user(user=person, by=request.user, at=request.at))
    return redirect("desk:users:detail", number)
