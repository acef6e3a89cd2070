from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.organisations.actions import BaseFacts, EntryDraft, NewBase, SlipDraft
from wushe.organisations.models import Cohort, Leaving, Organisation
from wushe.organisations.queries import BASE_LEVELS
from wushe.policies.queries import Code
from wushe.regions.models import Region
from wushe.web.common.fields import RegionField
from wushe.web.common.forms import DateInput, Form
from wushe.web.common.growth_words import LEAVING
from wushe.web.common.templatetags.wushe import label


class BaseFactsForm(Form):
    """What is on record of a base, as far as it may be corrected."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    area_m2 = forms.DecimalField(label=gettext_lazy("Floor space"), min_value=1, max_digits=9, decimal_places=2, required=False)
    area_evidence = forms.CharField(
        label=gettext_lazy("Floor space seen in"),
        help_text=gettext_lazy("The deed, the lease or a measuring record."),
        max_length=200,
        required=False,
    )
    places = forms.IntegerField(
        label=gettext_lazy("Room for"),
        help_text=gettext_lazy("For how many organisations at a time."),
        min_value=1,
        max_value=9999,
        required=False,
    )
    comprehensive = forms.BooleanField(
        label=gettext_lazy("Comprehensive base"), help_text=gettext_lazy("For all kinds of organisations."), required=False
    )
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_m2"].unit = _("square metres")  # type: ignore[attr-defined]  # a number field of ours

    def to_facts(self) -> BaseFacts:
        """What is true."""
        return BaseFacts(**self.cleaned_data)


class OpenBaseForm(BaseFactsForm):
    """A base that has opened."""

    region = RegionField(label=gettext_lazy("Whose base it is"), levels=BASE_LEVELS)
    opened_on = forms.DateField(label=gettext_lazy("Opened on"), widget=DateInput())
    field_order = ("name", "region", "opened_on")

    def __init__(self, *args: Any, within: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].limit_to(levels=BASE_LEVELS, within=within)  # type: ignore[attr-defined]  # a place field

    def to_draft(self) -> NewBase:
        """The base."""
        return NewBase(**self.cleaned_data)


class CloseBaseForm(Form):
    """When a base closes."""

    closed_on = forms.DateField(label=gettext_lazy("First day without the base"), widget=DateInput())


class OpenCohortForm(Form):
    """Organisations that go through the base together."""

    name = forms.CharField(label=gettext_lazy("Name of the cohort"), max_length=60)
    starts_on = forms.DateField(label=gettext_lazy("From"), widget=DateInput())
    ends_on = forms.DateField(label=gettext_lazy("Until"), widget=DateInput())


class NominateForm(Form):
    """Who would like to come in with the cohort."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Which organisation"), queryset=Organisation.objects.none(), empty_label=gettext_lazy("Choose")
    )
    applied_on = forms.DateField(label=gettext_lazy("Applied on"), widget=DateInput())
    plan = forms.CharField(label=gettext_lazy("What it plans"), max_length=300, required=False)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]  # a choice field


class JudgeCandidateForm(Form):
    """Whether a candidate is chosen, and why."""

    chosen = forms.TypedChoiceField(
        label=gettext_lazy("Result"),
        coerce=lambda value: value == "yes",
        choices=[("yes", gettext_lazy("chosen")), ("no", gettext_lazy("not chosen"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class EnterBaseForm(Form):
    """Who comes in, by which contract."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Which organisation"), queryset=Organisation.objects.none(), empty_label=gettext_lazy("Choose")
    )
    cohort = forms.ModelChoiceField(label=gettext_lazy("Cohort"), queryset=Cohort.objects.none(), empty_label="—", required=False)
    contract = forms.CharField(label=gettext_lazy("Contract"), help_text=gettext_lazy("Its number or name."), max_length=120)
    entered_on = forms.DateField(label=gettext_lazy("In the base since"), widget=DateInput())
    contract_until = forms.DateField(label=gettext_lazy("Agreed until"), widget=DateInput())

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], cohorts: QuerySet[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]  # a choice field
        self.fields["cohort"].queryset = cohorts  # type: ignore[attr-defined]  # a choice field

    def to_draft(self) -> EntryDraft:
        """The entry."""
        given = dict(self.cleaned_data)
        return EntryDraft(until=given.pop("contract_until"), **given)


class SlipForm(Form):
    """Help that an organisation had: hours, a value, or both."""

    service = forms.ChoiceField(label=gettext_lazy("What it had"))
    served_on = forms.DateField(label=gettext_lazy("Day"), widget=DateInput())
    hours = forms.DecimalField(label=gettext_lazy("Hours"), min_value=0.5, max_digits=6, decimal_places=1, required=False)
    value = forms.DecimalField(label=gettext_lazy("Worth"), min_value=0, max_digits=12, decimal_places=2, required=False)
    note = forms.CharField(label=gettext_lazy("Remark"), max_length=300, required=False)

    def __init__(self, *args: Any, services: tuple[Code, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code.code, label(code)) for code in services if not code.retired]
        self.fields["service"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]  # a choice field
        self.fields["value"].unit = _("yuan")  # type: ignore[attr-defined]  # a number field of ours

    def to_draft(self) -> SlipDraft:
        """The slip."""
        return SlipDraft(**self.cleaned_data)


class LeaveBaseForm(Form):
    """How an organisation leaves."""

    leaving = forms.TypedChoiceField(
        label=gettext_lazy("How"), coerce=Leaving, choices=[(code, text) for code, text in LEAVING.items() if code]
    )
    left_on = forms.DateField(label=gettext_lazy("First day outside"), widget=DateInput())
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
