from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wushe.accounts.queries import posts_of
from wushe.kernel.errors import NotFound
from wushe.policies.errors import NoPolicy
from wushe.policies.queries import Article, Document, Policy, packs_on, policy_for
from wushe.regions.models import Region
from wushe.web.common.access import signed_in
from wushe.web.common.targets.board import places_with_policy
from wushe.web.common.templatetags.wushe import label
from wushe.web.desk.navigation import lead_back
from wushe.web.desk.policies.forms import PlaceAndDayForm
from wushe.web.desk.policies.reading import consequences, parts_of


@signed_in
def contents(request: Any) -> HttpResponse:
    """What holds at a place on a day: the packs, their documents, and every value with its source."""
    context = _chosen(request)
    policy: Policy | None = context["policy"]
    if policy is not None:
        versions = {f"{layer['code']}@{layer['version']}" for layer in policy.layers}
        packs = [pack for pack in packs_on(policy.on) if str(pack) in versions]
        codes = [layer["code"] for layer in policy.layers]
        packs.sort(key=lambda pack: codes.index(pack.code))
        context |= {"packs": packs, "parts": parts_of(policy)}
    elif context["place"] is not None:
        context["places"] = places_with_policy()
    return render(request, "desk/policies/contents.html", context)


@signed_in
def article(request: Any, document: str, number: str) -> HttpResponse:
    """One article, by its document's code or title, and what follows from it."""
    context = _chosen(request)
    paper, found = _find(context["policy"], document, number)
    numbers = [each.number for each in paper.articles]
    here = numbers.index(found.number)
    context |= {
        "paper": paper,
        "article": found,
        "before": numbers[here - 1] if here else "",
        "after": numbers[here + 1] if here + 1 < len(numbers) else "",
        "consequences": consequences(context["policy"], found.source),
    }
    lead_back(request, f"{reverse('desk:policies:contents')}{context['at']}#{paper.code}", label(paper))
    return render(request, "desk/policies/article.html", context)


def _find(policy: Policy | None, document: str, number: str) -> tuple[Document, Article]:
    for paper in policy.documents() if policy else ():
        for found in paper.articles:
            if document in {paper.code, paper.zh} and found.number == number:
                return paper, found
    raise NotFound(kind="article", number=f"{document} {number}")


def _chosen(request: Any) -> dict[str, Any]:
    """The place and day asked for, or where the person works, today; and the policy, if one holds there."""
    form = PlaceAndDayForm(request.GET, place=_own_place(request), on=request.on)
    if not form.is_valid():
        return {"form": form, "policy": None, "place": None}
    place, on = form.cleaned_data["place"], form.cleaned_data["on"]
    at = f"?{urlencode({'place': place.code, 'on': on.isoformat()})}"
    try:
        policy = policy_for(place, on)
    except NoPolicy:
        policy = None
    return {"form": form, "policy": policy, "place": place, "on": on, "at": at}


def _own_place(request: HttpRequest) -> Region | None:
    posts = posts_of(request.user, request.on)  # type: ignore[attr-defined]  # the clock's middleware sets it
    return posts[0].place if posts else None
