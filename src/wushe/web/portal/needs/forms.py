from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushe.kernel.errors import DomainError
from wushe.needs.actions import NeedDraft
from wushe.regions.models import Region
from wushe.web.common.forms import Form
from wushe.web.common.need_form import NeedForm

FROM_THE_PORTAL = "online"


class ReportNeedForm(NeedForm):
    """A need as a resident tells it."""

    def to_draft(self, region: Region) -> NeedDraft:
        """The need, with its way in."""
        return self.draft_with(region, source=FROM_THE_PORTAL)


class StatusForm(Form):
    """What opens a need to the resident."""

    code = forms.CharField(
        label=_("Receipt code"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})
    )
    tail = forms.CharField(
        label=_("Last four digits of the phone"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class OpenedForm(Form):
    """What a resident says of an opened need. Code and digits come along, so that nothing of them stands in an address or a session."""

    code = forms.CharField(widget=forms.HiddenInput)
    tail = forms.CharField(widget=forms.HiddenInput)

    def refuse(self, error: DomainError) -> None:
        """Code and digits are hidden here, so every sentence stands on top."""
        for name in ("code", "tail"):
            self.fields.pop(name, None)
        super().refuse(error)


class ContestForm(OpenedForm):
    """Why an answer without a project does not help."""

    reason = forms.CharField(
        label=_("Why you object to the answer"),
        help_text=_("The town reads this and answers again by a new deadline."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VerdictForm(OpenedForm):
    """The resident's word at the end."""

    satisfied = forms.ChoiceField(
        label=_("Was your need met?"),
        choices=[("yes", _("Yes, I am satisfied")), ("no", _("No, it should be taken up again"))],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("What you would like to say"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def given(self) -> dict[str, Any]:
        """The values as the action takes them."""
        return self.cleaned_data | {"satisfied": self.cleaned_data["satisfied"] == "yes"}
