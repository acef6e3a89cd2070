from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wushe.accounts.queries import posts_of
from wushe.audit.models import Entry
from wushe.audit.queries import verify_chain
from wushe.inbox.actions import mark_read
from wushe.inbox.queries import notices_for, todos_for
from wushe.web.common.access import permission, signed_in
from wushe.web.common.links import page_of
from wushe.web.common.listing import Listing, csv_response

NEWS_ON_INBOX = 8


@signed_in
def inbox(request: Any) -> HttpResponse:
    """What I have to do, by due date, and the latest news."""
    todos = list(todos_for(request.user, request.at)[:200])
    return render(request, "desk/inbox.html", {"todos": todos, "news": notices_for(request.user)[:NEWS_ON_INBOX]})


@signed_in
def news(request: HttpRequest) -> HttpResponse:
    """All my news."""
    return render(request, "desk/news.html", {"listing": Listing(request, notices_for(request.user), {"at": ("-at", "-id")})})


@signed_in
@require_POST
def mark_news_read(request: Any) -> HttpResponse:
    """Mark my news as read."""
    mark_read(user=request.user, at=request.at, up_to=int(request.POST.get("up_to") or 0))
    return redirect("desk:news")


@signed_in
def search(request: HttpRequest) -> HttpResponse:
    """Go to a thing by its public number, or to the needs and projects that contain the words."""
    wanted = request.GET.get("q", "").strip()
    kind = wanted.split("-", 1)[0]
    page = page_of(kind, wanted) if "-" in wanted else ""
    if page:
        return redirect(page)
    return render(request, "desk/search.html", {"wanted": wanted})


@permission("accounts.view_audit")
def audit(request: HttpRequest) -> HttpResponseBase:
    """Every act, newest first, with filters and export."""
    rows = Entry.objects.all()
    chosen = {name: request.GET.get(name, "").strip() for name in ("actor", "verb", "subject")}
    if chosen["actor"]:
        rows = rows.filter(actor_name=chosen["actor"])
    if chosen["verb"]:
        rows = rows.filter(verb=chosen["verb"])
    if chosen["subject"]:
        rows = rows.filter(subject=chosen["subject"])
    listing = Listing(request, rows, {"at": ("-id",)})
    if request.GET.get("format") == "csv":
        header = [_("Sequence"), _("Time"), _("Who"), _("What"), _("Subject"), _("Digest")]
        return csv_response(
            "audit",
            header,
            listing.rows.iterator(),
            lambda row: [row.seq, row.at.isoformat(), row.actor_name, row.verb, row.subject, row.digest],
        )
    verbs = Entry.objects.order_by("verb").values_list("verb", flat=True).distinct()
    return render(
        request, "desk/audit.html", {"listing": listing, "chosen": chosen, "verbs": verbs, "export_address": listing.address(format="csv")}
    )


@permission("accounts.view_audit")
@require_POST
def verify_audit(request: HttpRequest) -> HttpResponse:
    """Walk the whole chain and say whether it is sound."""
    found = verify_chain()
    if found.sound:
        messages.success(request, _("The chain is sound: %(count)s entries, none changed, none missing.") % {"count": found.entries})
    elif found.broken:
        messages.error(request, _("The chain is broken at entry %(entries)s.") % {"entries": ", ".join(map(str, found.broken))})
    else:
        messages.error(request, _("Entries were cut off the end of the chain."))
    return redirect("desk:audit")


@signed_in
def me(request: Any) -> HttpResponse:
    """My posts: what I may do and where."""
    return render(request, "desk/me.html", {"posts": posts_of(request.user, request.on)})
