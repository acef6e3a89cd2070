"""The attendance of training as a register that takes tables: who was at which meeting of a course, a row each. The meetings are on record before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from wushe.accounts.models import User
from wushe.accounts.queries import Scope
from wushe.imports.errors import StandsTwice
from wushe.imports.queries import sending_places
from wushe.imports.rules import cells
from wushe.imports.rules.importable import Column, Draft, Importable, Likeness, Numbers, Twin
from wushe.kernel.clock import local_date
from wushe.kernel.copying import copy_rows
from wushe.kernel.errors import NotPermitted
from wushe.kernel.identifiers import TAIL, mask_name
from wushe.kernel.rows import any_of
from wushe.workforce.errors import NamesAlike, NotYet, SessionUnknown, WorkerUnknown
from wushe.workforce.models import Attendance, Proof, Session, Spell, Worker
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import identity_index, name_index

JOINED = "+"

COLUMNS = (
    Column("name", _("Name of the person"), cells.text(80), required=True, also=("姓名", "人员姓名", "参训人员", "学员姓名")),
    Column(
        "course",
        _("Course"),
        cells.text(120),
        required=True,
        help=_("The title of the course, or the number of the meeting. Both must be on record."),
        also=("培训名称", "课程名称", "培训班", "培训课程", "课程"),
    ),
    Column("held_on", _("Day of the meeting"), cells.day, required=True, also=("培训日期", "培训时间", "上课日期", "日期")),
    Column(
        "identity",
        _("Identity paper"),
        cells.identity,
        help=_("Needed only where several people have the same name."),
        also=("身份证号", "身份证号码", "公民身份号码", "身份证"),
    ),
)


@dataclass(slots=True)
class Run:
    """What the rows of one import share. `present` is where in the table somebody stands at a meeting."""

    by: User
    at: datetime
    on: date
    scope: Scope
    present: dict[tuple[int, int], int] = field(default_factory=dict)


def begin(by: User, at: datetime) -> Run:
    """The sender's places."""
    on = local_date(at)
    return Run(by, at, on, sending_places(by, Permission.RECORD_ATTENDANCE, on))


def check_rows(run: Run, drafts: Sequence[Draft]) -> None:
    """Whether the meeting took place, who was meant, and whether they are entered already. The papers are not kept."""
    for draft in drafts:
        if draft.values.get("held_on", run.on) > run.on:
            draft.refuse(NotYet(name="held_on", day=draft.values["held_on"]))
    _find_sessions(run, [draft for draft in drafts if not draft.is_bad])
    _find_workers([draft for draft in drafts if not draft.is_bad])
    _find_twins(run, [draft for draft in drafts if not draft.is_bad])
    for draft in drafts:
        draft.name = mask_name(draft.name)
        for remark in draft.remarks:
            if remark.column == "identity" and not isinstance(remark.error, WorkerUnknown | NamesAlike):
                remark.error.text = f"****{remark.error.text[-TAIL:]}"  # type: ignore[attr-defined]  # what cells say of papers quotes them
        draft.values = {} if draft.is_bad else {name: draft.values[name] for name in ("session", "worker")}


def apply_rows(run: Run, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """People at meetings that still take place, as a signed sheet would enter them."""
    wanted = {row["session"] for row in rows}
    sessions = Session.objects.select_related("course__region").select_for_update(of=("self",), no_key=True).order_by("pk").in_bulk(wanted)
    workers = Worker.objects.only("number").in_bulk({row["worker"] for row in rows})
    if not all(run.scope.covers(session.course.region) and not session.cancelled_reason for session in sessions.values()):
        raise NotPermitted(permission=Permission.RECORD_ATTENDANCE)
    copy_rows(
        Attendance,
        [
            {
                "session_id": row["session"],
                "worker_id": row["worker"],
                "proof": Proof.PAPER,
                "entered_by_id": run.by.pk,
                "entered_at": run.at,
            }
            for row in rows
        ],
    )
    return [f"{sessions[row['session']].number}{JOINED}{workers[row['worker']].number}" for row in rows]


def used_rows(entered: Numbers) -> list[str]:
    """Those whose entry was withdrawn since: the reason stays on record."""
    there = _present(entered).filter(withdrawn_reason="").values_list("session__number", "worker__number")
    left = {JOINED.join(pair) for pair in there}
    return [number for number in entered if number not in left]


def undo_rows(entered: Numbers) -> None:
    """The entries of the table."""
    _present(entered).filter(withdrawn_reason="").delete()


ATTENDANCE = Importable(
    key="attendance",
    subject="attendance",
    title=_("Attendance of training"),
    permission=Permission.RECORD_ATTENDANCE,
    columns=COLUMNS,
    begin=begin,
    check_rows=check_rows,
    apply_rows=apply_rows,
    used_rows=used_rows,
    undo_rows=undo_rows,
)


def _present(entered: Numbers) -> Any:
    """The entries of these numbers; of a meeting and a person only the pairs that the table names."""
    pairs = [number.split(JOINED) for number in entered]
    sessions = dict(Session.objects.filter(any_of("number", {pair[0] for pair in pairs})).values_list("number", "pk"))
    workers = dict(Worker.objects.filter(any_of("number", {pair[1] for pair in pairs})).values_list("number", "pk"))
    meant = {(sessions[session], workers[worker]) for session, worker in pairs}
    rows = Attendance.objects.filter(any_of("session", list(sessions.values())), any_of("worker", list(workers.values())))
    found = [pk for pk, session, worker in rows.values_list("pk", "session", "worker") if (session, worker) in meant]
    return Attendance.objects.filter(any_of("pk", found))


def _find_sessions(run: Run, drafts: Sequence[Draft]) -> None:
    """By the number of the meeting, or by the course's title and the day."""
    texts = {draft.values["course"] for draft in drafts}
    days = {draft.values["held_on"] for draft in drafts}
    meetings = Session.objects.filter(
        Q(course__title__in=texts) | Q(number__in=texts), run.scope.where("course__region"), held_on__in=days, cancelled_reason=""
    )
    known: dict[tuple[str, date], list[tuple[int, int | None]]] = {}
    for pk, number, title, day, county in meetings.values_list("pk", "number", "course__title", "held_on", "course__region__county"):
        for text in (number, title):
            known.setdefault((text, day), []).append((pk, county))
    for draft in drafts:
        found = known.get((draft.values["course"], draft.values["held_on"]), [])
        if len(found) != 1:
            draft.refuse(SessionUnknown(text=draft.values["course"], day=draft.values["held_on"], times=len(found)), "course")
        else:
            draft.values["session"], draft.values["county"] = found[0]


def _find_workers(drafts: Sequence[Draft]) -> None:
    """By the paper where there is one, else by a name that one person of the county has."""
    names = {draft.line: name_index(draft.values["name"]) for draft in drafts}
    papers = {draft.line: identity_index(draft.values["identity"]) for draft in drafts if "identity" in draft.values}
    counties = {draft.values["county"] for draft in drafts}
    meant = Q(name_index__in=set(names.values())) | Q(identity_index__in=set(papers.values()))
    earlier = Prefetch("spells", Spell.objects.standing(), to_attr="earlier")
    people = list(Worker.objects.filter(meant, region__county__in=counties).select_related("region").prefetch_related(earlier))
    for draft in drafts:
        own = [
            person
            for person in people
            if person.region.county_id == draft.values["county"]
            and (person.identity_index == papers[draft.line] if draft.line in papers else person.name_index == names[draft.line])
            and _was_there(person, draft.values["held_on"])
        ]
        if not own:
            draft.refuse(WorkerUnknown(text=mask_name(draft.values["name"])), "identity" if draft.line in papers else "name")
        elif len(own) > 1:
            draft.refuse(NamesAlike(text=mask_name(draft.values["name"])), "identity")
        else:
            draft.values["worker"], draft.values["number"] = own[0].pk, own[0].number


def _was_there(person: Any, on: date) -> bool:
    """Whether somebody was on the register on the day, in the spell of today or in one before."""
    spells = [(person.joined_on, person.left_on), *((spell.since, spell.until) for spell in person.earlier)]
    return any(since <= on and (until is None or on < until) for since, until in spells)


def _find_twins(run: Run, drafts: Sequence[Draft]) -> None:
    """Who is entered already, and earlier rows of the table."""
    rows = Attendance.objects.filter(
        any_of("session", {draft.values["session"] for draft in drafts}),
        any_of("worker", {draft.values["worker"] for draft in drafts}),
        withdrawn_reason="",
    )
    known = set(rows.values_list("session", "worker"))
    for draft in drafts:
        key = (draft.values["session"], draft.values["worker"])
        if key in run.present:
            draft.refuse(StandsTwice(line=run.present[key], text=mask_name(draft.values["name"])), "name")
        elif key in known:
            draft.twin = Twin(draft.values["number"], mask_name(draft.values["name"]), Likeness.SAME_ENTRY, certain=True)
        run.present.setdefault(key, draft.line)
