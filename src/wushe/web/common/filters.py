"""The selects of a filter bar, drawn without form machinery: a list is opened a thousand times for every time it is filtered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

CHOSEN = mark_safe(" selected")


@dataclass(frozen=True, slots=True)
class Choice:
    """One select: everything first, then the options as (code, what it is called)."""

    name: str
    label: Any
    options: Iterable[tuple[Any, Any]]
    chosen: str = ""

    def __str__(self) -> SafeString:
        every = _("{name}: all").format(name=self.label)
        rows = ((code, CHOSEN if str(code) == self.chosen else "", text) for code, text in self.options)
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return format_html(
            '<select name="{}" id="by_{}" aria-label="{}" class="form-select"><option value="">{}</option>{}</select>',
            self.name, self.name, self.label, every, options,
        )  # fmt: skip
