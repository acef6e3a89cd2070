from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushe.regions.models import Region
from wushe.web.common.fields import RegionField
from wushe.web.common.forms import DateInput, Form


class PlaceAndDayForm(Form):
    """Where and when a policy is read."""

    place = RegionField(label=_("Place"))
    on = forms.DateField(label=_("Day"), widget=DateInput())

    def __init__(self, data: Any, *, place: Region | None, on: date) -> None:
        given = data.copy()
        given.setdefault("on", on.isoformat())
        if place is not None and "place_text" not in given:
            given.setdefault("place", place.code)
        super().__init__(given)
        for field in self.fields.values():
            field.widget.attrs |= {"class": "form-control", "aria-label": field.label}
