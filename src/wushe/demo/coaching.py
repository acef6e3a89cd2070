"""Appraisals with their requests, mentors with their apprentices, degree studies, and institutions with posts of social work."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from wushe.accounts.models import User
from wushe.demo.cast import YEARS, Cast
from wushe.demo.data import SEED, load
from wushe.demo.workers import Staffing
from wushe.kernel.clock import local_date
from wushe.regions.models import Level, Region
from wushe.workforce.actions import (
    AppraisalDraft,
    MeetingDraft,
    PairingDraft,
    PostsDraft,
    StudyDraft,
    confirm_skills,
    end_study,
    finish_appraisal,
    log_pairing,
    pair_workers,
    record_appraisal,
    record_course_cost,
    record_study,
    register_employer,
    set_up_posts,
)
from wushe.workforce.models import Course, Posting, Worker

# behind those of every other register of the demonstration
FIRST = 9000
STUDIED = timedelta(days=500)


@dataclass
class Coach:
    """Who keeps all this, and the day of the demonstration."""

    cast: Cast
    at: datetime
    told: dict[str, Any] = field(default_factory=lambda: load("coaching"))

    @property
    def by(self) -> User:
        """Who keeps the register of the county."""
        return self.cast.users["xianzhan"]

    @property
    def on(self) -> date:
        """Today."""
        return local_date(self.at)

    def ago(self, days: int) -> date:
        """A day before today, or after it."""
        return self.on - timedelta(days=days)


def coach(cast: Cast, at: datetime) -> None:
    """Everything by which people grow at work."""
    told = Coach(cast, at)
    _employ(told)
    _appraise(told)
    _pair(told)
    _study(told)
    for course, cost in zip(Course.objects.filter(region=cast.county).order_by("number"), told.told["cost"], strict=False):
        record_course_cost(course=course, cost=Decimal(cost), by=told.by, at=at)


def _employ(told: Coach) -> None:
    """Institutions of the county, one of them with a vacancy."""
    county = told.cast.county
    staffing = _staffing(told, FIRST)
    for row in told.told["employers"]:
        body = register_employer(name=row["name"], kind=row["kind"], region=county, by=told.by, at=told.at).body
        document = staffing.plan["documents"]["stations"]
        set_up_posts(draft=PostsDraft(county, "station_worker", row["posts"], document, staffing.since, body), by=told.by, at=told.at)
        for _one in range(row["filled"]):
            worker = staffing.register(county, "station")
            staffing.certify(worker)
            staffing.place(worker, county, "station_worker", body)


def _appraise(told: Coach) -> None:
    """One request met, one overdue, one to come, and one appraisal without a request."""
    local = Posting.objects.held(told.on).filter(region__county=told.cast.county, region__level=Level.COMMUNITY).order_by("number")
    postings = local.filter(worker__certificates__isnull=False).select_related("worker", "region__county", "region__town").distinct()
    for posting, row in zip(postings, told.told["appraisals"], strict=False):
        due = told.ago(row["due"]) if "due" in row else None
        draft = AppraisalDraft(posting.region, told.ago(row["ago"]), "both", row["comment"], row.get("request", ""), due)
        appraisal = record_appraisal(worker=posting.worker, draft=draft, by=told.by, at=told.at)
        if "outcome" in row:
            finish_appraisal(appraisal=appraisal, done_on=told.ago(row["due"]), outcome=row["outcome"], by=told.by, at=told.at)


def _pair(told: Coach) -> None:
    """Professionals of the county with people of communities; the first pair is furthest."""
    plan, staffing = told.told["pairs"], _staffing(told, FIRST + 100)
    staffing.plan["kinds"] |= {kind: kind for kind in plan["apprentices"]}
    mentors = Worker.objects.living(told.on).filter(region__county=told.cast.county, kind="social_worker", certificates__rank__gte=1)
    homes = Region.objects.filter(county=told.cast.county, level=Level.COMMUNITY, town__in=told.cast.towns).select_related("county", "town")
    people = zip(mentors.order_by("number").distinct(), homes.order_by("code"), plan["apprentices"], strict=False)
    for order, (mentor, home, kind) in enumerate(people):
        apprentice = staffing.register(home, kind)
        draft = PairingDraft(mentor, apprentice, told.ago(90), plan["aim"], tuple(plan["skills"]))
        pairing = pair_workers(draft=draft, by=told.by, at=told.at)
        for row in plan["meetings"][: 3 - order]:
            meeting = MeetingDraft(told.ago(row["ago"]), row["minutes"], row["subject"], tuple(row["skills"]))
            log_pairing(pairing=pairing, draft=meeting, by=told.by, at=told.at)
        if order == 0:
            confirm_skills(pairing=pairing, skills=plan["mastered"], by=told.by, at=told.at)


def _study(told: Coach) -> None:
    """One studies, one has the degree."""
    people = Worker.objects.living(told.on).filter(region__county=told.cast.county, education="college").order_by("number")
    for worker, row in zip(people, told.told["studies"], strict=False):
        draft = StudyDraft(row["school"], row["subject"], row["education"], told.on - STUDIED, Decimal(row["subsidy"]))
        study = record_study(worker=worker, draft=draft, by=told.by, at=told.at)
        if row.get("graduated"):
            end_study(study=study, ended_on=told.ago(60), graduated=True, subsidy=Decimal(row["subsidy"]), by=told.by, at=told.at)


def _staffing(told: Coach, people: int) -> Staffing:
    random = Random(f"{SEED}{people}")  # noqa: S311 -- the same demonstration every time
    return Staffing(told.cast, told.on, told.at - YEARS, random, people=people)
