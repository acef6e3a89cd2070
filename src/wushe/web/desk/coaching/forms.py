"""What is typed about appraisals, pairs and studies."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushe.accounts.queries import Scope
from wushe.policies.queries import Code
from wushe.regions.models import Level
from wushe.web.common.fields import RegionField
from wushe.web.common.forms import DateInput, Form
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.exams.forms import AboutWorkerForm, WorkerField
from wushe.web.desk.workers.forms import options
from wushe.workforce.actions import AppraisalDraft, MeetingDraft, PairingDraft, StudyDraft
from wushe.workforce.models.training import LONGEST_SESSION

PLACES = (Level.TOWN, Level.COMMUNITY)


def ticks(codes: Iterable[Code]) -> list[tuple[str, str]]:
    """A code list to tick."""
    return [(code.code, label(code)) for code in codes if not code.retired]


class RecordAppraisalForm(AboutWorkerForm):
    """What was said to a person, and what is asked for."""

    region = RegionField(label=_("Community or town that speaks"), levels=PLACES)
    host = forms.ChoiceField(label=_("Who speaks"))
    held_on = forms.DateField(label=_("Day"), widget=DateInput())
    comment = forms.CharField(
        label=_("Comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("How the person uses at work what they learned."),
    )
    request = forms.CharField(
        label=_("What is asked for"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Leave it empty if nothing is asked for. Otherwise it lies on your desk until its day."),
    )
    due_on = forms.DateField(label=_("By"), widget=DateInput(), required=False)
    field_order = ("worker", "region", "host", "held_on")

    def __init__(self, *args: Any, places: Scope, hosts: Iterable[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].limit_to(levels=PLACES, within=places.common_place)
        self.fields["host"].choices = options(hosts)

    def to_draft(self) -> AppraisalDraft:
        """What was said."""
        return AppraisalDraft(**{name: value for name, value in self.cleaned_data.items() if name != "worker"})


class FinishAppraisalForm(Form):
    """When and how a request was met."""

    done_on = forms.DateField(label=_("Done on"), widget=DateInput())
    outcome = forms.CharField(label=_("What came of it"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class PairWorkersForm(Form):
    """Who guides whom."""

    mentor = WorkerField(
        label=_("Mentor"), max_length=80, help_text=_("Somebody with a certificate: the whole name, or the number of the register.")
    )
    apprentice = WorkerField(
        label=_("Apprentice"),
        max_length=80,
        help_text=_("Whoever is not on the register is entered there first, as volunteer or resident, for example."),
    )
    since = forms.DateField(label=_("Since"), widget=DateInput())
    aim = forms.CharField(label=_("What for"), max_length=300)
    skills = forms.MultipleChoiceField(label=_("Skills to learn"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, mentors: Scope, apprentices: Scope, on: date, skills: Iterable[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, scope in (("mentor", mentors), ("apprentice", apprentices)):
            self.fields[name].scope, self.fields[name].on = scope, on
        self.fields["skills"].choices = ticks(skills)

    def to_draft(self) -> PairingDraft:
        """The pair."""
        return PairingDraft(**(self.cleaned_data | {"skills": tuple(self.cleaned_data["skills"])}))


class LogPairingForm(Form):
    """A meeting of mentor and apprentice."""

    held_on = forms.DateField(label=_("Day"), widget=DateInput())
    minutes = forms.IntegerField(label=_("Length of the meeting"), min_value=1, max_value=LONGEST_SESSION)
    subject = forms.CharField(label=_("What about"), max_length=300)
    skills = forms.MultipleChoiceField(label=_("Skills practised"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, skills: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].unit = _("minutes")
        self.fields["skills"].choices = skills

    def to_draft(self) -> MeetingDraft:
        """The meeting."""
        return MeetingDraft(**(self.cleaned_data | {"skills": tuple(self.cleaned_data["skills"])}))


class ConfirmSkillsForm(Form):
    """What the apprentice can do by themselves."""

    skills = forms.MultipleChoiceField(
        label=_("The apprentice can do this now"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The day of today is kept with each. It cannot be taken back."),
    )

    def __init__(self, *args: Any, skills: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skills"].choices = skills


class EndPairingForm(Form):
    """When and why a pairing ends."""

    until = forms.DateField(label=_("First day without it"), widget=DateInput())
    reason = forms.CharField(label=_("Reason"), max_length=300)


class StudyForm(Form):
    """A degree for which somebody studies."""

    school = forms.CharField(label=_("School"), max_length=120)
    subject = forms.CharField(label=_("Subject of study"), max_length=120)
    education = forms.ChoiceField(label=_("Degree"))
    began_on = forms.DateField(label=_("Began on"), widget=DateInput())
    subsidy = forms.DecimalField(label=_("Subsidy so far"), max_digits=12, decimal_places=2, min_value=0, required=False)

    def __init__(self, *args: Any, degrees: Iterable[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subsidy"].unit = _("yuan")
        self.fields["education"].choices = options(degrees)

    def to_draft(self) -> StudyDraft:
        """The study."""
        return StudyDraft(**{name: self.cleaned_data[name] for name in ("school", "subject", "education", "began_on", "subsidy")})


class RecordStudyForm(StudyForm, AboutWorkerForm):
    """Somebody who studies."""

    field_order = ("worker",)


class CorrectStudyForm(StudyForm):
    """What was entered wrong of a study."""

    ended_on = forms.DateField(label=_("Ended on"), widget=DateInput(), required=False, help_text=_("Empty when the study goes on."))
    graduated = forms.BooleanField(label=_("With the degree"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class WithdrawStudyForm(Form):
    """Why a study was entered by mistake."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class EndStudyForm(Form):
    """How a study ended."""

    ended_on = forms.DateField(label=_("Ended on"), widget=DateInput())
    graduated = forms.BooleanField(
        label=_("With the degree"), required=False, help_text=_("Then it becomes the education of the person in the register.")
    )
    subsidy = forms.DecimalField(label=_("Subsidy in all"), max_digits=12, decimal_places=2, min_value=0, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subsidy"].unit = _("yuan")
