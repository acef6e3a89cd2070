from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import BooleanField, Count, ExpressionWrapper
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushe.audit.models import Entry
from wushe.audit.queries import verify_chain
from wushe.inbox.actions import mark_read
from wushe.inbox.models import Todo
from wushe.inbox.queries import notices_for, todos_for
from wushe.kernel.clock import POLICY_ZONE, local_date
from wushe.projects.queries import unnamed_entries
from wushe.web.common import words
from wushe.web.common.access import permission, signed_in
from wushe.web.common.asked import day_of, number_of
from wushe.web.common.listing import Listing, table_response
from wushe.web.common.templatetags.wushe import news_verb
from wushe.web.common.verbs import VERBS

NEWS_ON_INBOX = 8
DAYS_AHEAD = 7


@signed_in
def inbox(request: Any) -> HttpResponse:
    """What I have to do, by due date, and the latest news."""
    mine = todos_for(request.user, request.at)
    steps = Counter(dict(mine.order_by().values_list("step").annotate(times=Count("id"))))
    wanted = request.GET.get("step", "")
    step = wanted if wanted in steps else ""
    listing = Listing(request, mine.filter(step=step) if step else mine, {"due": ("due_at", "created_at", "id")})
    if listing.wants_table:
        header = [_("To do"), _("Subject"), _("Number"), _("Place"), _("Due"), _("Since")]
        return table_response(listing, "to-dos", header, listing.rows.select_related("region"), _todo_line)
    context = {
        "listing": listing,
        "groups": [(when, list(todos)) for when, todos in groupby(listing, lambda todo: _when(todo, request.on))],
        "steps": steps.most_common(),
        "step": step,
        "total": steps.total(),
        "news": notices_for(request.user)[:NEWS_ON_INBOX],
    }
    return render(request, "desk/inbox.html", context)


def _todo_line(todo: Todo) -> list[Any]:
    return [words.step(todo.step), todo.subject_name, todo.subject, str(todo.region or ""), todo.due_at, todo.created_at]


def _when(todo: Todo, on: date) -> str:
    if todo.due_at is None:
        return "open"
    days = (local_date(todo.due_at) - on).days
    return "late" if days < 0 else "today" if days == 0 else "week" if days <= DAYS_AHEAD else "later"


@signed_in
def news(request: HttpRequest) -> HttpResponse:
    """All my news."""
    listing = Listing(request, notices_for(request.user), {"at": ("-at", "-id")})
    if listing.wants_table:
        header = [_("Time"), _("Subject"), _("Number"), _("What")]
        return table_response(
            listing, "news", header, listing.rows, lambda row: [row.at, row.subject_name, row.subject, news_verb(row.verb)]
        )
    return render(request, "desk/news.html", {"listing": listing})


@signed_in
@require_POST
def mark_news_read(request: Any) -> HttpResponse:
    """Mark my news as read."""
    mark_read(user=request.user, at=request.at, up_to=number_of(request.POST.get("up_to", "")) or 0)
    return redirect("desk:news")


@permission("accounts.view_audit")
def audit(request: HttpRequest) -> HttpResponseBase:
    """Every act, newest first, with filters and export. Who bids and who sits on a panel is not named before the award, by no filter either."""
    unnamed = unnamed_entries()
    rows = Entry.objects.annotate(is_unnamed=ExpressionWrapper(unnamed, output_field=BooleanField()))
    chosen = {name: request.GET.get(name, "").strip() for name in ("actor", "verb", "subject", "since", "until")}
    if chosen["actor"]:
        rows = rows.filter(actor_name=chosen["actor"]).exclude(unnamed)
    if chosen["verb"]:
        rows = rows.filter(verb=chosen["verb"])
    if chosen["subject"]:
        rows = rows.filter(subject=chosen["subject"])
    since, until = _day(chosen["since"]), _day(chosen["until"])
    if since:
        rows = rows.filter(at__gte=since)
    if until:
        rows = rows.filter(at__lt=until + timedelta(days=1))
    listing = Listing(request, rows, {"at": ("-id",)})
    if listing.wants_table:
        header = [_("Sequence"), _("Time"), _("Who"), _("What"), _("Subject"), _("Digest")]
        return table_response(
            listing,
            "audit",
            header,
            listing.rows.iterator(),
            lambda row: [
                row.seq,
                row.at.isoformat(),
                _("named after the award") if row.is_unnamed else row.actor_name,
                row.verb,
                row.subject,
                row.digest,
            ],
        )
    verbs = sorted(VERBS.items(), key=lambda item: str(item[1]))
    context = {"listing": listing, "chosen": chosen, "verbs": verbs}
    return render(request, "desk/audit.html", context)


def _day(typed: str) -> datetime | None:
    """The first moment of a typed day; none when it is no day."""
    day = day_of(typed)
    return datetime.combine(day, time.min, tzinfo=POLICY_ZONE) if day else None


@permission("accounts.view_audit")
@require_POST
def verify_audit(request: HttpRequest) -> HttpResponse:
    """Walk the whole chain and say whether it is sound."""
    found = verify_chain()
    if found.sound:
        messages.success(request, _("The chain is sound: %(count)s entries, none changed, none missing.") % {"count": found.entries})
    elif found.broken:
        messages.error(request, _("The chain is broken at entry %(entries)s.") % {"entries": _(", ").join(map(str, found.broken))})
    else:
        messages.error(request, _("Entries were cut off the end of the chain."))
    return redirect("desk:audit")
