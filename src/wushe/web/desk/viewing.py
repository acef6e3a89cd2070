"""Saved views: a list as somebody filtered it, under a name, for themselves."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from wushe.accounts import actions
from wushe.web.common.access import signed_in
from wushe.web.common.forms import Form, attempt
from wushe.web.desk.navigation import is_list


class SaveViewForm(Form):
    """The list with its filters, and what it is to be called."""

    address = forms.CharField(max_length=600)
    name = forms.CharField(label=_("Name of the view"), max_length=40)

    def clean_address(self) -> str:
        """A list of the desk."""
        typed: str = self.cleaned_data["address"]
        if not is_list(typed.partition("?")[0]) or "#" in typed:
            raise forms.ValidationError(_("Only lists of the desk can be saved."))
        return typed


@signed_in
@require_POST
def save_view(request: Any) -> HttpResponse:
    """Keep a list as it is filtered."""
    form = SaveViewForm(request.POST)
    if form.is_valid():
        attempt(form, lambda: actions.save_view(user=request.user, **form.cleaned_data))
    for error in form.errors.values():
        messages.error(request, str(error[0]))
    return redirect(form.cleaned_data.get("address") or "desk:inbox")


@signed_in
@require_POST
def drop_view(request: Any) -> HttpResponse:
    """Let a saved view go; the list stays open as it is."""
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        return redirect("desk:inbox")
    actions.drop_view(user=request.user, **form.cleaned_data)
    return redirect(form.cleaned_data["address"])
