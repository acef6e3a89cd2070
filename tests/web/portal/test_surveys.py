"""A resident answers by the link of an invitation, without an account and without a script."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.surveys.factories import CLOSES, QUESTIONS, Asked, make_asked
from wushe.kernel import clock
from wushe.surveys.actions import invite, open_survey
from wushe.surveys.models import Answer
from wushe.web.common.qr import qr_svg

TYPED = {"overall": "5", "manner": "4", "wish": "多办几次"}


@pytest.fixture
def asked(db: None) -> Asked:
    return make_asked()


def address(asked: Asked, questions: tuple[dict[str, str], ...] = QUESTIONS) -> str:
    at = clock.now()
    survey = open_survey(
        subject=("project", "project-1"),
        title="为老服务",
        questions=questions,
        region=asked.survey.region,
        closes_at=at.replace(year=at.year + 1),
        by=asked.officer,
        at=at,
    )
    return reverse("surveys:answer_survey", args=invite(survey=survey, count=1, by=asked.officer, at=at))


def test_the_questions_are_shown_and_answered_once(asked: Asked):
    client, link = Client(), address(asked)
    page = client.get(link).content.decode()
    assert all(question["zh"] in page for question in QUESTIONS)
    assert client.post(link, TYPED).headers["Location"] == reverse("surveys:thanks")
    assert client.get(reverse("surveys:thanks")).status_code == 200
    answer = Answer.objects.get()
    assert (answer.scores, answer.texts) == ({"overall": 5, "manner": 4}, {"wish": "多办几次"})
    assert client.get(link).status_code == 409
    assert client.post(link, TYPED).status_code == 409


def test_a_missing_mark_is_asked_for_and_the_words_are_kept(asked: Asked):
    response = Client().post(address(asked), TYPED | {"manner": ""})
    assert response.status_code == 422
    assert "多办几次" in response.content.decode()
    assert not Answer.objects.exists()


def test_a_survey_of_marks_alone_still_asks_for_a_comment(asked: Asked):
    link = address(asked, QUESTIONS[:1])
    Client().post(link, {"overall": "3", "comment": "还行"})
    assert Answer.objects.get().comment == "还行"


def test_the_questions_are_read_in_english_too(asked: Asked):
    page = Client(headers={"accept-language": "en"}).get(address(asked)).content.decode()
    assert QUESTIONS[0]["en"] in page


def test_an_unknown_link_and_a_closed_survey_say_why(asked: Asked):
    assert clock.now() > CLOSES
    (token,) = invite(survey=asked.survey, count=1, by=asked.officer, at=asked.survey.opens_at)
    for link in (token, "guess"):
        response = Client().get(reverse("surveys:answer_survey", args=[link]))
        assert response.status_code == 409


def test_a_code_is_drawn_into_the_page():
    drawn = qr_svg("https://example.test/s/abc/?a=1&b=2")
    assert drawn.startswith("<svg")
    assert "&amp;" in drawn
