"""What is typed about plans, courses, sessions, and who was there."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushe.accounts.queries import Scope
from wushe.policies.queries import Code
from wushe.regions.models import Level
from wushe.web.common.fields import RegionField
from wushe.web.common.forms import DateInput, Form
from wushe.web.desk.workers.forms import options
from wushe.workforce.actions import CourseDraft, PlanDraft, SessionDraft
from wushe.workforce.models.training import LONGEST_SESSION

LEVELS = (Level.COUNTY, Level.TOWN, Level.COMMUNITY)
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_HOURS, MOST_SEATS = 2000, 100_000


class PlanForm(Form):
    """What a place means to teach in a year."""

    region = RegionField(label=_("Place that plans"), levels=LEVELS)
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    aim = forms.CharField(label=_("What the training is for"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    class_hours = forms.IntegerField(label=_("Class hours planned"), min_value=1, max_value=MOST_HOURS)
    seats = forms.IntegerField(
        label=_("Seats planned"),
        min_value=1,
        max_value=MOST_SEATS,
        help_text=_("One person at one session is one seat."),
    )
    cost = forms.DecimalField(label=_("Cost planned"), max_digits=14, decimal_places=2, min_value=0, required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cost"].unit = _("yuan")
        self.fields["region"].limit_to(levels=LEVELS, within=scope.common_place)

    def to_draft(self) -> PlanDraft:
        """The plan."""
        return PlanDraft(**self.cleaned_data)


class CourseForm(Form):
    """A course."""

    title = forms.CharField(label=_("Course title"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind of course"))
    region = RegionField(label=_("Place that organises"), levels=LEVELS)
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    organiser = forms.CharField(
        label=_("Organiser"), max_length=120, required=False, help_text=_("Leave it empty if the place itself teaches.")
    )

    def __init__(self, *args: Any, scope: Scope, kinds: Iterable[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = options(kinds)
        self.fields["region"].limit_to(levels=LEVELS, within=scope.common_place)

    def to_draft(self) -> CourseDraft:
        """The course."""
        return CourseDraft(**self.cleaned_data)


class SessionForm(Form):
    """When and where a course meets."""

    held_on = forms.DateField(label=_("Day"), widget=DateInput())
    starts_at = forms.TimeField(label=_("Begins at"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Teaching time"), min_value=1, max_value=LONGEST_SESSION)
    place = forms.CharField(label=_("Where it is held"), max_length=120)
    trainer = forms.CharField(label=_("Trainer"), max_length=80, required=False)

    def __init__(self, *args: Any, class_hour: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].unit = _("minutes")
        self.fields["minutes"].help_text = _("One class hour has %(minutes)s minutes.") % {"minutes": class_hour}

    def to_draft(self) -> SessionDraft:
        """The session."""
        return SessionDraft(**self.cleaned_data)


class CourseCostForm(Form):
    """What a course has cost so far."""

    cost = forms.DecimalField(
        label=_("Cost so far"),
        max_digits=14,
        decimal_places=2,
        min_value=0,
        help_text=_("All sessions together; it replaces the sum before."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cost"].unit = _("yuan")


class ReasonForm(Form):
    """Why a session is cancelled, or an attendance withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class AttendanceForm(Form):
    """The lines of a signed sheet."""

    present = forms.CharField(
        label=_("Who was there"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("One person a line: the whole name, or the number of the register. Who is entered already stays."),
    )

    def lines(self) -> list[str]:
        """One person each."""
        return str(self.cleaned_data["present"]).splitlines()


class PinForm(Form):
    """The PIN on the trainer's screen."""

    pin = forms.CharField(
        label=_("PIN on the trainer's screen"),
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
