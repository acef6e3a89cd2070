from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wushe.accounts.models import BodyKind
from wushe.accounts.queries import Scope, bodies_in
from wushe.ledger.actions import Allotment, Commitment, SourceDraft
from wushe.ledger.models import FundingSource
from wushe.policies.queries import Code
from wushe.projects.models import Project
from wushe.regions.models import Level
from wushe.web.common.fields import BodyField, RegionField
from wushe.web.common.forms import DateInput, Form

LEVELS = (Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWN, Level.COMMUNITY)


class Yuan(forms.DecimalField):
    """An amount of money."""

    unit = _("yuan")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, **kwargs)


class OpenSourceForm(Form):
    """A line of money as its document grants it."""

    kind = forms.ChoiceField(label=_("Kind of money"))
    name = forms.CharField(label=_("Name of the source"), max_length=120)
    region = RegionField(label=_("Whose money"), levels=LEVELS)
    year = forms.IntegerField(label=_("Budget year"), min_value=2000, max_value=2100)
    document_no = forms.CharField(label=_("Document number"), max_length=80, help_text=_("The paper that grants the money."))
    amount = Yuan(label=_("Amount"))
    occurred_on = forms.DateField(label=_("Available from"), widget=DateInput())

    def __init__(self, *args: Any, scope: Scope, kinds: Iterable[Code], on: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"region": scope.only_place, "year": on.year, "occurred_on": on}, **kwargs)
        chinese = (get_language() or "").startswith("zh")
        kind, region = self.fields["kind"], self.fields["region"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 -- narrows the type of a field declared above
        assert isinstance(region, RegionField)  # noqa: S101 -- narrows the type of a field declared above
        kind.choices = [(code.code, code.zh if chinese else code.en) for code in kinds if not code.retired]
        region.limit_to(levels=LEVELS, within=scope.common_place)

    def to_draft(self) -> SourceDraft:
        """What was entered."""
        return SourceDraft(**self.cleaned_data)


class CommitToProjectForm(Form):
    """How much of a source goes to a project."""

    project = forms.CharField(label=_("Project number"), max_length=60, help_text=_("As it stands on the project's page."))
    amount = Yuan(label=_("Amount"))
    occurred_on = forms.DateField(label=_("Day"), widget=DateInput())
    memo = forms.CharField(label=_("Note"), max_length=300, required=False)

    def clean_project(self) -> str:
        """Only a project that exists."""
        number: str = self.cleaned_data["project"].strip()
        if not Project.objects.filter(number=number).exists():
            raise ValidationError(_("No project has this number. Copy it from the project's page."))
        return number

    def to_draft(self, source: FundingSource) -> Commitment:
        """What was entered."""
        return Commitment(source=source.number, **self.cleaned_data)


class ReleaseFromProjectForm(CommitToProjectForm):
    """How much of what was not paid out goes back to the source."""


class AllotToBodyForm(Form):
    """How much of a source a station receives to run on."""

    body = BodyField(label=_("Station"), max_length=120, help_text=_("Its name or number."))
    amount = Yuan(label=_("Amount"))
    voucher_no = forms.CharField(
        label=_("Voucher"), max_length=60, help_text=_("The number of the payment voucher or of the paper that allots the money.")
    )
    occurred_on = forms.DateField(label=_("Day"), widget=DateInput())
    memo = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, source: FundingSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        body = self.fields["body"]
        assert isinstance(body, BodyField)  # noqa: S101 -- narrows the type of a field declared above
        body.choose_from(bodies_in(Scope(regions=(source.region,)), BodyKind.STATION))

    def to_draft(self) -> Allotment:
        """What was entered."""
        return Allotment(source=self.source.number, **self.cleaned_data)


class ReverseBookingForm(Form):
    """Why an entry is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("It stands in the book beside the correcting entry."))
