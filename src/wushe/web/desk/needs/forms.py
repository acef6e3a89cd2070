from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wushe.needs.queries import NeedFilter
from wushe.needs.states import NeedState
from wushe.regions.queries import region_by_code
from wushe.web.common import words
from wushe.web.common.forms import Form

LIVING = "living"
AGES = ((7, _("Older than 7 days")), (30, _("Older than 30 days")), (90, _("Older than 90 days")))


class NeedFilterForm(Form):
    """What narrows the list. Everything may stay empty; what does not fit is ignored."""

    q = forms.CharField(label=_("Number, words, whole phone or name"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label=_("State"), required=False)
    field = forms.ChoiceField(label=_("Service field"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), required=False)
    source = forms.ChoiceField(label=_("Way in"), required=False)
    age = forms.ChoiceField(label=_("Age"), required=False)
    place = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, need_words: dict[str, dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[Any, Any]]] = {name: list(codes.items()) for name, codes in need_words.items()}
        choices["state"] = [(LIVING, _("Not closed")), *((state.value, words.state(state)) for state in NeedState)]
        choices["age"] = [("overdue", _("Overdue")), *AGES]
        for name, options in choices.items():
            field = self.fields[name]
            field.choices = [("", format_lazy(_("{name}: all"), name=field.label)), *options]  # type: ignore[attr-defined]
            field.widget.attrs |= {"aria-label": field.label, "class": "form-select"}

    def to_filter(self) -> NeedFilter:
        """The filter; fields that were mistyped in the address count as empty."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        age = given["age"]
        living = given["state"] == LIVING
        return NeedFilter(
            text=given["q"],
            region=region_by_code(given["place"]) if given["place"].isdecimal() else None,
            state="" if living else given["state"],
            living=living,
            overdue=age == "overdue",
            older_than=int(age) if age.isdecimal() else 0,
            **{name: given[name] for name in ("field", "group", "urgency", "source")},
        )


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


class AttemptVerdictForm(Form):
    """An attempt that led to nothing."""

    note = forms.CharField(label=_("What was tried"), help_text=_("For example: called twice, nobody answered."), max_length=300)
