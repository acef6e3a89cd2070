"""What is typed about exams."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wushe.accounts.queries import Scope
from wushe.policies.queries import Code
from wushe.web.common.forms import DateInput, Form
from wushe.web.desk.exams.words import STATES
from wushe.web.desk.workers.forms import options
from wushe.workforce.models.exam import FULL_MARK
from wushe.workforce.queries import WorkerFilter, workers_in
from wushe.workforce.states import ExamState

FIRST_YEAR, LAST_YEAR = 2000, 2100


class WorkerField(forms.CharField):
    """Somebody on the register, by whole name, paper or number. Cleans to a Worker."""

    default_error_messages = {
        "unknown": _("Nobody of your places on the register has this name or number."),
        "several": _("Several people have this name. Enter the number of the register."),
    }
    scope = Scope()
    on = date.min

    def clean(self, value: Any) -> Any:
        """The one meant. Raises ValidationError."""
        found = list(workers_in(self.scope, WorkerFilter(text=super().clean(value)), self.on)[:2])
        if len(found) != 1:
            code = "several" if found else "unknown"
            raise ValidationError(self.error_messages[code], code=code)
        return found[0]


class AboutWorkerForm(Form):
    """A form about somebody on the register."""

    worker = WorkerField(
        label=_("Name or number of the person"), max_length=80, help_text=_("The whole name, or the number of the register.")
    )

    def __init__(self, *args: Any, scope: Scope, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].scope, self.fields["worker"].on = scope, on


class NoteExamForm(AboutWorkerForm):
    """Who wants to sit which exam."""

    year = forms.IntegerField(label=_("Year of the exam"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    level = forms.ChoiceField(label=_("Level of the certificate"))

    def __init__(self, *args: Any, levels: Iterable[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = options(levels)


class TitleExamForm(AboutWorkerForm):
    """The score of a local exam."""

    held_on = forms.DateField(label=_("Day of the exam"), widget=DateInput())
    score = forms.DecimalField(label=_("Score"), max_digits=5, decimal_places=1, min_value=0, max_value=FULL_MARK)


class CorrectExamForm(Form):
    """How far somebody really is, and why it stood otherwise."""

    state = forms.ChoiceField(label=_("How far"), choices=STATES.items())
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def clean_state(self) -> ExamState:
        """A state of the exam."""
        return ExamState(self.cleaned_data["state"])
