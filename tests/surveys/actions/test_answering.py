from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from tests.surveys.factories import AT, CLOSES, GOOD, POOR, Asked, make_asked
from wushe.audit.models import Entry
from wushe.kernel.errors import NotPermitted
from wushe.surveys.actions import AnswerDraft, answer_survey, enter_paper_answer, invite, invite_on_paper
from wushe.surveys.errors import AnswerIncomplete, InvitationUnknown, InvitationUsed, SurveyClosed
from wushe.surveys.models import Answer


def token_of(asked: Asked) -> str:
    return invite(survey=asked.survey, count=1, by=asked.officer, at=AT)[0]


def test_answer_survey_keeps_marks_words_and_no_name(asked: Asked):
    answer = answer_survey(token=token_of(asked), draft=GOOD, at=AT)
    assert (answer.scores, answer.texts, answer.comment, answer.entered_by) == (
        {"overall": 5, "manner": 4},
        {"wish": "多办几次"},
        "很好",
        None,
    )
    assert answer.invitation.answered_at == AT
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.actor, entry.data) == ("surveys.answer_survey", "resident", {})


def test_answer_survey_blots_out_phone_and_identity_numbers(asked: Asked):
    said = AnswerDraft(scores=POOR.scores, texts={"wish": "电话139 0000 0000找我"}, comment="身份证61032619500101001X，2026年来过12次")
    answer = answer_survey(token=token_of(asked), draft=said, at=AT)
    assert (answer.texts["wish"], answer.comment) == ("电话****找我", "身份证****，2026年来过12次")


def test_answer_survey_refuses_a_second_answer(asked: Asked):
    token = token_of(asked)
    answer_survey(token=token, draft=GOOD, at=AT)
    with pytest.raises(InvitationUsed):
        answer_survey(token=token, draft=POOR, at=AT)


def test_answer_survey_refuses_an_unknown_token_and_a_closed_survey(asked: Asked):
    with pytest.raises(InvitationUnknown):
        answer_survey(token="guess", draft=GOOD, at=AT)
    with pytest.raises(SurveyClosed):
        answer_survey(token=token_of(asked), draft=GOOD, at=CLOSES)


@pytest.mark.parametrize("scores", [{}, {"overall": 5}, {"overall": 5, "manner": 0}, {"overall": 5, "manner": 6}])
def test_answer_survey_refuses_missing_marks(asked: Asked, scores: dict[str, int]):
    token = token_of(asked)
    with pytest.raises(AnswerIncomplete) as refusal:
        answer_survey(token=token, draft=AnswerDraft(scores=scores), at=AT)
    assert refusal.value.missing[-1] == "manner"


def test_enter_paper_answer_says_who_entered_it(asked: Asked):
    (serial,) = invite_on_paper(survey=asked.survey, count=1, by=asked.officer, at=AT)
    answer = enter_paper_answer(survey=asked.survey, serial=serial, draft=GOOD, by=asked.worker, at=AT)
    assert answer.entered_by == asked.worker
    with pytest.raises(InvitationUsed):
        enter_paper_answer(survey=asked.survey, serial=serial, draft=GOOD, by=asked.worker, at=AT)


def test_enter_paper_answer_refuses_a_link_invitation_a_stranger_and_gaps(asked: Asked):
    invite(survey=asked.survey, count=1, by=asked.officer, at=AT)
    (serial,) = invite_on_paper(survey=asked.survey, count=1, by=asked.officer, at=AT)
    with pytest.raises(InvitationUnknown):
        enter_paper_answer(survey=asked.survey, serial=1, draft=GOOD, by=asked.worker, at=AT)
    asked.survey.region = asked.county.village
    with pytest.raises(NotPermitted):
        enter_paper_answer(survey=asked.survey, serial=serial, draft=GOOD, by=asked.worker, at=AT)
    asked.survey.region = asked.county.communities[0]
    with pytest.raises(AnswerIncomplete):
        enter_paper_answer(survey=asked.survey, serial=serial, draft=AnswerDraft(scores={}), by=asked.worker, at=AT)
    with pytest.raises(SurveyClosed):
        enter_paper_answer(survey=asked.survey, serial=serial, draft=GOOD, by=asked.worker, at=CLOSES)


def test_an_answer_is_kept_as_it_was_given(asked: Asked):
    answer_survey(token=token_of(asked), draft=GOOD, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.update(comment="更好")
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_the_same_link_at_the_same_moment_gives_one_answer():
    token = token_of(make_asked())
    start = Barrier(2)

    def answer() -> str:
        try:
            start.wait()
            answer_survey(token=token, draft=GOOD, at=AT)
        except InvitationUsed:
            return "refused"
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(call.result() for call in [pool.submit(answer), pool.submit(answer)])
    assert outcomes == ["refused", "taken"]
    assert Answer.objects.count() == 1
