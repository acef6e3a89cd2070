from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from wushe.accounts.queries import Scope
from wushe.policies.queries import Code, StandardItem
from wushe.regions.models import Level
from wushe.stations.actions import CheckDraft, Evidence, FindingDraft, NewRoom, NewStation, RemedyDraft, StationProfile
from wushe.stations.models import StationKind
from wushe.stations.queries import Standing
from wushe.web.common.fields import RegionField
from wushe.web.common.forms import DateInput, Form
from wushe.web.common.templatetags.wushe import label

KINDS = {StationKind.SOCIAL_WORK: _("Station of social work"), StationKind.SERVICE_CENTRE: _("Service centre or facility")}
MET = [("yes", _("there")), ("no", _("not there"))]
ENOUGH = [("yes", _("enough")), ("no", _("not enough"))]


class ProfileForm(Form):
    """What a station is."""

    name = forms.CharField(label=_("Name of the station"), max_length=120)
    area_m2 = forms.DecimalField(label=_("Floor space"), max_digits=9, decimal_places=2, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    opening_hours = forms.CharField(
        label=_("Opening hours"), max_length=200, required=False, help_text=_("For example: Monday to Friday, 9:00 to 17:00.")
    )

    def __init__(self, *args: Any, inspected_on: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area_m2"]
        area.unit = _("square metres")  # type: ignore[attr-defined]  # a number field of ours
        if inspected_on is not None:
            area.disabled = True
            area.help_text = _("Measured at the inspection of %(day)s; the next inspection changes it.") % {
                "day": date_format(inspected_on)
            }

    def to_profile(self) -> StationProfile:
        """What was typed."""
        given = self.cleaned_data
        return StationProfile(given["name"].strip(), given["area_m2"], given["address"].strip(), given["opening_hours"].strip())


class OpenStationForm(ProfileForm):
    """A station that has opened."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=KINDS.items(),
        initial=StationKind.SOCIAL_WORK,
        required=False,
        help_text=_("A service centre serves residents with everything; a station of social work may sit in it and is entered by itself."),
    )
    region = RegionField(
        label=_("Place"),
        levels=(Level.COUNTY, Level.TOWN, Level.COMMUNITY),
        help_text=_("The county, town or community whose station it is; each has one of a kind."),
    )
    opened_on = forms.DateField(label=_("Opened on"), widget=DateInput())
    field_order = ("kind", "region", "name", "opened_on", "area_m2", "address", "opening_hours")

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.fields["region"]
        assert isinstance(region, RegionField)  # noqa: S101 -- narrows the type of a field declared above
        region.limit_to(levels=region.levels, within=scope.common_place)

    def to_draft(self) -> NewStation:
        """The station."""
        kind = StationKind(self.cleaned_data["kind"] or StationKind.SOCIAL_WORK)
        return NewStation(self.to_profile(), self.cleaned_data["region"], self.cleaned_data["opened_on"], kind)


class CloseStationForm(Form):
    """When and why."""

    closed_on = forms.DateField(label=_("First day without the station"), widget=DateInput())
    reason = forms.CharField(label=_("Reason"), max_length=300)


class AddRoomForm(Form):
    """A room and everything that it serves."""

    name = forms.CharField(label=_("Name on the door"), max_length=80)
    kinds = forms.MultipleChoiceField(
        label=_("What it serves"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One room may serve several purposes; its floor space counts once."),
    )
    area_m2 = forms.DecimalField(label=_("Size"), max_digits=9, decimal_places=2, required=False)
    used_from = forms.DateField(label=_("In use since"), widget=DateInput())

    def __init__(self, *args: Any, kinds: Iterable[Code], on: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"used_from": on}, **kwargs)
        self.fields["kinds"].choices = [(kind.code, label(kind)) for kind in kinds if not kind.retired]  # type: ignore[attr-defined]  # a choice field
        self.fields["area_m2"].unit = _("square metres")  # type: ignore[attr-defined]  # a number field of ours

    def to_draft(self) -> NewRoom:
        """The room."""
        given = self.cleaned_data
        return NewRoom(tuple(given["kinds"]), given["name"], given["used_from"], given["area_m2"])


class GiveUpRoomForm(Form):
    """From when on the room is used no more."""

    on = forms.DateField(label=_("First day without the room"), widget=DateInput())


class CheckForm(Form):
    """A look at a station: for every item a value or whether it is there, and what shows it."""

    checked_on = forms.DateField(label=_("Day of the look"), widget=DateInput())
    remark = forms.CharField(label=_("Remark"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, standings: Iterable[Standing], on: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"checked_on": on}, **kwargs)
        self.items: list[StandardItem] = []
        for standing in standings:
            if not standing.item.is_booked:
                self._add(standing)

    def _add(self, standing: Standing) -> None:
        item, name = standing.item, label(standing.item)
        self.items.append(item)
        if item.at_least is None:
            there = None if standing.known is None or item.is_open_area else "yes" if standing.known else "no"
            marks = ENOUGH if item.is_open_area else MET
            self.fields[f"met_{item.code}"] = forms.ChoiceField(label=name, choices=[("", "—"), *marks], initial=there)
        if item.at_least is not None or item.is_open_area:
            places = 2 if item.kind == "area" else 0
            field = forms.DecimalField(label=name, min_value=0, max_digits=9, decimal_places=places, initial=standing.known)
            self.fields[f"value_{item.code}"] = field
        self.fields[f"words_{item.code}"] = forms.CharField(label=_("What shows it"), max_length=300, required=False)
        self.fields[f"file_{item.code}"] = forms.FileField(label=_("Photo or document"), required=False)

    def rows(self) -> list[dict[str, Any]]:
        """The items with their fields, for the table."""
        return [
            {
                "item": item,
                "answers": [self[name] for name in (f"value_{item.code}", f"met_{item.code}") if name in self.fields],
                "words": self[f"words_{item.code}"],
                "file": self[f"file_{item.code}"],
            }
            for item in self.items
        ]

    def to_draft(self) -> CheckDraft:
        """The findings."""
        given = self.cleaned_data
        findings = tuple(
            FindingDraft(
                item.code,
                value=given.get(f"value_{item.code}"),
                met=given.get(f"met_{item.code}") == "yes",
                evidence=given[f"words_{item.code}"],
                file=evidence(given[f"file_{item.code}"]),
            )
            for item in self.items
        )
        return CheckDraft(given["checked_on"], findings, given["remark"])


class PlanRemedyForm(Form):
    """What is done about a shortfall."""

    item = forms.ChoiceField(label=_("Item of the standard"))
    mode = forms.ChoiceField(label=_("How"))
    plan = forms.CharField(label=_("What will be done"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    cost = forms.DecimalField(label=_("Expected cost"), min_value=0, max_digits=14, decimal_places=2, required=False)
    due_on = forms.DateField(label=_("By when"), widget=DateInput())

    def __init__(self, *args: Any, items: Iterable[StandardItem], modes: Iterable[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("Choose")), *((item.code, label(item)) for item in items)]  # type: ignore[attr-defined]  # a choice field
        self.fields["mode"].choices = [("", _("Choose")), *((mode.code, label(mode)) for mode in modes if not mode.retired)]  # type: ignore[attr-defined]  # a choice field
        self.fields["cost"].unit = _("yuan")  # type: ignore[attr-defined]  # a number field of ours

    def to_draft(self) -> RemedyDraft:
        """The plan."""
        return RemedyDraft(**self.cleaned_data)


class FinishRemedyForm(Form):
    """What came of it."""

    outcome = forms.CharField(label=_("What was done"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label=_("Photo or document"), required=False)


class DropRemedyForm(Form):
    """Why it is given up."""

    outcome = forms.CharField(label=_("Reason"), max_length=500)


def evidence(upload: Any) -> Evidence | None:
    """The file, if one was sent; the action keeps it."""
    return Evidence(upload, upload.name) if upload else None
