from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushe.accounts.models import Body, BodyKind
from wushe.accounts.queries import Scope
from wushe.oversight.actions import EvaluationDraft, JudgedDraft, MarkDraft, Proof, RoundDraft, SupervisionDraft
from wushe.oversight.models import Finding
from wushe.policies.queries import ChecklistItem, Rubric
from wushe.regions.models import Region
from wushe.web.common.forms import DateInput, Form
from wushe.web.common.survey_form import AnswerSurveyForm
from wushe.web.common.templatetags.wushe import label as pack_label

PUBLISHED = _("This is published. Name no service user.")


class PointsForm(Form):
    """A form with points, words and a file for each item of a list of the pack."""

    def add_items(self, items: Iterable[Any], maxima: dict[str, Decimal], lowest: dict[str, Decimal] | None = None) -> None:
        """Put in the three fields of every item."""
        self.items = list(items)
        for item in self.items:
            self.fields[f"points_{item.code}"] = forms.DecimalField(
                label=pack_label(item), min_value=(lowest or {}).get(item.code, Decimal(0)), max_value=maxima[item.code], decimal_places=1
            )
            self.fields[f"words_{item.code}"] = forms.CharField(label=_("What was seen"), max_length=500, required=False)
            self.fields[f"file_{item.code}"] = forms.FileField(label=_("Evidence"), required=False)

    def rows(self) -> list[dict[str, Any]]:
        """The items with their fields, for the table."""
        return [
            {"item": item, "points": self[f"points_{item.code}"], "words": self[f"words_{item.code}"], "file": self[f"file_{item.code}"]}
            for item in self.items
        ]

    def proof(self, code: str) -> Proof | None:
        """The file of an item, if one was sent; the action stores it."""
        upload = self.cleaned_data.get(f"file_{code}")
        return Proof(upload, upload.name) if upload else None


class RoundForm(Form):
    """A round of supervision. Which projects it visits is drawn, not typed."""

    region = forms.ChoiceField(label=_("Place"))
    title = forms.CharField(label=_("Title"), max_length=120)
    percent = forms.IntegerField(
        label=_("Share of each town's projects, in percent"),
        help_text=_(
            "At least one project of every town that has one in delivery. Those never looked at come first, then those that wait longest."
        ),
        min_value=1,
        max_value=100,
        initial=100,
    )
    due_on = forms.DateField(label=_("All looks held by"), widget=DateInput())

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only, self.places = scope.only_place, {place.code: place for place in scope.regions}
        if self.only is not None:
            del self.fields["region"]
        else:
            region = self.fields["region"]
            assert isinstance(region, forms.ChoiceField)  # noqa: S101 -- narrows the type of a field declared above
            region.choices = [("", _("Choose")), *((code, place.name) for code, place in self.places.items())]

    def place(self) -> Region:
        """In whose projects it is drawn: in those of the only place, or of the chosen one."""
        return self.only or self.places[self.cleaned_data["region"]]

    def to_draft(self) -> RoundDraft:
        """The round as the action takes it."""
        return RoundDraft(**{name: value for name, value in self.cleaned_data.items() if name != "region"})


class SupervisionForm(PointsForm):
    """One look at a project."""

    held_on = forms.DateField(label=_("Day of the visit"), widget=DateInput())
    opinion = forms.CharField(label=_("Opinion"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False)
    findings = forms.CharField(
        label=_("Findings to be corrected"),
        help_text=_("One a line, each to be answered by the agency. Needed when the score fails."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    correct_by = forms.DateField(label=_("To be corrected by"), widget=DateInput(), required=False)

    def __init__(self, *args: Any, items: tuple[ChecklistItem, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_items(items, {item.code: item.points for item in items})

    def to_draft(self) -> SupervisionDraft:
        """The values for the action, files included."""
        data = self.cleaned_data
        marks = tuple(
            MarkDraft(item.code, data[f"points_{item.code}"], data[f"words_{item.code}"], self.proof(item.code)) for item in self.items
        )
        findings = tuple(line.strip() for line in data["findings"].splitlines() if line.strip())
        return SupervisionDraft(data["held_on"], marks, data["opinion"], findings, data["correct_by"])


class WaiverForm(Form):
    """Why a project goes on without its supervision."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class AnswerFindingsForm(Form):
    """How each finding was corrected."""

    def __init__(self, *args: Any, findings: Iterable[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.findings = list(findings)
        for finding in self.findings:
            self.fields[f"answer_{finding.pk}"] = forms.CharField(
                label=finding.text, initial=finding.answer, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
            )

    def answers(self) -> dict[int, str]:
        """The answers by the id of the finding."""
        return {finding.pk: self.cleaned_data[f"answer_{finding.pk}"] for finding in self.findings}


class InvitationsForm(Form):
    """How many service users are asked."""

    invitations = forms.IntegerField(label=_("How many invitations"), min_value=1, max_value=200, initial=20)
    group = forms.CharField(label=_("For whom"), help_text=_("For example: people visited at home."), max_length=60, required=False)


class PaperForm(Form):
    """How many sheets of paper."""

    sheets = forms.IntegerField(label=_("How many sheets"), min_value=1, max_value=200, initial=20)
    group = forms.CharField(label=_("For whom"), max_length=60, required=False)


class PaperAnswerForm(AnswerSurveyForm):
    """What stands on a sheet, with its number."""

    serial = forms.IntegerField(
        label=_("Number on the sheet"), min_value=1, widget=forms.TextInput(attrs={"inputmode": "numeric", "autofocus": True})
    )


class AppointEvaluatorForm(Form):
    """Which third party."""

    evaluator = forms.ModelChoiceField(Body.objects.filter(kind=BodyKind.EVALUATOR).order_by("name"), label=_("Third-party evaluator"))


class ConflictForm(Form):
    """Whether there is a conflict of interest."""

    has_conflict = forms.TypedChoiceField(
        label=_("Have you or your institution to do with one of the parties?"),
        choices=[("no", _("No, we are independent")), ("yes", _("Yes"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    conflict = forms.CharField(label=_("Which conflict"), max_length=500, required=False)


class EvaluationForm(PointsForm):
    """The judged part of the report."""

    summary = forms.CharField(label=_("Summary"), help_text=PUBLISHED, widget=forms.Textarea(attrs={"rows": 6}), max_length=6000)
    advice = forms.CharField(label=_("Advice"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, required=False)

    def __init__(self, *args: Any, rubric: Rubric, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        judged = [item for side in rubric.sides for item in side.items if item.kind != "ratio"]
        lowest = {item.code: -item.max_points for item in judged if item.kind == "deduct"}
        highest = {item.code: Decimal(0) if item.kind == "deduct" else item.max_points for item in judged}
        self.add_items(judged, highest, lowest)

    def to_draft(self) -> EvaluationDraft:
        """The values for the action, files included."""
        data = self.cleaned_data
        judged = tuple(
            JudgedDraft(item.code, data[f"points_{item.code}"], data[f"words_{item.code}"], self.proof(item.code)) for item in self.items
        )
        return EvaluationDraft(judged, data["summary"], data["advice"])


class AcceptanceForm(Form):
    """The purchaser's last word."""

    opinion = forms.CharField(label=_("Opinion"), help_text=PUBLISHED, widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)
