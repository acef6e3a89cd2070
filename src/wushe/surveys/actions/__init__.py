from wushe.surveys.actions.answering import AnswerDraft, answer_survey, enter_paper_answer
from wushe.surveys.actions.asking import close_survey, extend_survey, invite, invite_on_paper, open_survey

__all__ = [
    "AnswerDraft",
    "answer_survey",
    "close_survey",
    "enter_paper_answer",
    "extend_survey",
    "invite",
    "invite_on_paper",
    "open_survey",
]
