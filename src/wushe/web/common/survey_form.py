from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wushe.surveys.actions import AnswerDraft
from wushe.surveys.models import Survey
from wushe.surveys.rules import LOWEST, SCALE, TEXT, codes
from wushe.web.common.forms import Form

MISSING = {"required": _("Choose a mark.")}


class AnswerSurveyForm(Form):
    """A mark for each question, and words where the survey asks for them; a comment where it does not."""

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        self.survey = survey
        super().__init__(*args, **kwargs)
        self.fields.update(_fields(survey))

    def to_draft(self) -> AnswerDraft:
        """What was answered."""
        given = self.cleaned_data
        return AnswerDraft(
            scores={code: int(given[code]) for code in codes(self.survey.questions, SCALE)},
            texts={code: given[code] for code in codes(self.survey.questions, TEXT)},
            comment=given.get("comment", ""),
        )


def _fields(survey: Survey) -> dict[str, forms.Field]:
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    asked = {question["code"]: question[language] for question in survey.questions}
    marks = [(mark, _mark(mark, survey.highest)) for mark in range(survey.highest, LOWEST - 1, -1)]
    fields: dict[str, forms.Field] = {
        code: forms.ChoiceField(label=asked[code], choices=marks, widget=forms.RadioSelect, error_messages=MISSING)
        for code in codes(survey.questions, SCALE)
    }
    words = {code: asked[code] for code in codes(survey.questions, TEXT)} or {"comment": _("What else would you like to say?")}
    for code, label in words.items():
        help_text = _("No names or phone numbers, please.")
        fields[code] = forms.CharField(label=label, help_text=help_text, required=False, max_length=1000, widget=forms.Textarea)
    return fields


def _mark(mark: int, highest: int) -> Any:
    if mark == highest:
        return _("%(mark)s, very satisfied") % {"mark": mark}
    return _("%(mark)s, not satisfied at all") % {"mark": mark} if mark == LOWEST else str(mark)
