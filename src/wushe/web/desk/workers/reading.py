from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.accounts.queries import scope_of
from wushe.audit.queries import NEWEST_FIRST
from wushe.imports.queries import history_of
from wushe.policies.queries import Policy, policy_where
from wushe.regions.queries import region_by_code
from wushe.web.common.access import permission, sent_from
from wushe.web.common.filters import Choice
from wushe.web.common.forms import Form, attempt
from wushe.web.common.listing import EXPORT_CHUNK, Listing, json_response, table_response
from wushe.web.common.place_filter import parts_of
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.navigation import lead_back
from wushe.workforce import actions
from wushe.workforce.models import Certificate, Pairing, Posting, Worker
from wushe.workforce.permissions import Permission
from wushe.workforce.queries import (
    STANDINGS,
    Clear,
    GridRule,
    WorkerFilter,
    appraisals_of,
    class_hours,
    grid_rule,
    minutes_between,
    pairings_of,
    shown,
    worker_by_number,
    workers_in,
)

SORTS = {
    "place": ("region__code", "number"),
    "number": ("number",),
    "kind": ("kind", "number"),
    "level": ("rank", "number"),
    "until": ("valid_until", "number"),
    "joined": ("-joined_on", "number"),
}
COLUMNS = {
    "number": "number",
    "kind": "kind",
    "education": "education",
    "place": "region__code",
    "place_name": "region__name",
    "level": "level",
    "unregistered_from": "valid_until",
    "joined_on": "joined_on",
    "left_on": "left_on",
}
STANDING_WORDS = {
    "licensed": gettext_lazy("licensed"),
    "unlicensed": gettext_lazy("not licensed"),
    "unplaced": gettext_lazy("licensed but not placed"),
    "elsewhere": gettext_lazy("licensed, in no post of social work"),
    "in_town": gettext_lazy("community worker at a town office"),
    "posted": gettext_lazy("in a post"),
    "expiring": gettext_lazy("registration ends soon"),
    "unregistered": gettext_lazy("licensed but not registered"),
    "grids": gettext_lazy("too few or too many grids"),
    "left": gettext_lazy("left the register"),
}
SHOWN = 10
LISTS = ("worker_kinds", "education_levels", "certificate_levels", "positions", "posting_modes")


@dataclass(frozen=True, slots=True)
class Place:
    """What holds where the reader works: the words of the policy, how many grids, when a registration ends soon."""

    policy: Policy
    words: Mapping[str, Mapping[str, str]]
    grids: GridRule
    soon: date

    def marked(self, mark: str, value: object) -> tuple[str, ...]:
        """The positions that the policy marks so."""
        return tuple(code.code for code in self.policy.codes("positions") if code.extra.get(mark) == value)

    def ends_soon(self, valid_until: date | None) -> bool:
        """Whether a registration that still holds, or has ended, needs somebody's care."""
        return valid_until is not None and valid_until <= self.soon


class ReasonForm(Form):
    """Why somebody looks."""

    reason = forms.CharField(label=gettext_lazy("Reason for looking at identity paper and phone"), max_length=300)


def place_of(region: Any, on: date) -> Place:
    """The policy of a place, as the pages of workers need it."""
    policy = policy_where([region], on)
    words = {name: {code.code: label(code) for code in policy.codes(name)} for name in LISTS}
    return Place(policy, words, grid_rule(policy), on + timedelta(days=int(policy.require("certificate.expiry_notice").value)))


@permission(Permission.VIEW_WORKERS)
def workers(request: Any) -> HttpResponse:
    """The people of my places: those whose entry is kept here, and those who work here."""
    scope = scope_of(request.user, Permission.VIEW_WORKERS, request.on)
    here = place_of(scope.common_place, request.on)
    chosen = filter_of(request, here)
    listing = Listing(request, workers_in(scope, chosen, request.on), SORTS)
    if request.GET.get("format") == "json":
        return json_response(listing, COLUMNS)
    if listing.wants_table:
        return _export(listing, request, here)
    context = {
        "listing": listing,
        "rows": [_row(each, here, shown(each, keeps=keeps(request, each)), request.on) for each in listing],
        "chosen": chosen,
        "words": here.words,
        "choices": [
            Choice("place", _("Place"), parts_of(scope, request.on).items(), request.GET.get("place", "")),
            Choice("kind", _("Kind"), here.words["worker_kinds"].items(), chosen.kind),
            Choice("level", _("Level of the certificate"), here.words["certificate_levels"].items(), chosen.level),
            Choice("standing", _("Situation"), STANDING_WORDS.items(), chosen.standing),
        ],
    }
    return render(request, "desk/workers/list.html", context)


def filter_of(request: Any, here: Place) -> WorkerFilter:
    """The filter in an address; what is mistyped counts as empty."""
    kind, level, standing, place = (request.GET.get(name, "") for name in ("kind", "level", "standing", "place"))
    return WorkerFilter(
        text=request.GET.get("q", "").strip(),
        region=region_by_code(place) if place.isdecimal() else None,
        kind=kind if kind in here.words["worker_kinds"] else "",
        level=level if level in here.words["certificate_levels"] else "",
        standing=standing if standing in STANDINGS else "",
        expires_by=here.soon,
        grids=here.grids,
        professional=here.marked("team", "professional"),
        community=here.marked("community", True),  # noqa: FBT003 -- the mark that the pack gives
    )


def keeps(request: Any, worker: Worker) -> bool:
    """Whether this person keeps the entry, or is who it speaks of."""
    return worker.user_id == request.user.pk or scope_of(request.user, Permission.UPDATE_WORKER, request.on).covers(worker.region)


def last_day(valid_until: date | None) -> date | None:
    """The last day of a registration, as its paper says; the register keeps the first day without it."""
    return valid_until - timedelta(days=1) if valid_until else None


def _row(worker: Any, here: Place, clear: Clear, on: date) -> dict[str, Any]:
    return {
        "worker": worker,
        "name": clear.name,
        "held": worker.held,
        "off_grid": any(not here.grids.allows(posting) for posting in worker.held),
        "until": last_day(worker.valid_until),
        "ends_soon": here.ends_soon(worker.valid_until),
        "ended": worker.valid_until is not None and worker.valid_until <= on,
    }


def _export(listing: Listing, request: Any, here: Place) -> HttpResponse:
    header = [
        *(
            _("Number"),
            _("Name of the person"),
            _("Kind"),
            _("Education"),
            _("Town"),
            _("Place"),
            _("Posts"),
            _("Certificate"),
            _("Registered until"),
        ),
        *(_("Joined on"), _("Left on")),
    ]

    def line(row: Any) -> list[Any]:
        town = row.region.town.name if row.region.town else ""
        posts = _("; ").join(
            f"{posting.body or posting.region.name} {here.words['positions'].get(posting.position, '')}" for posting in row.held
        )
        return [
            *(row.number, shown(row, keeps=keeps(request, row)).name, here.words["worker_kinds"].get(row.kind, row.kind)),
            *(here.words["education_levels"].get(row.education, ""), town, row.region.name, posts),
            *(here.words["certificate_levels"].get(row.level or "", ""), last_day(row.valid_until), row.joined_on, row.left_on),
        ]

    return table_response(listing, "workers", header, listing.rows.iterator(chunk_size=EXPORT_CHUNK), line)


def visible_worker(request: Any, number: str) -> Worker:
    """A person whom this reader may see. Raises NotFound."""
    found = worker_by_number(number, scope_of(request.user, Permission.VIEW_WORKERS, request.on), request.on)
    lead_back(request, reverse("desk:workers:detail", args=[number]), shown(found, keeps=keeps(request, found)).name)
    return found


@permission(Permission.VIEW_WORKERS)
def worker(request: Any, number: str) -> HttpResponse:
    """One person: posts past and present, certificates, what became of them."""
    return show(request, visible_worker(request, number))


@permission(Permission.REVEAL_WORKER)
@sent_from("desk:workers:detail")
def reveal_worker(request: Any, number: str) -> HttpResponse:
    """Show identity paper and phone for a reason that stays on record."""
    found = visible_worker(request, number)
    form, clear = ReasonForm(request.POST), None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        clear = attempt(form, lambda: actions.reveal_worker(worker=found, reason=reason, by=request.user, at=request.at))
    return show(request, found, clear=clear, reason=form)


def show(request: Any, found: Worker, *, clear: Clear | None = None, reason: Form | None = None) -> HttpResponse:
    """The page of a person; `clear` only for who has just said why."""
    here, is_kept = place_of(found.region, request.on), keeps(request, found)
    certificates = list(found.certificates.order_by("void_reason", "-rank", "-issued_on"))
    context = {
        "worker": found,
        "who": shown(found, keeps=is_kept),
        "keeps": is_kept,
        "clear": clear,
        "reason": reason or ReasonForm(),
        "words": here.words,
        "certificates": [certificate_row(each, here, request.on) for each in certificates],
        "postings": [_posting(each, here, request.on) for each in _postings(found)],
        "grids": here.grids,
        "appraisals": appraisals_of(found, request.user, scope_of(request.user, Permission.RECORD_APPRAISAL, request.on))[:SHOWN],
        "pairings": [_pair(request, each, found) for each in pairings_of(found)[:SHOWN]],
        "studies": found.studies.order_by("-began_on")[:SHOWN],
        "spells": found.spells.order_by("-since"),
        "timeline": history_of("worker", found.number).order_by(*NEWEST_FIRST),
    }
    return render(request, "desk/workers/detail.html", context, status=422 if reason and reason.errors else 200)


def _pair(request: Any, pairing: Pairing, found: Worker) -> dict[str, Any]:
    """A pair as one of its two sees it: the other, and which part they have."""
    guides = pairing.mentor_id == found.pk
    other = pairing.apprentice if guides else pairing.mentor
    return {"pairing": pairing, "guides": guides, "other": shown(other, keeps=keeps(request, other)).name}


def _postings(found: Worker) -> list[Posting]:
    rows = found.postings.select_related("region__county", "region__town", "body")
    return sorted(rows, key=lambda row: (row.until is not None, -row.since.toordinal()))


def _posting(posting: Posting, here: Place, on: date) -> dict[str, Any]:
    runs = posting.until is None or posting.until > on
    return {
        "posting": posting,
        "runs": runs,
        "withdrawn": posting.until == posting.since,
        "off_grid": runs and not here.grids.allows(posting),
    }


def certificate_row(certificate: Certificate, here: Place, on: date) -> dict[str, Any]:
    """A certificate with the class hours taught during its registration so far."""
    hours: Decimal | None = None
    if certificate.registered_on is not None and certificate.valid_until is not None and not certificate.void_reason:
        after = min(certificate.valid_until, on + timedelta(days=1))
        hours = class_hours(minutes_between(certificate.worker, certificate.registered_on, after), here.policy)
    return {
        "certificate": certificate,
        "level": here.words["certificate_levels"].get(certificate.level, certificate.level),
        "until": last_day(certificate.valid_until),
        "ended": certificate.valid_until is not None and certificate.valid_until <= on,
        "ends_soon": here.ends_soon(certificate.valid_until),
        "hours": hours,
    }
