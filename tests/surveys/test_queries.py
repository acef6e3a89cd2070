from datetime import timedelta

import pytest

from tests.surveys.factories import AT, GOOD, POOR, QUESTIONS, SUBJECT, Asked
from wushe.kernel.errors import NotFound
from wushe.surveys.actions import answer_survey, enter_paper_answer, invite, invite_on_paper
from wushe.surveys.errors import InvitationUnknown
from wushe.surveys.queries import Comment, QuestionResult, Result, comments, invitation_to_answer, result, survey_by_number, surveys_of


def test_result_counts_invitations_answers_and_marks(asked: Asked, django_assert_num_queries):
    tokens = invite(survey=asked.survey, count=3, by=asked.officer, at=AT)
    (serial,) = invite_on_paper(survey=asked.survey, count=1, by=asked.officer, at=AT)
    answer_survey(token=tokens[0], draft=GOOD, at=AT)
    answer_survey(token=tokens[1], draft=POOR, at=AT)
    enter_paper_answer(survey=asked.survey, serial=serial, draft=GOOD, by=asked.worker, at=AT)
    with django_assert_num_queries(2):
        found = result(asked.survey, satisfied_from=4)
    marks = (QuestionResult(QUESTIONS[0], 12, 3), QuestionResult(QUESTIONS[1], 12, 3))
    assert found == Result(invited=4, answered=3, satisfied=2, on_paper=1, questions=marks)
    assert found.response_rate == (3, 4)


def test_the_question_that_the_pack_calls_main_decides_who_is_satisfied(asked: Asked):
    asked.survey.questions[1]["main"] = True
    answer_survey(token=invite(survey=asked.survey, count=1, by=asked.officer, at=AT)[0], draft=POOR, at=AT)
    assert result(asked.survey, satisfied_from=4).satisfied == 1


def test_result_without_answers_has_no_marks(asked: Asked):
    found = result(asked.survey, satisfied_from=4)
    assert (found.response_rate, [(row.total, row.count) for row in found.questions]) == ((0, 0), [(0, 0), (0, 0)])


def test_comments_are_read_with_their_questions_newest_first(asked: Asked):
    tokens = invite(survey=asked.survey, count=2, by=asked.officer, at=AT)
    later = AT + timedelta(minutes=1)
    answer_survey(token=tokens[0], draft=GOOD, at=AT)
    answer_survey(token=tokens[1], draft=POOR, at=later)
    assert comments(asked.survey) == [Comment(QUESTIONS[2], "多办几次", AT), Comment(None, "很好", AT)]


def test_surveys_of_a_thing_count_invitations_and_answers(asked: Asked, django_assert_num_queries):
    token, _ = invite(survey=asked.survey, count=2, by=asked.officer, at=AT)
    answer_survey(token=token, draft=GOOD, at=AT)
    with django_assert_num_queries(1):
        rows = [(row, row.invited, row.answered, row.region.name) for row in surveys_of(*SUBJECT)]
    assert rows == [(asked.survey, 2, 1, "东风社区")]


def test_survey_by_number_and_invitation_refuse_the_unknown(asked: Asked):
    assert survey_by_number(asked.survey.number) == asked.survey
    with pytest.raises(NotFound):
        survey_by_number("?")
    with pytest.raises(InvitationUnknown):
        invitation_to_answer("?", AT)
