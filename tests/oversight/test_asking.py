"""Service users can be asked until the project is accepted, however long it takes."""

from datetime import timedelta

import pytest

from tests import stories
from wushe.audit.models import Entry
from wushe.kernel.clock import local_date
from wushe.kernel.errors import StepNotAllowed
from wushe.kernel.workdays import end_of_day
from wushe.oversight.actions import open_satisfaction, print_sheets
from wushe.oversight.queries import survey_of
from wushe.surveys.actions import AnswerDraft, answer_survey
from wushe.surveys.errors import SurveyClosed

PERIOD = timedelta(days=365)
MUCH_LATER = stories.HELD + timedelta(days=400)


def asked(cast, project, at):
    return open_satisfaction(project_id=project.pk, invitations=1, group="", by=cast.reviewer, at=at)[0]


def until(at):
    return end_of_day(local_date(at) + PERIOD)


def test_answers_are_taken_as_long_as_the_policy_says(cast):
    project = stories.delivering(cast)
    token = asked(cast, project, stories.HELD)
    assert survey_of(project).closes_at == until(stories.HELD)
    with pytest.raises(SurveyClosed):
        answer_survey(token=token, draft=AnswerDraft(dict.fromkeys(stories.SCALES, 5)), at=MUCH_LATER)


def test_asking_again_opens_a_survey_that_has_ended(cast):
    project = stories.delivering(cast)
    old = asked(cast, project, stories.HELD)
    new = asked(cast, project, MUCH_LATER)
    assert survey_of(project).closes_at == until(MUCH_LATER)
    for token in (old, new):
        answer_survey(token=token, draft=AnswerDraft(dict.fromkeys(stories.SCALES, 5)), at=MUCH_LATER)
    assert Entry.objects.filter(verb="surveys.extend_survey").count() == 1


def test_sheets_of_paper_open_it_again_too_and_the_same_day_changes_nothing(cast):
    project = stories.delivering(cast)
    asked(cast, project, stories.HELD)
    asked(cast, project, stories.HELD)
    assert not Entry.objects.filter(verb="surveys.extend_survey").exists()
    print_sheets(project_id=project.pk, sheets=1, group="", by=cast.reviewer, at=MUCH_LATER)
    assert survey_of(project).closes_at == until(MUCH_LATER)


def test_nobody_is_asked_after_the_acceptance(cast):
    project = stories.accepted(cast)
    with pytest.raises(StepNotAllowed):
        asked(cast, project, MUCH_LATER)
