from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from wushe.accounts.models import User
from wushe.accounts.queries import require
from wushe.audit.actions import record
from wushe.kernel import numbers
from wushe.kernel.clock import local_date
from wushe.kernel.errors import FieldRequired
from wushe.policies.errors import UnknownCode
from wushe.policies.queries import policy_for
from wushe.workforce.actions.locking import in_order, said
from wushe.workforce.errors import (
    MentorIsApprentice,
    MentorUnlicensed,
    MinutesOutOfRange,
    PairedAlready,
)
from wushe.workforce.models import Certificate, Pairing, PairingSession, PairingSkill, Worker
from wushe.workforce.models.training import LONGEST_SESSION
from wushe.workforce.permissions import Permission
from wushe.workforce.rules import refuse_ended_pairing, refuse_left, refuse_oneself

# the mentor needs no post for these
OF_MENTOR = frozenset({Permission.LOG_PAIRING, Permission.CONFIRM_SKILLS})


@dataclass(frozen=True, slots=True)
class PairingDraft:
    """Who guides whom from a day on, towards what; `skills` are codes of `mentoring_skills`."""

    mentor: Worker
    apprentice: Worker
    since: date
    aim: str
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """A meeting of the two; `skills`: those of the pairing that were practised."""

    held_on: date
    minutes: int
    subject: str
    skills: tuple[str, ...] = ()


@transaction.atomic
def pair_workers(*, draft: PairingDraft, by: User, at: datetime) -> Pairing:
    """Let a professional guide somebody at work.

    Refuses: NotPermitted (where the apprentice belongs), MentorIsApprentice, WorkerLeft, MentorUnlicensed, NotYet, OutOfOrder, FieldRequired,
    UnknownCode, PairedAlready.
    Effects: a Pairing with its skills; an audit entry.
    Policy: the code list `mentoring_skills`.
    """
    on = local_date(at)
    require(by, Permission.PAIR_WORKERS, on, region=draft.apprentice.region)
    _may_pair(draft, on)
    policy = policy_for(draft.apprentice.region, on)
    skills = [policy.code("mentoring_skills", code).code for code in dict.fromkeys(draft.skills)]
    if not skills:
        raise FieldRequired(name="skills")
    pairing = Pairing(
        number=numbers.draw("pairing", place=draft.apprentice.region.county_code, on=on),
        mentor=draft.mentor,
        apprentice=draft.apprentice,
        region=draft.apprentice.region,
        aim=_given("aim", draft.aim),
        since=draft.since,
        pack_version=policy.pack_version,
    )
    try:
        with transaction.atomic():
            pairing.save(force_insert=True)
    except IntegrityError as error:
        if "workforce_paired_once" in str(error):
            raise PairedAlready from error
        raise
    PairingSkill.objects.bulk_create(PairingSkill(pairing=pairing, skill=skill) for skill in skills)
    _record(Permission.PAIR_WORKERS, pairing, by, at, since=pairing.since.isoformat(), skills=skills)
    return pairing


@transaction.atomic
def log_pairing(*, pairing: Pairing, draft: MeetingDraft, by: User, at: datetime) -> PairingSession:
    """Enter a meeting of the two, as the mentor or as who keeps the register. Entered again for the day, it corrects.

    Refuses: NotPermitted, PairingEnded, NotYet, OutOfOrder, MinutesOutOfRange, FieldRequired, UnknownCode.
    Effects: a PairingSession; an audit entry.
    """
    pairing = _locked(Permission.LOG_PAIRING, pairing, by, at)
    in_order("held_on", draft.held_on, earliest=pairing.since, latest=local_date(at))
    if not 0 < draft.minutes <= LONGEST_SESSION:
        raise MinutesOutOfRange(most=LONGEST_SESSION)
    skills = [each.skill for each in _skills(pairing, draft.skills)]
    values = {"minutes": draft.minutes, "subject": _given("subject", draft.subject), "skills": skills, "entered_by": by}
    session, _new = PairingSession.objects.update_or_create(pairing=pairing, held_on=draft.held_on, defaults=values)
    _record(Permission.LOG_PAIRING, pairing, by, at, held_on=draft.held_on.isoformat(), minutes=draft.minutes)
    return session


@transaction.atomic
def confirm_skills(*, pairing: Pairing, skills: Iterable[str], by: User, at: datetime) -> list[PairingSkill]:
    """Say, as the mentor or as who keeps the register, that the apprentice can do these things by themselves.

    Refuses: NotPermitted, NobodyJudgesThemselves, PairingEnded, FieldRequired, UnknownCode.
    Effects: the day of each PairingSkill; an audit entry.
    """
    pairing, on = _locked(Permission.CONFIRM_SKILLS, pairing, by, at), local_date(at)
    refuse_oneself(pairing.apprentice, by)
    chosen = [row for row in _skills(pairing, skills) if row.mastered_on is None]
    if not chosen:
        raise FieldRequired(name="skills")
    for row in chosen:
        row.mastered_on = on
    PairingSkill.objects.bulk_update(chosen, ["mastered_on"])
    _record(Permission.CONFIRM_SKILLS, pairing, by, at, skills=[row.skill for row in chosen])
    return chosen


@transaction.atomic
def end_pairing(*, pairing: Pairing, until: date, reason: str, by: User, at: datetime) -> Pairing:
    """Let a pairing end; `until` is the first day without it.

    Refuses: NotPermitted, PairingEnded, NotYet, OutOfOrder, FieldRequired.
    Effects: the Pairing's last day with the reason; an audit entry.
    """
    pairing = _locked(Permission.END_PAIRING, pairing, by, at)
    last = pairing.sessions.order_by("-held_on").values_list("held_on", flat=True).first()
    in_order("until", until, earliest=last + timedelta(days=1) if last else pairing.since, latest=local_date(at))
    pairing.until, pairing.ending = until, said(reason)
    pairing.save(update_fields=["until", "ending"])
    _record(Permission.END_PAIRING, pairing, by, at, until=until.isoformat(), reason=pairing.ending)
    return pairing


def _may_pair(draft: PairingDraft, on: date) -> None:
    if draft.mentor.pk == draft.apprentice.pk:
        raise MentorIsApprentice
    # in the order of their keys: two pairings of the same people wait for each other in one line
    people = list(Worker.objects.select_for_update(no_key=True).filter(pk__in=[draft.mentor.pk, draft.apprentice.pk]).order_by("pk"))
    for worker in people:
        refuse_left(worker)
    in_order("since", draft.since, earliest=max(worker.joined_on for worker in people), latest=on)
    if not Certificate.objects.held(draft.since).filter(worker=draft.mentor).exists():
        raise MentorUnlicensed


def _locked(permission: Permission, pairing: Pairing, by: User, at: datetime) -> Pairing:
    """The pair, which runs, for who keeps it, or for its mentor where `permission` is theirs too."""
    rows = Pairing.objects.select_for_update(of=("self",), no_key=True).select_related("region", "apprentice", "mentor")
    locked = rows.get(pk=pairing.pk)
    if permission not in OF_MENTOR or locked.mentor.user_id != by.pk:
        require(by, permission, local_date(at), region=locked.region)
    refuse_ended_pairing(locked)
    return locked


def _skills(pairing: Pairing, codes: Iterable[str]) -> list[PairingSkill]:
    """The rows of the check list. Raises UnknownCode for what is not on it."""
    known, wanted = {row.skill: row for row in pairing.skills.order_by("pk")}, list(dict.fromkeys(codes))
    for code in wanted:
        if code not in known:
            raise UnknownCode(list_name="mentoring_skills", code=code)
    return [known[code] for code in wanted]


def _given(name: str, text: str) -> str:
    if not text.strip():
        raise FieldRequired(name=name)
    return text.strip()


def _record(verb: Permission, pairing: Pairing, by: User, at: datetime, **data: object) -> None:
    record(by=by, at=at, verb=verb, subject=("worker", pairing.apprentice.number), data={"pairing": pairing.number, **data})
