"""The gallery: every component once, with made-up specimens. It stands in the demonstration only."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.audit.models import Entry
from wushe.web.common import words
from wushe.web.common.access import signed_in
from wushe.web.common.charts import Chart
from wushe.web.common.fields import RegionField
from wushe.web.common.filters import Choice
from wushe.web.common.forms import DateInput, Form
from wushe.web.common.listing import Listing


@dataclass(frozen=True, slots=True)
class Part:
    """One ray of the specimen of a star."""

    society: str
    times: int
    persons: int
    hours: Decimal


class SpecimenForm(Form):
    """One field of every kind."""

    title = forms.CharField(label=gettext_lazy("Text"), help_text=gettext_lazy("A line of help stands above the box."))
    amount = forms.DecimalField(label=gettext_lazy("Amount"))
    place = RegionField(label=gettext_lazy("Place"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(words.SOCIETIES.items()), required=False)
    remark = forms.CharField(label=gettext_lazy("Remark"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    evidence = forms.FileField(label=gettext_lazy("Photo or document"), required=False)
    day = forms.DateField(label=gettext_lazy("Day"), widget=DateInput(), required=False)
    choice = forms.ChoiceField(label=gettext_lazy("Choice"), choices=list(words.SOCIETIES.items()), widget=forms.RadioSelect)
    agreed = forms.BooleanField(label=gettext_lazy("A box to tick"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].unit = _("yuan")  # type: ignore[attr-defined]  # a number field of ours


SECTIONS = {
    "head": gettext_lazy("Head and next step"),
    "list": gettext_lazy("List"),
    "form": gettext_lazy("Form"),
    "charts": gettext_lazy("Charts"),
    "boards": gettext_lazy("Boards and comparison"),
    "societies": gettext_lazy("Five societies"),
    "said": gettext_lazy("What is said"),
    "tokens": gettext_lazy("Tokens"),
}


@signed_in
def gallery(request: Any) -> HttpResponse:
    """All components on one page."""
    if not settings.DEMO:
        raise Http404
    messages.success(request, _("This is how a success is told."))
    messages.error(request, _("This is how a refusal is told: why, and what to do."))
    parts = [Part(code, 3 * n, 5 * n, Decimal(n * 4)) for n, code in enumerate(words.SOCIETIES, start=1)]
    labels = [f"2026-{month:02}" for month in range(5, 11)]
    context = {
        "parts": parts,
        "timeline": Entry.objects.order_by("-id")[:3],
        "societies": words.SOCIETIES,
        "sections": SECTIONS,
        "shades": range(6),
        "choices": [Choice("society", _("Society"), words.SOCIETIES.items(), "volunteer")],
        "listing": Listing(request, Entry.objects.all(), {"at": ("-id",)}, size=3),
        "line": Chart("line", _("Share by month"), _("Month"), labels, {_("Done"): [20, 28, 35, 41, 55, 58]}, "line", "%", target=70),
        "bar": Chart("bar", _("Person-times by month"), _("Month"), labels, {_("Done"): [12, 18, 25, 31, 44, None]}, target=40),
        "stacked": Chart(
            "stacked",
            _("Money by month"),
            _("Month"),
            labels,
            {_("Paid"): [5, 8, 9, 4, 6, 2], _("Spent"): [3, 4, 8, 7, 2, 1]},
            kind="stacked",
            unit=_("thousand yuan"),
        ),
        "form": SpecimenForm({"title": "", "amount": "12300", "choice": "volunteer"}),
        "tokens": ("accent", "link", "ok", "warn", "bad", "ink", "ink-2", "line", "ground", "paper", *words.SOCIETIES),
    }
    return render(request, "desk/gallery.html", context)
