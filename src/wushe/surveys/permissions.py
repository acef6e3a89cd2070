from enum import StrEnum


class Permission(StrEnum):
    """Who handles answers. Who opens a survey is decided by the app whose thing is asked about."""

    ENTER_PAPER_ANSWER = "surveys.enter_paper_answer"
    CLOSE_SURVEY = "surveys.close_survey"
