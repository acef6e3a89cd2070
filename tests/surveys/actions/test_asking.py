from datetime import timedelta

import pytest

from tests.surveys.factories import AT, CLOSES, QUESTIONS, SUBJECT, Asked
from wushe.audit.queries import entries_of
from wushe.kernel.errors import NotFound, NotPermitted
from wushe.surveys.actions import close_survey, extend_survey, invite, invite_on_paper, open_survey
from wushe.surveys.errors import QuestionsUnusable, SurveyClosed
from wushe.surveys.models import Channel, Invitation, Survey
from wushe.surveys.rules import digest


def test_open_survey_keeps_the_questions_as_they_were_asked(asked: Asked):
    assert asked.survey.questions == list(QUESTIONS)
    assert [row.verb for row in entries_of("survey", asked.survey.number)] == ["surveys.open_survey"]


@pytest.mark.parametrize("questions", [(), (QUESTIONS[2],), (QUESTIONS[0], QUESTIONS[0])])
def test_open_survey_refuses_questions_that_cannot_be_counted(asked: Asked, questions: tuple[dict[str, str], ...]):
    with pytest.raises(QuestionsUnusable):
        open_survey(
            subject=SUBJECT, title="为老服务", questions=questions, region=asked.county.county, closes_at=CLOSES, by=asked.officer, at=AT
        )


def test_open_survey_refuses_an_end_before_the_start(asked: Asked):
    with pytest.raises(SurveyClosed):
        open_survey(
            subject=SUBJECT, title="为老服务", questions=QUESTIONS, region=asked.county.county, closes_at=AT, by=asked.officer, at=AT
        )


def test_invite_returns_tokens_and_keeps_their_hashes_only(asked: Asked):
    tokens = invite(survey=asked.survey, count=3, group="第一网格", channel=Channel.QR, by=asked.officer, at=AT)
    rows = Invitation.objects.order_by("serial")
    assert [(row.serial, row.token_hash, row.channel, row.group) for row in rows] == [
        (serial, digest(token), "qr", "第一网格") for serial, token in enumerate(tokens, 1)
    ]
    assert len(set(tokens)) == 3
    assert {len(token) for token in tokens} == {22}


def test_invite_on_paper_goes_on_with_the_serial_numbers(asked: Asked):
    invite(survey=asked.survey, count=2, by=asked.officer, at=AT)
    assert invite_on_paper(survey=asked.survey, count=2, group="老年食堂", by=asked.officer, at=AT) == [3, 4]


def test_invite_refuses_a_closed_or_unknown_survey(asked: Asked):
    with pytest.raises(SurveyClosed):
        invite(survey=asked.survey, count=1, by=asked.officer, at=CLOSES)
    with pytest.raises(NotFound):
        invite(survey=Survey(pk=0, number="?"), count=1, by=asked.officer, at=AT)


def test_close_survey_takes_no_more(asked: Asked):
    later = AT + timedelta(hours=1)
    assert close_survey(survey=asked.survey, by=asked.officer, at=later).closes_at == later
    with pytest.raises(SurveyClosed):
        close_survey(survey=asked.survey, by=asked.officer, at=later)


def test_close_survey_refuses_who_may_not(asked: Asked):
    with pytest.raises(NotPermitted):
        close_survey(survey=asked.survey, by=asked.worker, at=AT)


def test_extend_survey_never_shortens_and_refuses_an_unknown_one(asked: Asked):
    assert extend_survey(survey=asked.survey, closes_at=AT, by=asked.officer, at=AT).closes_at == CLOSES
    assert extend_survey(survey=asked.survey, closes_at=CLOSES + timedelta(days=1), by=asked.officer, at=CLOSES).closes_at > CLOSES
    with pytest.raises(NotFound):
        extend_survey(survey=Survey(pk=0, number="?"), closes_at=CLOSES, by=asked.officer, at=AT)
