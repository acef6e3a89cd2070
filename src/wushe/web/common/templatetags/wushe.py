from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select
from django.template.context import Context
from django.urls import resolve, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from wushe.accounts.queries import scope_of
from wushe.kernel import clock
from wushe.kernel.clock import local_date
from wushe.kernel.money import shown
from wushe.projects.queries import is_public
from wushe.web.common import drawing, growth_words, import_words, links, organisation_words, words

register = template.Library()
DAYS_KEPT = 1024
STAND_INS = {"resident": gettext_lazy("A resident"), "system": gettext_lazy("The system")}


@register.filter
def yuan(value: Decimal | int | None) -> str:
    """¥12,300.00; a dash when nothing is known."""
    return "—" if value is None else shown(value)


@register.filter
def number(value: Decimal | int | None) -> str:
    """12,300 or 12,300.5: no zeros behind the point."""
    if value is None:
        return "—"
    text = f"{Decimal(value):,.2f}"
    return text.rstrip("0").rstrip(".")


@register.filter
def day(value: date | datetime | None) -> str:
    """2026年11月22日."""
    if value is None:
        return "—"
    return _written(local_date(value) if isinstance(value, datetime) else value, get_language() or "")


@lru_cache(maxsize=DAYS_KEPT)
def _written(on: date, _language: str) -> str:
    """A day in a language; the rows of a page have few days between them."""
    return date_format(on, "DATE_FORMAT")


@register.filter
def day_of(text: str) -> date:
    """A day that is stored as text."""
    return date.fromisoformat(text)


@register.filter
def moment(value: datetime | None) -> str:
    """2026年11月22日 09:30 in the zone of the policy."""
    return "—" if value is None else f"{day(value)} {value.astimezone(clock.POLICY_ZONE):%H:%M}"


@register.filter
def stamp(value: date | datetime) -> str:
    """A day, or a moment in the zone of the policy, for programs."""
    return (value.astimezone(clock.POLICY_ZONE) if isinstance(value, datetime) else value).isoformat()


@register.simple_tag(takes_context=True)
def age(context: Context, since: datetime | None) -> str:
    """How long ago, in whole days; today says so."""
    if since is None:
        return "—"
    days = (context["request"].on - local_date(since)).days
    return _("today") if days <= 0 else ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


@register.simple_tag
def took(since: datetime, until: datetime) -> str:
    """How many days lay between two moments, as people count them."""
    days = (local_date(until) - local_date(since)).days
    return _("the same day") if days <= 0 else ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


@register.simple_tag(takes_context=True)
def due(context: Context, at: datetime | None) -> SafeString | str:
    """When something is due: in days, or how long overdue."""
    if at is None:
        return _("no deadline")
    days = (local_date(at) - context["request"].on).days
    if days < 0:
        return format_html(
            '<span class="text-danger fw-bold">{}</span>',
            ngettext("%(days)s day overdue", "%(days)s days overdue", -days) % {"days": -days},
        )
    if days == 0:
        return format_html('<span class="text-danger">{}</span>', _("due today"))
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


@register.simple_tag(takes_context=True)
def may(context: Context, permission: str, region: Any = None, body_id: int | None = None) -> bool:
    """Whether the signed-in person may use the permission here; without a place: anywhere."""
    request = context["request"]
    scope = scope_of(request.user, permission, request.on)
    return bool(scope) if region is None and body_id is None else scope.covers(region, body_id=body_id)


@register.simple_tag(takes_context=True)
def link(context: Context, name: str, number: str, text: Any, region: Any = None) -> SafeString | str:
    """The text, as a link for whoever may open the page, which its own guard says; with a region, only where the guard covers it."""
    address = reverse(name, args=[number])
    return format_html('<a href="{}">{}</a>', address, text) if may(context, _guard(name, address), region) else str(text)


_guards: dict[str, str] = {}


def _guard(name: str, address: str) -> str:
    """The permission of a page, read from one of its addresses."""
    if name not in _guards:
        _guards[name] = resolve(address).func.wushe_permission  # type: ignore[attr-defined]  # every view has this mark
    return _guards[name]


@register.simple_tag(takes_context=True)
def row_link(context: Context, row: Any, place: Any) -> SafeString | str:
    """The name of a row behind a place's number, leading on the desk to its page for whoever may open what is there."""
    name = links.PAGES.get(row.kind) if context.get("opens_rows") else None
    if row.kind == "region" and context.get("opens_rows"):
        return format_html('<a href="{}?q={}">{}</a>', reverse("desk:places:list"), row.number, row.name)
    return link(context, name, row.number, row.name, place) if name else str(row.name)


@register.simple_tag(takes_context=True)
def project_link(context: Context, project: Any) -> SafeString | str:
    """A project's title, leading to its page on the desk, or to the public one for whoever may not see that."""
    name = "desk" if may(context, "projects.view_project", project.region) else "portal" if is_public(project) else ""
    return (
        format_html('<a href="{}">{}</a>', reverse(f"{name}:projects:detail", args=[project.number]), project.title)
        if name
        else project.title
    )


@register.filter
def label(code: Any) -> str:
    """The labelled thing of a pack in the language of the page; also as it is kept in a report."""
    zh, en = (code["zh"], code["en"]) if isinstance(code, dict) else (code.zh, code.en)
    return str(zh if (get_language() or "").startswith("zh") else en)


@register.filter
def page_of(thing: Any) -> str:
    """The page of a to-do's, notice's or audit entry's subject."""
    return links.page_of(thing.subject_kind, thing.subject)


register.filter("verb", words.verb)
register.filter("step", words.step)
register.filter("state", words.state)
register.filter("role", words.role)
register.filter("purpose", organisation_words.purpose)
register.filter("life", organisation_words.life)
register.filter("outcome", organisation_words.outcome)
register.filter("likeness", import_words.likeness)
register.filter("society", words.society)
register.filter("leaving", growth_words.leaving)
register.filter("custody", growth_words.custody)


@register.filter
def short(text: str, most: int) -> str:
    """The beginning of a text, of at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


SOCIETY_ICONS = {
    "community": "home-2",
    "social_worker": "heart-handshake",
    "organisation": "users-group",
    "volunteer": "user-heart",
    "resource": "gift",
}


@register.inclusion_tag("common/parts/society.html")
def society(code: str) -> dict[str, str]:
    """One of the five societies, everywhere with the same icon and hue."""
    return {"code": code, "glyph": SOCIETY_ICONS[code]}


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """A value of a mapping by key; empty when there is none."""
    return mapping.get(key, "")


@register.simple_tag
@cache
def icon(name: str, css: str = "icon") -> SafeString:
    """An outline icon, hidden from screen readers: words always stand beside it."""
    path = Path(settings.NODE_MODULES) / "@tabler/icons/icons/outline" / f"{name}.svg"
    drawing = path.read_text(encoding="utf-8").strip().replace("<svg", f'<svg aria-hidden="true" focusable="false" data-css="{css}"', 1)
    start = drawing.index("class=")
    end = drawing.index('"', start + 7)
    return mark_safe(f'{drawing[:start]}class="{css}{drawing[end:]}')  # noqa: S308 -- a file of our own dependency


@register.inclusion_tag("common/parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A field with label, help, control and error, wired for screen readers."""
    widget = bound.field.widget
    is_choice_list = isinstance(widget, (RadioSelect, CheckboxSelectMultiple))
    css = "form-select" if isinstance(widget, Select) and not is_choice_list else "form-control"
    if isinstance(widget, CheckboxInput):
        css = "form-check-input"
    described = [f"{bound.auto_id}_help"] if bound.help_text else []
    comment = getattr(bound.field, "comment", "")
    if comment:
        described.append(f"{bound.auto_id}_comment")
    attrs: dict[str, Any] = {} if is_choice_list else {"class": f"{widget.attrs.get('class', '')} {css}".strip()}
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
        attrs["aria-invalid"] = "true"
        attrs["class"] = f"{attrs.get('class', '')} is-invalid".strip()
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attrs),
        "is_check": isinstance(widget, CheckboxInput),
        "is_choice_list": is_choice_list,
        "is_file": isinstance(widget, FileInput),
        "unit": getattr(bound.field, "unit", ""),
        "comment": comment,
    }


@register.filter
def actor(name: str) -> str:
    """An actor's name in a time line; the stand-ins are translated."""
    return str(STAND_INS.get(name, name))


@register.inclusion_tag("common/parts/sort.html")
def sort_head(listing: Any, name: str, text: str, css: str = "", *, is_age: bool = False) -> dict[str, str]:
    """A column head that sorts. An age is sorted by the day on which it began, and grows as that falls."""
    falls = listing.falls(name)
    direction = "none" if falls is None else "descending" if falls != is_age else "ascending"
    return {"address": listing.sort_address(name), "text": text, "direction": direction, "css": css}


@register.inclusion_tag("common/parts/filters.html", takes_context=True)
def filters(context: Context, choices: Any = (), hint: str = "", place: Any = None, where: str = "", *, kept: str = "") -> dict[str, Any]:
    """The filter bar of a list, and below it what the list is filtered by: a press on one takes it away.

    `hint` and `where` say what may be written into the fields for words and for a place; a field without a hint is not shown.
    `kept` names what else of the address goes on with every filter, as the year of a list.
    """
    request = context["request"]
    named = request.GET.get("where", "").strip() if where else ""
    going_on = {name: request.GET[name] for name in kept.split() if request.GET.get(name)}
    found = [("", "q", f"“{text}”") for text in [request.GET.get("q", "").strip()] if text and hint]
    found += [("", "where" if named else "place", str(place or named))] if place or named else []
    for choice in choices:
        found += [(choice.label, choice.name, text) for code, text in choice.options if str(code) == request.GET.get(choice.name)]
    return {
        "choices": choices,
        "hint": hint,
        "place": None if named else place,
        "where": where,
        "named": named,
        "text": request.GET.get("q", ""),
        "sort": request.GET.get("sort", ""),
        "kept": going_on.items(),
        "path": f"{request.path}?{urlencode(going_on)}" if going_on else request.path,
        "chips": [{"label": label, "text": text, "without": _without(request, name)} for label, name, text in found],
    }


def _without(request: Any, name: str) -> str:
    kept = {key: value for key, value in request.GET.items() if value and key not in {name, "page", "format"}}
    return f"?{urlencode(kept)}" if kept else request.path


@register.inclusion_tag("common/parts/share.html")
def share(met: int, short: int, no_data: int, label: str) -> dict[str, Any]:
    """Three parts of a whole as one bar: it reaches what was met, what is short of it, and where there is no data."""
    whole, x, parts = max(met + short + no_data, 1), Decimal(0), []
    for css, count in (("met", met), ("short", short), ("none", no_data)):
        width = (Decimal(count) * 100 / whole).quantize(Decimal("0.1"))
        parts.append({"css": css, "x": str(x), "width": str(width)})
        x += width
    return {"parts": parts, "label": label}


@register.inclusion_tag("common/parts/exports.html")
def exports(listing: Any) -> dict[str, str]:
    """The list as a file, with its filters and its order."""
    return {"xlsx": listing.address(format="xlsx"), "csv": listing.address(format="csv")}


@register.inclusion_tag("common/parts/exports.html", takes_context=True)
def exports_here(context: Context) -> dict[str, str]:
    """The same of a list that is computed: this address, as a file."""
    given = context["request"].GET.copy()
    addresses = {}
    for form in ("xlsx", "csv"):
        given["format"] = form
        addresses[form] = f"?{given.urlencode()}"
    return addresses


@register.simple_tag
def page_address(listing: Any, page: int) -> str:
    """The address of another page of a list."""
    return str(listing.address(page=str(page)))


@register.inclusion_tag("common/parts/star.html")
def star(parts: Any) -> dict[str, Any]:
    """The star of the five societies, with its table; `parts` come in the fixed order."""
    return {"star": drawing.star_of(list(parts))}


@register.filter
def news_verb(code: str) -> str:
    """A verb for news, without an actor: the thing comes first."""
    return words.news(code)


@register.inclusion_tag("common/parts/cell.html")
def cell(bound: BoundField) -> dict[str, Any]:
    """A field in a table: its label is for screen readers, its error stands below."""
    css = "form-select" if isinstance(bound.field.widget, Select) else "form-control"
    attrs: dict[str, str | bool] = {"class": f"{css} is-invalid" if bound.errors else css, "aria-label": str(bound.label)}
    if bound.errors:
        attrs |= {"aria-invalid": "true", "aria-describedby": f"{bound.auto_id}_error"}
    return {"field": bound, "control": bound.as_widget(attrs=attrs)}


@register.filter
def lines(value: Any) -> list[str]:
    """A value of a stored design as lines: lists of records become one line each."""
    if value in (None, ""):
        return []
    rows = value if isinstance(value, list) else [value]
    return [" · ".join(str(part) for part in row.values()) if isinstance(row, dict) else str(row) for row in rows]


register.filter("part", words.part)
register.filter("source", words.source)
register.filter("document", words.document)
register.filter("article_page", links.page_of_article)


@register.filter
def measured(value: Any, unit: str) -> str:
    """A value of the policy with its unit: 5 working days, 50%, yes."""
    if unit == "ratio":
        return percent(value)
    if unit == "percent":
        return f"{number(value)}%"
    if unit == "yes_no":
        return _("yes") if value else _("no")
    shown = [number(each) if isinstance(each, int | Decimal) else str(each) for each in (value if isinstance(value, list) else [value])]
    return words.measure(_(", ").join(shown), unit, is_one=value == 1)


@register.filter
def decimal(text: str) -> Decimal:
    """A number that is stored as text."""
    return Decimal(text)


register.filter("condition", words.condition)
register.filter("unit_of", words.unit_of)


@register.filter
def percent(share: Decimal) -> str:
    """0.5 as 50%."""
    return f"{number(Decimal(share) * 100)}%"


@register.filter
def operator(sign: str) -> str:
    """A target's operator as a reader writes it."""
    return {">=": "≥", "<=": "≤"}.get(sign, sign)
