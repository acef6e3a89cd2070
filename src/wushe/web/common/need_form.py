"""The fields of a need, as a resident tells it on the portal and as a worker records it on the phone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wushe.needs.actions import NeedDraft
from wushe.needs.errors import ConsentMissing
from wushe.needs.models.need import LONGEST_WISH
from wushe.policies.queries import Policy
from wushe.regions.models import Region
from wushe.web.common.forms import Form

LISTS = {"field": "service_fields", "group": "client_groups", "urgency": "urgency_levels", "source": "need_sources"}


def need_words(policy: Policy) -> dict[str, dict[str, str]]:
    """For every column with a code of the pack: its codes and what they are called, retired ones too."""
    language = get_language() or ""
    return {name: {code.code: code.label(language) for code in policy.codes(codes)} for name, codes in LISTS.items()}


class NeedForm(Form):
    """What every need has. The code lists are those of the policy where the need arose."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    wish = forms.CharField(
        label=_("What is needed"),
        help_text=_("In your own words. No names or phone numbers here, please: they have their own fields below."),
        max_length=LONGEST_WISH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field = forms.ChoiceField(label=_("What it is about"))
    group = forms.ChoiceField(label=_("Whom it concerns"))
    urgency = forms.ChoiceField(label=_("How urgent it is"), widget=forms.RadioSelect, initial="normal")
    person = forms.CharField(label=_("Name of the resident"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("Phone"),
        help_text=_("With its last four digits you see later what has become of the need."),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    address = forms.CharField(label=_("Address"), max_length=120, required=False)
    may_share = forms.BooleanField(label=_("The agency that will help may get the name, the phone and the address"), required=False)
    consent = forms.BooleanField(label=_("I have read the notice and agree"), required=False)

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        language = get_language() or ""
        for name in LISTS.keys() & self.fields.keys():
            codes = [(code.code, code.label(language)) for code in policy.codes(LISTS[name]) if not code.retired]
            chosen_from_list = isinstance(self.fields[name].widget, forms.Select) and not isinstance(
                self.fields[name].widget, forms.RadioSelect
            )
            self.fields[name].choices = [("", _("Choose")), *codes] if chosen_from_list else codes  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Everything that is missing at once: who mends the rest first would learn only then that consent is missing too."""
        data = super().clean() or {}
        if not data.get("consent"):
            self.refuse(ConsentMissing())
        return data

    def draft_with(self, region: Region, **other: Any) -> NeedDraft:
        """The need as typed, at a place."""
        given: Mapping[str, Any] = self.cleaned_data
        names = ("wish", "field", "group", "urgency", "person", "phone", "address", "may_share", "consent")
        submission: UUID = given["submission"]
        return NeedDraft(region=region, submission=submission, **({name: given[name] for name in names} | other))
