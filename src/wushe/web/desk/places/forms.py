from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushe.regions.actions import SplitDraft
from wushe.regions.models import Level, Region, Settlement
from wushe.web.common.fields import RegionField
from wushe.web.common.forms import DateInput, Form


class ChangeForm(Form):
    """From which day the change holds."""

    on = forms.DateField(label=_("From"), help_text=_("The day on which the change took effect; today or earlier."), widget=DateInput())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)


class SetSettlementForm(ChangeForm):
    """As what a place counts."""

    settlement = forms.ChoiceField(
        label=_("Counts as"),
        choices=[(Settlement.URBAN, _("City community")), (Settlement.RURAL, _("Village"))],
        widget=forms.RadioSelect,
    )
    field_order = ("settlement", "on")


class SetCoverageForm(ChangeForm):
    """Whether targets count a place."""

    counts = forms.ChoiceField(
        label=_("For all communities"), choices=[("yes", _("counts")), ("no", _("does not count"))], widget=forms.RadioSelect
    )
    field_order = ("counts", "on")


class RecordPopulationForm(Form):
    """How many live in a place, and who says so."""

    year = forms.IntegerField(label=_("Year of the count"), min_value=1949, max_value=2100)
    residents = forms.IntegerField(label=_("Residents"), min_value=0, max_value=2_000_000_000)
    source = forms.CharField(
        label=_("Where the number comes from"), max_length=200, help_text=_("The census or the yearbook from which the number comes.")
    )


class MergeRegionsForm(ChangeForm):
    """Which place takes another in."""

    target = RegionField(label=_("Is merged into"), help_text=_("A place of the same level. What belongs to this place goes there."))
    field_order = ("target", "on")

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        assert isinstance(field, RegionField)  # noqa: S101 -- narrows the type of a field declared above
        field.limit_to(levels=(Level(region.level),))


class SplitRegionForm(ChangeForm):
    """The place that comes into being beside another, and what goes to it."""

    name = forms.CharField(label=_("Name of the new place"), max_length=80)
    code = forms.CharField(
        label=_("Its division code"), max_length=15, help_text=_("Twelve digits."), widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    children = forms.TypedMultipleChoiceField(
        label=_("What goes to it"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple, help_text=_("The others stay.")
    )
    field_order = ("name", "code", "children", "on")

    def __init__(self, *args: Any, children: Iterable[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(child.pk, child.name) for child in children]
        if choices:
            self.fields["children"].choices = choices  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["children"]

    def to_draft(self) -> SplitDraft:
        """The new place."""
        given = self.cleaned_data
        return SplitDraft(code=given["code"].strip(), name=given["name"].strip(), child_ids=tuple(given.get("children", ())))
