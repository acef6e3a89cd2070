"""The way through the national exam, place by place, and the local exam of those without a licence."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushe.accounts.queries import Scope, scope_of
from wushe.kernel.errors import NotFound
from wushe.policies.queries import policy_where
from wushe.regions.queries import region_by_code
from wushe.web.common.access import permission, require_open, step_scope
from wushe.web.common.asked import year_asked
from wushe.web.common.filters import Choice
from wushe.web.common.forms import Form, attempt, try_or_say, typed
from wushe.web.common.listing import EXPORT_CHUNK, Listing, table_response
from wushe.web.common.place_filter import place_filter
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.exams.forms import CorrectExamForm, NoteExamForm, TitleExamForm
from wushe.web.desk.exams.words import STATES
from wushe.web.desk.workers.reading import keeps
from wushe.workforce import actions
from wushe.workforce.models import Exam
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import ExamFilter, exam_by_id, exams_in, pipeline, shown, title_exams_in
from wushe.workforce.rules import refuse_left
from wushe.workforce.states import TRANSITIONS, ExamState, Step

SORTS = {"place": ("worker__region__code", "pk"), "state": ("state", "pk"), "level": ("level", "pk"), "changed": ("-changed_at", "pk")}


@permission(Permission.VIEW_WORKERS)
def exams(request: Any) -> HttpResponse:
    """Who of my places is how far with the exam of a year."""
    scope = scope_of(request.user, Permission.VIEW_WORKERS, request.on)
    state = request.GET.get("state", "")
    year = year_asked(request.GET.get("year", "")) or request.on.year
    policy = policy_where(scope.regions, request.on)
    levels = {code.code: label(code) for code in policy.codes("certificate_levels")}
    kinds = {code.code: label(code) for code in policy.codes("worker_kinds")}
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in kinds else ""
    chosen, places = place_filter(request, scope)
    reached, at = request.GET.get("reached", ""), request.GET.get("at", "")
    wanted = ExamFilter(
        state=state if state in STATES else "",
        kind=kind,
        reached=reached if reached in STATES else "",
        at=region_by_code(at) if at.isdecimal() else None,
    )
    listing = Listing(request, exams_in(chosen, year, wanted), SORTS)
    if listing.wants_table:
        return _export(listing, request, levels)
    context = {
        "listing": listing,
        "rows": [_row(request, each, levels) for each in listing],
        "pipeline": [
            (each.place, [(state, text, each.reached[state]) for state, text in STATES.items()]) for each in pipeline(chosen, year, kind)
        ],
        "states": STATES.values(),
        "kind": kind,
        "opened": (wanted.at, STATES.get(ExamState(wanted.reached)) if wanted.reached else ""),
        "titles": [(each, _name(request, each)) for each in title_exams_in(chosen, year)],
        "choices": [
            places,
            Choice("kind", _("Kind"), kinds.items(), kind),
            Choice("state", _("How far"), STATES.items(), state),
        ],
        "year": year,
    }
    return render(request, "desk/exams/exams.html", context)


@permission(Permission.FOLLOW_EXAM)
def note_exam(request: Any) -> HttpResponse:
    """Note that somebody wants to sit the exam."""
    scope = scope_of(request.user, Permission.FOLLOW_EXAM, request.on)
    levels = policy_where(scope.regions, request.on).codes("certificate_levels")
    form = NoteExamForm(typed(request), scope=scope, on=request.on, levels=levels, initial=_initial(request, year=request.on.year))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: actions.note_exam(by=request.user, at=request.at, **given)) is not None:
            messages.success(request, _("The person is on the list."))
            return redirect("desk:exams:list")
    return _filled(request, form, _("Note who wants to sit the exam"), _("Put them on the list"))


@permission(Permission.FOLLOW_EXAM)
@require_POST
def follow_exam(request: Any, exam_id: int, step: str) -> HttpResponse:
    """Take the next step of an exam."""
    exam = _visible(request, exam_id)
    if step not in TRANSITIONS:
        raise NotFound(kind="step", number=step)
    done = try_or_say(request, lambda: actions.follow_exam(exam=exam, step=Step(step), by=request.user, at=request.at))
    if done is not None and step == Step.PASS_EXAM:
        messages.success(request, _("Passed. Enter the certificate as soon as it is issued; the list leads to it."))
    return redirect("desk:exams:list")


@permission(Permission.FOLLOW_EXAM)
def correct_exam(request: Any, exam_id: int) -> HttpResponse:
    """Set right how far somebody has come."""
    exam = _visible(request, exam_id)
    require_open(request, refuse_left, exam.worker)
    form = CorrectExamForm(typed(request), initial={"state": exam.state})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: actions.correct_exam(exam=exam, by=request.user, at=request.at, **given)) is not None:
            messages.success(request, _("It is corrected."))
            return redirect("desk:exams:list")
    return _filled(request, form, _("Correct how far the person is"), _("Save"), _name(request, exam))


@permission(Permission.RECORD_TITLE_EXAM)
def record_title_exam(request: Any) -> HttpResponse:
    """Enter the score of a local exam."""
    scope = scope_of(request.user, Permission.RECORD_TITLE_EXAM, request.on)
    form = TitleExamForm(typed(request), scope=scope, on=request.on, initial=_initial(request, held_on=request.on))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: actions.record_title_exam(by=request.user, at=request.at, **given)) is not None:
            messages.success(request, _("The score is entered."))
            return redirect("desk:exams:list")
    return _filled(request, form, _("Enter a score of the local exam"), _("Enter the score"))


def _visible(request: Any, exam_id: int) -> Exam:
    return exam_by_id(exam_id, step_scope(request))


def _initial(request: Any, **other: Any) -> dict[str, Any]:
    return {"worker": request.GET.get("worker", ""), **other}


def _name(request: Any, each: Any) -> str:
    return shown(each.worker, keeps=keeps(request, each.worker)).name


def _row(request: Any, exam: Any, levels: dict[str, str]) -> dict[str, Any]:
    may: Scope = scope_of(request.user, Permission.FOLLOW_EXAM, request.on)
    follows = may.covers(exam.worker.region)
    steps = [step for step, transition in TRANSITIONS.items() if exam.state in transition.sources] if follows else []
    return {
        "exam": exam,
        "name": _name(request, exam),
        "level": levels.get(exam.level, exam.level),
        "state": STATES[exam.state],
        "steps": steps,
        "follows": follows,
        "wants_certificate": follows and exam.state == "passed" and not exam.certified,
    }


def _export(listing: Listing, request: Any, levels: dict[str, str]) -> HttpResponse:
    header = [_("Number"), _("Name of the person"), _("Place"), _("Year of the exam"), _("Level of the certificate"), _("How far")]

    def line(row: Any) -> list[Any]:
        place, level = row.worker.region.name, levels.get(row.level, row.level)
        return [row.worker.number, _name(request, row), place, row.year, level, str(STATES[row.state])]

    return table_response(listing, "exams", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)


def _filled(request: Any, form: Form, title: str, submit: str, of: str = "") -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, "of": of}
    return render(request, "desk/exams/form.html", context, status=422 if form.errors else 200)
