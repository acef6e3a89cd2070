from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.organisations.actions import AnnualDraft
from wushe.organisations.models import AnnualForm
from wushe.regions.models import Level, Region
from wushe.web.common.fields import RegionField
from wushe.web.common.forms import DateInput, Form

EARLIEST, LATEST = 2000, 2100
MOST = 10_000_000


class OpenAnnualCheckForm(Form):
    """Which year the county asks for, and by when it wants an answer."""

    region = RegionField(label=gettext_lazy("County"), levels=(Level.COUNTY,))
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=EARLIEST, max_value=LATEST)
    due_on = forms.DateField(label=gettext_lazy("Fill in by"), widget=DateInput())

    def __init__(self, *args: Any, within: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].limit_to(levels=(Level.COUNTY,), within=within)  # type: ignore[attr-defined]  # a place field


class ConfirmAnnualForm(Form):
    """The year of an organisation; what is known stands there already."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    members = forms.IntegerField(label=gettext_lazy("Members"), min_value=0, max_value=MOST)
    premises = forms.CharField(label=gettext_lazy("Place of activity"), max_length=120, required=False)
    activities = forms.IntegerField(label=gettext_lazy("Activities in the year"), min_value=0, max_value=MOST)
    participants = forms.IntegerField(label=gettext_lazy("People who took part"), min_value=0, max_value=MOST, required=False)
    income = forms.DecimalField(label=gettext_lazy("Income of the year"), min_value=0, max_digits=14, decimal_places=2, required=False)
    spending = forms.DecimalField(label=gettext_lazy("Spending of the year"), min_value=0, max_digits=14, decimal_places=2, required=False)
    funds = forms.DecimalField(
        label=gettext_lazy("Funds at the end of the year"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    remark = forms.CharField(label=gettext_lazy("Remark"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("income", "spending", "funds"):
            self.fields[name].unit = _("yuan")  # type: ignore[attr-defined]  # a number field of ours

    def to_draft(self) -> AnnualDraft:
        """The year."""
        return AnnualDraft(**self.cleaned_data)


class JudgeForm(Form):
    """What is to be mended, when a form goes back."""

    reason = forms.CharField(label=gettext_lazy("Reason for returning"), max_length=300, required=False)


def typed_of(form: AnnualForm) -> dict[str, Any]:
    """A form as it stands."""
    return {name: getattr(form, name) for name in ConfirmAnnualForm.base_fields}
