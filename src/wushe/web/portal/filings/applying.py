from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from wushe.kernel.receipts import spaced_code
from wushe.organisations import actions
from wushe.organisations.models import Filing
from wushe.organisations.queries import papers_of, roster_of, stage_of
from wushe.organisations.states import FilingState
from wushe.policies.queries import policy_for
from wushe.regions.models import Level
from wushe.web.common.access import public, sent_from
from wushe.web.common.address import sender_of
from wushe.web.common.filing_form import ApplicationForm, category_words, field_words, group_words, typed_of
from wushe.web.common.filing_steps import steps_of
from wushe.web.common.forms import attempt, typed
from wushe.web.portal.filings.forms import CorrectApplicationForm, OpenForm
from wushe.web.portal.places import Question, ask_place, place_of

RECEIPT = "filing_receipt"
WHERE = Question(
    page="portal:filings:apply_for_filing",
    level=Level.COMMUNITY,
    title=gettext_lazy("Apply for filing"),
    heading=gettext_lazy("Where does the organisation work?"),
    hint=gettext_lazy("The policy of this place says who reviews the application and who decides. Step 1 of 2."),
    label=gettext_lazy("Its community or village"),
)
LINES = 20  # of the roster on a sheet of paper


@public
@never_cache
def apply_for_filing(request: Any) -> HttpResponse:
    """First the place, by its code in the address; then the application, under that place's policy."""
    place = place_of(request, WHERE)
    if place is None:
        return ask_place(request, WHERE)
    policy = policy_for(place, request.on)
    form = ApplicationForm(typed(request), request.FILES or None, policy=policy)
    sent = request.method == "POST"
    if sent and form.is_valid():
        done = attempt(form, lambda: actions.apply_for_filing(draft=form.to_draft(place), at=request.at, sender=sender_of(request)))
        if done is not None:
            request.session[RECEIPT] = {"filing": done.filing.pk, "code": done.code}
            return redirect("portal:filings:receipt")
    context = {"form": form, "place": place, "conditions": policy.conditions("filing"), "stages": policy.procedure("filing")}
    return render(request, "portal/filings/apply_for_filing.html", context, status=422 if sent else 200)


@public
def blank(request: Any) -> HttpResponse:
    """The form of a place to be printed and filled in by hand."""
    place = place_of(request, WHERE)
    if place is None:
        return redirect("portal:filings:apply_for_filing")
    policy = policy_for(place, request.on)
    context = {
        "place": place,
        "form": ApplicationForm(policy=policy),
        "conditions": policy.conditions("filing"),
        "stages": policy.procedure("filing"),
        "lines": range(LINES),
    }
    return render(request, "portal/filings/blank.html", context)


@public
@never_cache
def receipt(request: Any) -> HttpResponse:
    """The code, for as long as the browser stays open on it."""
    kept = request.session.get(RECEIPT)
    filing = Filing.objects.select_related("region").filter(pk=kept["filing"]).first() if kept else None
    if filing is None:
        return redirect("portal:filings:open_application")
    stage = stage_of(policy_for(filing.region, request.on), FilingState(filing.state))
    return render(request, "portal/filings/receipt.html", {"filing": filing, "stage": stage, "code": spaced_code(kept["code"])})


@public
@never_cache
def open_application(request: Any) -> HttpResponse:
    """Where an application is: by its code and the last digits of the head's phone, sent in the body and never in the address."""
    form = OpenForm(typed(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        filing = attempt(form, lambda: actions.open_application(code=given["code"], tail=given["tail"], at=request.at))
        if filing is not None:
            initial = typed_of(filing) | {"code": given["code"], "tail": given["tail"]}
            return _show(
                request,
                filing,
                CorrectApplicationForm(policy=policy_for(filing.region, request.on), kept=papers_of(filing), initial=initial),
            )
    return render(request, "portal/filings/open_application.html", {"form": form}, status=422 if form.errors else 200)


@public
@never_cache
@sent_from("portal:filings:open_application")
def correct_application(request: Any) -> HttpResponse:
    """The founder mends what was returned."""
    opening = OpenForm(request.POST)
    code, tail = request.POST.get("code", ""), request.POST.get("tail", "")
    filing = attempt(opening, lambda: actions.open_application(code=code, tail=tail, at=request.at)) if opening.is_valid() else None
    if filing is None:
        return render(request, "portal/filings/open_application.html", {"form": opening}, status=422)
    form = CorrectApplicationForm(request.POST, request.FILES, policy=policy_for(filing.region, request.on), kept=papers_of(filing))
    if form.is_valid():
        draft = form.to_draft(filing.region)
        done = attempt(form, lambda: actions.correct_own_application(code=code, tail=tail, draft=draft, at=request.at))
        if done is not None:
            first = done.state == FilingState.SUBMITTED
            messages.success(
                request, _("The application is with the community again.") if first else _("The application is with the town again.")
            )
            return redirect("portal:filings:open_application")
    return _show(request, filing, form, 422)


def _show(request: Any, filing: Filing, form: CorrectApplicationForm, code: int = 200) -> HttpResponse:
    policy = policy_for(filing.region, request.on)
    acts = list(filing.acts.select_related("by").order_by("at", "id"))
    context = steps_of(policy, filing, acts) | {
        "filing": filing,
        "place": filing.region,
        "form": form if filing.state == FilingState.RETURNED else None,
        "fields": field_words(policy),
        "categories": category_words(policy),
        "groups": group_words(policy),
        "roster": roster_of(filing),
        "papers": papers_of(filing),
        "last": acts[-1],
    }
    return render(request, "portal/filings/application.html", context, status=code)
