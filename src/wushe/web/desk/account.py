"""My own account: the posts I hold, and my password."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from wushe.accounts import actions
from wushe.accounts.models import User
from wushe.accounts.queries import posts_of
from wushe.web.common.access import secret, signed_in
from wushe.web.common.forms import Form, attempt, typed
from wushe.workforce.queries import worker_of


class ChangePasswordForm(Form):
    """The old password and, twice, the new one."""

    old = forms.CharField(
        label=gettext_lazy("Password until now"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label=gettext_lazy("New password"),
        strip=False,
        help_text=gettext_lazy("At least ten characters, no common word, not digits alone."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("New password once more"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        """Strong enough by the installation's rules."""
        typed: str = self.cleaned_data["new"]
        validate_password(typed, self.user)
        return typed

    def clean_again(self) -> str:
        """The same as the first time."""
        typed: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and typed != self.cleaned_data["new"]:
            raise ValidationError(_("The two do not match. Type the new password once more."))
        return typed


@signed_in
def me(request: Any) -> HttpResponse:
    """My posts: what I may do and where."""
    return render(request, "desk/me.html", {"posts": posts_of(request.user, request.on), "worker": worker_of(request.user)})


@signed_in
@secret
@sensitive_post_parameters()
def change_password(request: Any) -> HttpResponse:
    """Choose my own password; other browsers have to sign in again."""
    form = ChangePasswordForm(typed(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        changed = attempt(form, lambda: actions.change_password(user=request.user, old=given["old"], new=given["new"], at=request.at))
        if changed is not None:
            update_session_auth_hash(request, changed)
            messages.success(request, _("The password is changed."))
            return redirect("desk:me")
    return render(request, "desk/change_password.html", {"form": form}, status=422 if form.errors else 200)
