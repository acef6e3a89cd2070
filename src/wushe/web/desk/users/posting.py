from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wushe.accounts import actions
from wushe.accounts.models import Post
from wushe.accounts.permissions import Permission
from wushe.accounts.queries import roles, scope_of
from wushe.kernel.errors import NotFound
from wushe.web.common.access import permission
from wushe.web.common.forms import attempt, typed
from wushe.web.desk.users.forms import AppointForm, EndPostForm
from wushe.web.desk.users.reading import visible_user


@permission(Permission.MANAGE_USERS)
def appoint(request: Any, number: str) -> HttpResponse:
    """First the role, by its code in the address; then where and from when."""
    person = visible_user(request, number)
    role = roles().get(request.GET.get("role", ""))
    if role is None:
        return render(request, "desk/users/choose_role.html", {"person": person, "roles": list(roles().values())})
    scope = scope_of(request.user, Permission.MANAGE_USERS, request.on)
    form = AppointForm(typed(request), role=role, scope=scope, on=request.on)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: actions.appoint(user=person, role=role.code, by=request.user, at=request.at, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("The post is open."))
            return redirect("desk:users:detail", number)
    context = {"person": person, "role": role, "form": form}
    return render(request, "desk/users/appoint.html", context, status=422 if form.errors else 200)


@permission(Permission.MANAGE_USERS)
def end_post(request: Any, number: str, post_id: int) -> HttpResponse:
    """From a day on without the post."""
    person = visible_user(request, number)
    post = Post.objects.select_related("user", "region", "body__region").filter(pk=post_id, user=person).first()
    if post is None:
        raise NotFound(kind="post", number=str(post_id))
    form = EndPostForm(typed(request), initial={"until": max(post.since, request.on)})
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        attempt(form, lambda: actions.end_post(post=post, by=request.user, at=request.at, until=until))
        if not form.errors:
            messages.success(request, _("The end of the post is on record."))
            return redirect("desk:users:detail", number)
    context = {"person": person, "post": post, "form": form}
    return render(request, "desk/users/end_post.html", context, status=422 if form.errors else 200)
