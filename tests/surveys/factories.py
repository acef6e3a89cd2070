"""A survey about a project, and who handles it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.accounts.factories import make_holder
from tests.regions.factories import County, plant_county
from wushe.accounts.models import User
from wushe.policies.models import Pack
from wushe.surveys.actions import AnswerDraft, open_survey
from wushe.surveys.models import Survey

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)
CLOSES = AT + timedelta(days=30)
SUBJECT = ("project", "project-990326-2026-000001")
CONTENT = {
    "code": "asking",
    "version": "1",
    "title": {"zh": "示范政策", "en": "Example"},
    "values": [
        {
            "key": "satisfaction.scale",
            "value": 5,
            "unit": "points",
            "zh": "最高分",
            "en": "Highest mark",
            "note": {"zh": "示范", "en": "Example"},
        }
    ],
}
QUESTIONS = (
    {"code": "overall", "zh": "总体满意吗", "en": "Are you satisfied overall?"},
    {"code": "manner", "zh": "服务态度", "en": "Manner of the service", "kind": "scale"},
    {"code": "wish", "zh": "还需要什么", "en": "What else is needed?", "kind": "text"},
)
GOOD = AnswerDraft(scores={"overall": 5, "manner": 4}, texts={"wish": "多办几次"}, comment="很好")
POOR = AnswerDraft(scores={"overall": 2, "manner": 4})


@dataclass(frozen=True, slots=True)
class Asked:
    """A survey in a small county with the county's officer and a community worker."""

    county: County
    officer: User
    worker: User
    survey: Survey


def make_asked() -> Asked:
    county = plant_county()
    Pack.objects.create(
        code="asking",
        version="1",
        title="示范政策",
        region=county.county,
        valid_from=date(2021, 1, 1),
        digest="b" * 64,
        content=CONTENT,
        loaded_at=AT,
    )
    officer = make_holder("county_station", region=county.county)
    worker = make_holder("community_worker", region=county.communities[0])
    survey = open_survey(
        subject=SUBJECT, title="为老服务", questions=QUESTIONS, region=county.communities[0], closes_at=CLOSES, by=officer, at=AT
    )
    return Asked(county, officer, worker, survey)
