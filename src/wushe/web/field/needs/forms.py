from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushe.needs.actions import NeedDraft
from wushe.needs.errors import PhoneReasonMissing
from wushe.regions.models import Region
from wushe.web.common.need_form import NeedForm


class RecordNeedForm(NeedForm):
    """A need as a worker records it on the doorstep; what the worker mostly means is chosen already."""

    place = forms.ChoiceField(label=_("Community or village"))
    grid = forms.CharField(label=_("Grid or building"), max_length=60, required=False)
    source = forms.ChoiceField(label=_("How it came to us"), initial="visit")
    no_phone_reason = forms.CharField(
        label=_("Why there is no phone"), help_text=_("Only when the phone is left empty."), max_length=120, required=False
    )
    is_proxy = forms.BooleanField(label=_("Somebody else speaks for the resident"), required=False)

    field_order = (
        "submission",
        "place",
        "wish",
        "field",
        "group",
        "urgency",
        "source",
        "person",
        "phone",
        "no_phone_reason",
        "address",
        "grid",
    )

    def __init__(self, *args: Any, place: Region, names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = place
        choices = list(names.items())
        self.fields["place"].choices = choices if len(choices) == 1 else [("", _("Choose")), *choices]  # type: ignore[attr-defined]  # a choice field
        self.fields["phone"].required = False
        self.fields["consent"].label = _("I have read the notice out, and the resident agrees")
        self.fields["may_share"].label = _("The agency that will help may get the name, the phone and the address")
        self.fields["phone"].widget.attrs["autocomplete"] = self.fields["person"].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """Without a phone there has to be a reason."""
        data = super().clean()
        if not data.get("phone") and not data.get("no_phone_reason") and "phone" not in self.errors:
            self.refuse(PhoneReasonMissing())
        return data

    def to_draft(self) -> NeedDraft:
        """The need, where and how it was heard."""
        given = self.cleaned_data
        extra = {name: given[name] for name in ("grid", "source", "no_phone_reason", "is_proxy")}
        return self.draft_with(self.chosen, **extra)
