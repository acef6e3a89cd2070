from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushe.web.common.forms import Form


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class DeclineNeedForm(Form):
    """What the resident reads when no project comes of the need."""

    reason = forms.CharField(
        label=_("Answer to the resident"),
        help_text=_("The resident reads this under the receipt code. Say what was decided and where else help is to be had."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class RecordVerdictForm(Form):
    """What the resident said in person or by phone."""

    satisfied = forms.ChoiceField(
        label=_("What the resident said"),
        choices=[("yes", _("Satisfied: the need was met")), ("no", _("Not satisfied: it should be taken up again"))],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(label=_("In the resident's words"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def given(self) -> dict[str, Any]:
        """The values as the action takes them."""
        return self.cleaned_data | {"satisfied": self.cleaned_data["satisfied"] == "yes"}


class RecordContestForm(Form):
    """Why the resident objects to an answer without a project."""

    reason = forms.CharField(
        label=_("Why the resident objects, in the resident's words"),
        help_text=_("The town reads this and answers again by a new deadline."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AttemptVerdictForm(Form):
    """An attempt that led to nothing."""

    note = forms.CharField(label=_("What was tried"), help_text=_("For example: called twice, nobody answered."), max_length=300)
