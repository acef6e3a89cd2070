import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import NotFound
from wushe.policies.queries import policy_for
from wushe.regions.models import Region
from wushe.surveys.errors import QuestionsUnusable, SurveyClosed
from wushe.surveys.models import Channel, Invitation, Survey
from wushe.surveys.permissions import Permission
from wushe.surveys.queries import last_serial
from wushe.surveys.rules import Question, digest, usable

TOKEN_BYTES = 16  # 128 bits: nobody guesses an invitation


@transaction.atomic
def open_survey(
    *,
    subject: tuple[str, str],
    title: str,
    questions: Sequence[Question],
    region: Region,
    closes_at: datetime,
    by: User,
    at: datetime,
    opens_at: datetime | None = None,
) -> Survey:
    """Ask the pack's questions about a thing (kind, number). The caller has checked who may.

    Refuses: QuestionsUnusable, SurveyClosed (it would end before it starts).
    Effects: a Survey; an audit entry.
    Policy: `satisfaction.scale`.
    """
    start = opens_at or at
    if not usable(questions):
        raise QuestionsUnusable
    if closes_at <= start:
        raise SurveyClosed(opens_at=start, closes_at=closes_at)
    kind, number = subject
    survey = Survey.objects.create(
        number=numbers.draw("survey", place=region.county_code, on=local_date(at)),
        subject_kind=kind,
        subject=number,
        title=title,
        questions=[dict(question) for question in questions],
        highest=int(policy_for(region, local_date(at)).require("satisfaction.scale").value),
        region=region,
        opens_at=start,
        closes_at=closes_at,
        opened_by=by,
    )
    record(by=by, at=at, verb="surveys.open_survey", subject=("survey", survey.number), name=title, data={"about": number})
    return survey


@transaction.atomic
def invite(*, survey: Survey, count: int, by: User, at: datetime, group: str = "", channel: Channel = Channel.LINK) -> list[str]:
    """Make invitations and return their tokens; they are shown now and never again. The caller has checked who may.

    Refuses: NotFound, SurveyClosed.
    Effects: Invitations that keep only the hashes of the tokens; an audit entry.
    """
    tokens = [secrets.token_urlsafe(TOKEN_BYTES) for _ in range(count)]
    _invite(survey, [digest(token) for token in tokens], channel, group=group, by=by, at=at)
    return tokens


@transaction.atomic
def invite_on_paper(*, survey: Survey, count: int, by: User, at: datetime, group: str = "") -> list[int]:
    """Make invitations for printed sheets and return their serial numbers. The caller has checked who may.

    Refuses: NotFound, SurveyClosed.
    Effects: Invitations without a token; an audit entry.
    """
    return _invite(survey, [None] * count, Channel.PAPER, group=group, by=by, at=at)


@transaction.atomic
def close_survey(*, survey: Survey, by: User, at: datetime) -> Survey:
    """Take no more answers.

    Refuses: NotFound, NotPermitted, SurveyClosed.
    Effects: the Survey's end; an audit entry.
    """
    survey = _open(survey, at)
    require(by, Permission.CLOSE_SURVEY, local_date(at), region=survey.region)
    survey.closes_at = max(at, survey.opens_at)
    survey.save(update_fields=["closes_at"])
    record(by=by, at=at, verb="surveys.close_survey", subject=("survey", survey.number), name=survey.title)
    return survey


@transaction.atomic
def extend_survey(*, survey: Survey, closes_at: datetime, by: User, at: datetime) -> Survey:
    """Take answers until a later moment, again where the survey has ended. An earlier one changes nothing. The caller has checked who may.

    Refuses: NotFound.
    Effects: the Survey's end; an audit entry.
    """
    survey = _locked(survey)
    if closes_at > survey.closes_at:
        data = {"until": closes_at.isoformat(), "before": survey.closes_at.isoformat()}
        survey.closes_at = closes_at
        survey.save(update_fields=["closes_at"])
        record(by=by, at=at, verb="surveys.extend_survey", subject=("survey", survey.number), name=survey.title, data=data)
    return survey


def _locked(survey: Survey) -> Survey:
    rows = Survey.objects.select_for_update(of=("self",), no_key=True).select_related("region")
    locked = rows.filter(pk=survey.pk).first()
    if locked is None:
        raise NotFound(kind="survey", number=survey.number)
    return locked


def _open(survey: Survey, at: datetime) -> Survey:
    locked = _locked(survey)
    if at >= locked.closes_at:
        raise SurveyClosed(opens_at=locked.opens_at, closes_at=locked.closes_at)
    return locked


def _invite(survey: Survey, hashes: Sequence[str | None], channel: Channel, *, group: str, by: User, at: datetime) -> list[int]:
    locked = _open(survey, at)
    first = last_serial(locked) + 1
    rows = [
        Invitation(survey=locked, serial=first + place, token_hash=token_hash, channel=channel, group=group.strip(), invited_at=at)
        for place, token_hash in enumerate(hashes)
    ]
    Invitation.objects.bulk_create(rows)
    data = {"count": len(rows), "channel": str(channel), "group": group.strip()}
    record(by=by, at=at, verb="surveys.invite", subject=("survey", locked.number), name=locked.title, data=data)
    return [row.serial for row in rows]
