"""Fields that several surfaces share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wushe.accounts.models import Body
from wushe.regions.models import Level, Region
from wushe.regions.queries import region_by_code, search_places

SUGGESTED = 200
NAMED = 5


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person gave: the code of a chosen place, or text still to be looked up. `searching`: they asked to see what there is."""

    code: str = ""
    text: str = ""
    searching: bool = False


class RegionWidget(forms.Widget):
    """A text box with a search button and a list to choose from; with JavaScript a combobox in their place."""

    template_name = "common/places/field.html"
    levels: Sequence[Level] = ()
    within: Region | None = None

    class Media:
        js = ("common/places.js",)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        """A list that was made for another text than the one in the box is out of date, so its choice does not count."""
        del files
        # the names of places are looked up before anything judges what was typed
        text, code = (data.get(key, "").replace("\0", "") for key in (f"{name}_text", name))
        text = text.strip()
        stale = f"{name}_for" in data and data[f"{name}_for"] != text
        searching = f"{name}_search" in data
        return Typed("" if stale or searching else code, text, searching)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        del files
        return name not in data and f"{name}_text" not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        del index
        return f"{id_}_text" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen, text, found = self._shown(value)
        context["widget"] |= {
            "chosen": chosen,
            "text": text,
            "found": found,
            "levels": " ".join(str(int(level)) for level in self.levels),
            "within": self.within.code if self.within else "",
        }
        return context

    def _shown(self, value: Any) -> tuple[Region | None, str, list[Region]]:
        typed = value if isinstance(value, Typed) else Typed(code=value.code if isinstance(value, Region) else value or "")
        chosen = region_by_code(typed.code) if typed.code else None
        if chosen is not None:
            return chosen, typed.text or str(chosen), [chosen]
        return None, typed.text, search_places(typed.text, within=self.within, levels=self.levels or None)

    def format_value(self, value: Any) -> Any:
        return value


class RegionField(forms.Field):
    """A living place, chosen by a part of its name. Cleans to a Region or None."""

    widget = RegionWidget
    default_error_messages = {
        "choose": _("Choose one of the places found."),
        "none": _("No place here has this in its name. Try another part of the name, or the pinyin initials."),
        "elsewhere": _("This place cannot be chosen here. Search again and take one from the list."),
    }

    def __init__(self, *, levels: Sequence[Level] = (), within: Region | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.limit_to(levels=levels, within=within)

    def limit_to(self, *, levels: Sequence[Level] = (), within: Region | None = None) -> None:
        """Allow only these levels, and only below this region: forms call it when they know who asks."""
        self.levels, self.within = tuple(levels), within
        self.widget.levels, self.widget.within = self.levels, within

    def clean(self, value: Any) -> Region | None:
        """Refuse a place outside the limits; a text that one place alone answers needs no list."""
        if value.code:
            return self._allowed(region_by_code(value.code))
        if not value.text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        found = search_places(value.text, within=self.within, levels=self.levels or None)
        if not found:
            raise ValidationError(self.error_messages["none"], code="none")
        if value.searching or len(found) > 1:
            raise ValidationError(self.error_messages["choose"], code="choose")
        return found[0]

    def _allowed(self, region: Region | None) -> Region:
        outside = region is None or (self.levels and region.level not in self.levels)
        if region is None or outside or (self.within and not Region.objects.under(self.within).filter(pk=region.pk).exists()):
            raise ValidationError(self.error_messages["elsewhere"], code="elsewhere")
        return region

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data and data.code != (initial.code if isinstance(initial, Region) else initial or ""))


class FilesInput(forms.FileInput):
    """Takes several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Any]:
        """All that were chosen."""
        del data
        return list(files.getlist(name))


class FilesField(forms.FileField):
    """Several files. Cleans to a tuple of uploads."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each of them. Raises ValidationError."""
        one = super().clean
        if not data:
            one(None, initial)
        return tuple(one(each, initial) for each in data)


class BodyWidget(forms.TextInput):
    """A text box with the names to choose from while typing."""

    template_name = "common/bodies/field.html"
    suggested: Iterable[Body] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_names"
        context["widget"]["attrs"]["list"] = list_id
        context["widget"] |= {"list_id": list_id, "suggested": self.suggested}
        return context


class BodyField(forms.CharField):
    """One of some bodies, by its name, a part of its name that no other has, or its number. Cleans to a Body."""

    widget = BodyWidget
    default_error_messages = {
        "unknown": _("No organisation of this kind here has this name. It has to be registered first."),
        "several": _("Several have this in their name: %(names)s. Enter the number of one."),
    }
    bodies: QuerySet[Body] = Body.objects.none()

    def choose_from(self, bodies: QuerySet[Body]) -> None:
        """Narrow the choice."""
        self.bodies = bodies
        cast("BodyWidget", self.widget).suggested = bodies[:SUGGESTED]

    def clean(self, value: Any) -> Any:
        """The one meant. Raises ValidationError."""
        typed = super().clean(value).strip()
        if not typed:
            return None
        found = list(self.bodies.filter(Q(number=typed) | Q(name=typed))[:2]) or list(self.bodies.filter(name__contains=typed)[: NAMED + 1])
        if not found:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        if len(found) > 1:
            names = " · ".join(f"{body.name} ({body.number})" for body in found[:NAMED])
            raise ValidationError(self.error_messages["several"], code="several", params={"names": names})
        return found[0]
