"""People of the register with identity numbers that check themselves."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.cast import Cast, moment
from wushe.accounts.models import User
from wushe.kernel.identifiers import IDENTITY_CHECKS, IDENTITY_WEIGHTS
from wushe.workforce.actions import (
    CertificateDraft,
    CourseDraft,
    PostingDraft,
    PostsDraft,
    SessionDraft,
    WorkerDraft,
    open_course,
    place_worker,
    record_certificate,
    register_worker,
    schedule_session,
    set_up_posts,
)
from wushe.workforce.models import Certificate, Course, Establishment, Posting, Session, Worker

AT, ON = moment(6, 1), date(2026, 6, 1)
JOINED, ISSUED = date(2024, 3, 1), date(2022, 10, 8)


def identity(order: int, *, county: str = "990326") -> str:
    """The number of an invented identity card with a right last character."""
    base = f"{county}19900307{order:03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(base, IDENTITY_WEIGHTS, strict=True)) % len(IDENTITY_CHECKS)
    return base + IDENTITY_CHECKS[rest]


def person(cast: Cast, order: int = 1, **other: Any) -> WorkerDraft:
    draft = WorkerDraft(
        name="李晓燕", identity=identity(order), kind="social_worker", region=cast.county.town, joined_on=JOINED, phone="13800138000"
    )
    return replace(draft, **other)


def make_worker(cast: Cast, order: int = 1, *, by: User | None = None, **other: Any) -> Worker:
    return register_worker(draft=person(cast, order, **other), by=by or cast.reviewer, at=AT)


def certify(cast: Cast, worker: Worker, *, by: User | None = None, **other: Any) -> Certificate:
    draft = CertificateDraft(level="assistant", certificate="2022061234567", issued_on=ISSUED)
    return record_certificate(worker=worker, draft=replace(draft, **other), by=by or cast.head, at=AT)


def post(cast: Cast, **other: Any) -> PostingDraft:
    return replace(PostingDraft(region=cast.county.town, position="station_worker", mode="recruited", since=JOINED), **other)


def place(cast: Cast, worker: Worker, **other: Any) -> Posting:
    return place_worker(worker=worker, draft=post(cast, **other), by=cast.reviewer, at=AT)


def make_posts(cast: Cast, *, by: User | None = None, **other: Any) -> Establishment:
    draft = PostsDraft(region=cast.county.town, position="station_worker", posts=1, document="县人社发〔2024〕5号", since=JOINED)
    return set_up_posts(draft=replace(draft, **other), by=by or cast.reviewer, at=AT)


def make_course(cast: Cast, *, by: User | None = None, **other: Any) -> Course:
    draft = CourseDraft(region=cast.county.county, year=ON.year, kind="practice", title="个案工作实务")
    return open_course(draft=replace(draft, **other), by=by or cast.reviewer, at=AT)


def make_session(cast: Cast, course: Course | None = None, *, by: User | None = None, **other: Any) -> Session:
    draft = SessionDraft(held_on=ON, place="县总站二楼", minutes=90)
    return schedule_session(course=course or make_course(cast), draft=replace(draft, **other), by=by or cast.reviewer, at=AT)
