import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wushe.kernel.clock import POLICY_ZONE, local_date
from wushe.kernel.money import ZERO, yuan
from wushe.needs.models import Need
from wushe.policies.queries import ChecklistItem, Code, Policy
from wushe.projects.actions import BudgetDraft, DesignDraft, IndicatorDraft, Mark, NoticePaper, ReviewDraft, TenderDraft
from wushe.projects.models import IndicatorKind, Project
from wushe.web.common.fields import FilesField
from wushe.web.common.forms import MOST_PERSONS, DateInput, Form, MomentInput
from wushe.web.common.templatetags.wushe import label

LINES = 4
AMOUNT = re.compile(r"\d{1,12}(\.\d{1,2})?")
WISH_SHOWN = 40
KINDS = {
    IndicatorKind.ACTIVITIES: _("Activities held"),
    IndicatorKind.VISITS: _("Home visits"),
    IndicatorKind.HOUSEHOLDS: _("Households visited"),
    IndicatorKind.PERSON_TIMES: _("Person-times"),
    IndicatorKind.PERSONS: _("Persons known by name"),
    IndicatorKind.VOLUNTEER_HOURS: _("Volunteer hours"),
    IndicatorKind.RESOURCE_VALUE: _("Resources linked, in yuan"),
}
REVIEWED = {
    "title": _("Title"),
    "summary": _("Project summary"),
    "service_users": _("Service users"),
    "goals": _("Performance goals"),
    "budget_lines": _("Budget"),
    "indicators": _("Indicators"),
    "needs": _("Needs"),
}


def choices(codes: Iterable[Code], *, empty: Any = None) -> list[tuple[str, Any]]:
    """The codes that may be chosen, in the language of the page."""
    first = [("", empty)] if empty is not None else []
    return first + [(code.code, label(code)) for code in codes if not code.retired]


class BudgetLineForm(Form):
    """One line of the budget; an empty one counts for nothing."""

    category = forms.ChoiceField(label=_("Category"), required=False)
    text = forms.CharField(label=_("For what"), max_length=200, required=False)
    # shorter than the sum of all lines may be
    amount = forms.DecimalField(label=_("Amount in yuan"), min_value=0, max_digits=12, decimal_places=2, required=False)

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = choices(policy.codes("budget_categories"), empty="—")

    def clean(self) -> dict[str, Any]:
        """All three or none."""
        data = super().clean() or {}
        filled = [name for name in ("category", "text", "amount") if data.get(name)]
        if filled and len(filled) < len(self.fields):
            for name in set(self.fields) - set(filled) - self.errors.keys():
                self.add_error(name, _("Fill in the whole line, or empty it."))
        return data


def total_of(lines: Iterable[BudgetLineForm]) -> Decimal:
    """The sum of the lines as they stand on the page; what is no amount yet counts for nothing."""
    amounts = (line["amount"].value() for line in lines)
    return sum((yuan(Decimal(str(each))) for each in amounts if each and AMOUNT.fullmatch(str(each).strip())), ZERO)


class IndicatorForm(Form):
    """One number to be reached; an empty one counts for nothing."""

    kind = forms.ChoiceField(label=_("What is counted"), choices=[("", "—"), *KINDS.items()], required=False)
    text = forms.CharField(label=_("As the agreement says it"), max_length=200, required=False)
    target = forms.DecimalField(label=_("Number to reach"), min_value=0, max_digits=12, decimal_places=2, required=False)

    def clean(self) -> dict[str, Any]:
        """All three or none."""
        data = super().clean() or {}
        filled = [name for name in ("kind", "text", "target") if data.get(name)]
        if filled and len(filled) < len(self.fields):
            for name in set(self.fields) - set(filled) - self.errors.keys():
                self.add_error(name, _("Fill in the whole line, or empty it."))
        return data


class DesignForm(Form):
    """The design of a project, without its lines."""

    title = forms.CharField(label=_("Title"), max_length=120)
    field = forms.ChoiceField(label=_("Service field"))
    summary = forms.CharField(
        label=_("Project summary"),
        help_text=_("Aim, approach, who works with whom."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
    )
    service_users = forms.CharField(label=_("Service users"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    goals = forms.CharField(
        label=_("Performance goals"),
        help_text=_("What is to be different for these people at the end. The indicators below measure it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    expected_persons = forms.IntegerField(label=_("How many persons are expected"), min_value=1, max_value=MOST_PERSONS)
    starts_on = forms.DateField(label=_("From"), widget=DateInput())
    ends_on = forms.DateField(label=_("Until"), widget=DateInput())
    needs = forms.ModelMultipleChoiceField(
        Need.objects.none(),
        label=_("Needs that the project is to meet"),
        help_text=_("The needs of the town that wait for an answer; the chosen ones and those due first stand on top."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, policy: Policy, needs: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = choices(policy.codes("service_fields"))
        self.fields["needs"].queryset = needs
        urgency = {code.code: label(code) for code in policy.codes("urgency_levels")}
        fields = {code.code: label(code) for code in policy.codes("service_fields")}

        def line(need: Need) -> str:
            days = (on - local_date(need.created_at)).days
            waits = ngettext("waiting %(days)s day", "waiting %(days)s days", days) % {"days": days}
            words = (urgency.get(need.urgency, need.urgency), fields.get(need.field, need.field), need.region.name, waits)
            return _("%(wish)s (%(facts)s)") % {"wish": need.wish[:WISH_SHOWN], "facts": " · ".join(words)}

        self.fields["needs"].label_from_instance = line

    def show_comments(self, comments: dict[str, str]) -> None:
        """Put what the county wants mended beside the fields."""
        for name in comments.keys() & self.fields.keys():
            self.fields[name].comment = comments[name]

    def clean(self) -> dict[str, Any]:
        """The end comes after the start."""
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] <= data["starts_on"]:
            self.add_error("ends_on", _("The project ends after it starts."))
        return data

    def to_draft(self, lines: Iterable[Any], indicators: Iterable[Any]) -> DesignDraft:
        """The values for the action, with the lines of the two lists."""
        data = dict(self.cleaned_data)
        needs = data.pop("needs")
        return DesignDraft(
            **data,
            need_ids=tuple(need.pk for need in needs),
            budget_lines=tuple(BudgetDraft(**line.cleaned_data) for line in lines if line.cleaned_data.get("amount")),
            indicators=tuple(IndicatorDraft(**row.cleaned_data) for row in indicators if row.cleaned_data.get("target")),
        )


class ReviewForm(Form):
    """The checklist of the pack, comments by field, and an opinion."""

    opinion = forms.CharField(label=_("Opinion"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False)

    def __init__(self, *args: Any, items: tuple[ChecklistItem, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"met_{item.code}"] = forms.ChoiceField(
                label=label(item), choices=[("yes", _("Met")), ("no", _("Not met"))], widget=forms.RadioSelect, required=False
            )
            self.fields[f"words_{item.code}"] = forms.CharField(label=_("Remark"), max_length=500, required=False)
        for name, text in REVIEWED.items():
            self.fields[f"comment_{name}"] = forms.CharField(label=text, max_length=500, required=False)

    def rows(self) -> list[dict[str, Any]]:
        """The checklist with its fields, for the table."""
        return [{"item": item, "met": self[f"met_{item.code}"], "words": self[f"words_{item.code}"]} for item in self.items]

    def comments(self) -> list[Any]:
        """The comment fields, one for each part of the design."""
        return [self[f"comment_{name}"] for name in REVIEWED]

    def to_draft(self) -> ReviewDraft:
        """The values for the action; an item without an answer is left out and will be asked for."""
        data = self.cleaned_data
        marks = tuple(
            Mark(item.code, met=data[f"met_{item.code}"] == "yes", comment=data[f"words_{item.code}"])
            for item in self.items
            if data[f"met_{item.code}"]
        )
        comments = tuple((name, data[f"comment_{name}"]) for name in REVIEWED if data[f"comment_{name}"])
        return ReviewDraft(marks, comments, data["opinion"])


class PublishTenderForm(Form):
    """How the tender runs."""

    method = forms.ChoiceField(label=_("Method"), widget=forms.RadioSelect)
    method_reason = forms.CharField(
        label=_("Reason for the method"), help_text=_("Needed for every method but the open ones."), max_length=500, required=False
    )
    closes_at = forms.DateTimeField(label=_("Bids until"), widget=MomentInput())
    eligibility = forms.CharField(label=_("Who may bid"), widget=forms.Textarea(attrs={"rows": 9}), max_length=2000)
    documents = FilesField(
        label=_("Papers to publish with the notice"),
        help_text=_(
            "For instance the tender documents as PDF or Word. Everybody can download them, and the page shows the digest of each."
        ),
        required=False,
    )

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = choices(policy.codes("tender_methods"))

    def to_draft(self) -> TenderDraft:
        """The values for the action."""
        papers = tuple(NoticePaper(upload, upload.name) for upload in self.cleaned_data["documents"])
        return TenderDraft(**self.cleaned_data | {"documents": papers})


class StepForm(Form):
    """What was done at a step that the place has added."""

    text = forms.CharField(label=_("What was done"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000, required=False)


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


def moment_of(day: Any, hour: int) -> datetime:
    """A full hour of a day where policies are made."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=POLICY_ZONE)


def initial_of(project: Project) -> dict[str, Any]:
    """A project's design as the form's starting values."""
    names = ("title", "field", "summary", "service_users", "goals", "expected_persons", "starts_on", "ends_on")
    return {name: getattr(project, name) for name in names}
