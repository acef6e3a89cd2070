"""How far somebody has come with the exam, in words."""

from django.utils.translation import gettext_lazy as _

from wushe.workforce.states import ExamState

STATES = {
    ExamState.INTERESTED: _("wants to sit it"),
    ExamState.ENTERED: _("entered"),
    ExamState.SAT: _("sat it"),
    ExamState.PASSED: _("passed"),
    ExamState.FAILED: _("did not pass"),
    ExamState.DROPPED: _("gave up"),
}
