from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wushe.accounts.models import Body
from wushe.needs.models import Need
from wushe.projects.models import Project
from wushe.projects.queries import needs_of
from wushe.regions.models import Level, Region
from wushe.services.actions import ActivityDraft, ContributionDraft, EntryDraft, InvolvementDraft, PersonDraft
from wushe.services.models import ActivityKind, Society
from wushe.stations.facts import living_stations
from wushe.stations.models import Station
from wushe.web.common.fields import BodyField
from wushe.web.common.forms import MOST_PERSONS, DateInput, Form
from wushe.workforce.models import Certificate, Posting, Worker
from wushe.workforce.queries import people_at, shown

HELPERS = (Society.VOLUNTEER, Society.ORGANISATION, Society.COMMUNITY, Society.RESOURCE)
KINDS = {ActivityKind.ACTIVITY: _("Activity"), ActivityKind.GROUP: _("Group session"), ActivityKind.VISIT: _("Home visit")}


class EnterStationForm(Form):
    """Which station, since when, and who leads the work."""

    station = forms.ModelChoiceField(Station.objects.none(), label=_("Station"))
    entered_on = forms.DateField(label=_("Day of entry"), widget=DateInput())
    professional = forms.CharField(label=_("Professional social worker in charge"), max_length=60)
    certificate = forms.CharField(label=_("Certificate number"), max_length=60)
    worker = forms.ModelChoiceField(
        Worker.objects.none(),
        label=_("The same person in the register"),
        help_text=_("Who works at your agency by the register. Left empty, name and certificate number are looked up there."),
        empty_label=_("nobody chosen"),
        required=False,
    )
    room = forms.CharField(label=_("Room"), max_length=120, required=False)
    room_is_free = forms.BooleanField(label=_("The room is provided free of charge"), required=False, initial=True)
    room_until = forms.DateField(
        label=_("Free of charge until"),
        help_text=_("The last day. Left empty, it is the last day of the agreement."),
        widget=DateInput(),
        required=False,
    )

    def __init__(self, *args: Any, project: Project, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        working = living_stations(on)
        stations = working.filter(region__in=[project.region_id, *project.region.ancestor_ids])
        posted = people_at(project.agreement.agency.body, on) if hasattr(project, "agreement") else Posting.objects.none()
        held = Prefetch("certificates", Certificate.objects.held(on).order_by("-rank"), to_attr="held")
        workers = Worker.objects.filter(pk__in=posted.order_by().values("worker")).prefetch_related(held)
        self.fields["worker"].queryset = workers.order_by("number")
        self.fields["worker"].label_from_instance = _in_register
        within = working.filter(region__in=Region.objects.under(project.region))
        self.fields["station"].queryset = (stations | within).distinct().order_by("region__level", "region__code")

    def to_draft(self) -> EntryDraft:
        """The values for the action."""
        return EntryDraft(**self.cleaned_data)


def _in_register(worker: Any) -> str:
    """The family name with the certificates: the whole name is typed by whoever knows it."""
    return " · ".join([shown(worker, keeps=False).name, *(each.certificate for each in worker.held), worker.number])


class RoomEndForm(Form):
    """Until when the room is free."""

    room_until = forms.DateField(label=_("Free of charge until"), help_text=_("The last day."), widget=DateInput())


class JoinForm(Form):
    """A member of the team by name, or a community organisation that works with it."""

    name = forms.CharField(label=_("Member of the team"), max_length=60, required=False)
    organisation = BodyField(
        label=_("Or a community organisation as partner"), help_text=_("Its name, a part of it, or its number."), required=False
    )
    duty = forms.CharField(label=_("Duty in the project"), max_length=120, required=False)
    certificate = forms.CharField(label=_("Certificate number"), max_length=60, required=False)
    since = forms.DateField(label=_("Since"), widget=DateInput())

    def __init__(self, *args: Any, project: Project, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since": on}, **kwargs)
        county = project.region.county or project.region
        bodies = Body.objects.filter(organisation__region__in=Region.objects.under(county)).order_by("name")
        cast("BodyField", self.fields["organisation"]).choose_from(bodies)

    def to_draft(self) -> InvolvementDraft:
        """The values for the action."""
        given = self.cleaned_data
        body = given["organisation"]
        return InvolvementDraft(**given | {"organisation": body.organisation if body else None})


class LeaveForm(Form):
    """From which day somebody takes part no longer."""

    until = forms.DateField(label=_("Takes part until"), widget=DateInput())


class RecordActivityForm(Form):
    """What was done, where, with whom, and who of the five societies helped."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS.items(), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=120)
    held_on = forms.DateField(label=_("Day"), widget=DateInput())
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Community or village"))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    need = forms.ModelChoiceField(
        queryset=Need.objects.none(), label=_("For which need"), required=False, empty_label=_("For the project as a whole")
    )
    persons = forms.CharField(
        label=_("People who are known"),
        help_text=_("One person a line: name, then the phone number if you have it. They count as persons and as person-times."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    counted = forms.IntegerField(
        label=_("People who were only counted"),
        help_text=_("They count as person-times, never as persons."),
        min_value=0,
        max_value=MOST_PERSONS,
        required=False,
        initial=0,
    )
    address = forms.CharField(
        label=_("Address of the household"),
        help_text=_("For home visits: households are counted by it; it is kept unreadable."),
        required=False,
    )
    summary = forms.CharField(label=_("What happened"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, required=False)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.under(project.region).filter(level=Level.COMMUNITY).order_by("code")
        self.fields["need"].queryset = needs_of(project)
        self.fields["need"].label_from_instance = lambda need: f"{need.number} {need.wish[:24]}"
        for society in HELPERS:
            self.fields[f"{society}_name"] = forms.CharField(label=_("Name"), max_length=120, required=False)
            self.fields[f"{society}_persons"] = forms.IntegerField(label=_("People"), min_value=0, max_value=MOST_PERSONS, required=False)
            self.fields[f"{society}_hours"] = forms.DecimalField(
                label=_("Hours together"), min_value=0, max_digits=8, decimal_places=1, required=False
            )
            self.fields[f"{society}_value"] = forms.DecimalField(
                label=_("Value in yuan"), min_value=0, max_digits=12, decimal_places=2, required=False
            )

    def helpers(self) -> list[dict[str, Any]]:
        """The fields of each helping society, for the table in the page."""
        parts = ("name", "persons", "hours", "value")
        return [{"society": society} | {part: self[f"{society}_{part}"] for part in parts} for society in HELPERS]

    def main_fields(self) -> list[Any]:
        """The fields before the table of helpers."""
        names = ("kind", "title", "held_on", "region", "place", "need", "persons", "counted", "address", "summary")
        return [self[name] for name in names]

    def clean_persons(self) -> tuple[PersonDraft, ...]:
        """The people, in the order of the lines."""
        lines = [line for line in self.cleaned_data["persons"].splitlines() if line.strip()]
        return tuple(_person(line, number) for number, line in enumerate(lines, start=1))

    def to_draft(self) -> ActivityDraft:
        """The values for the action."""
        data = self.cleaned_data
        return ActivityDraft(
            kind=data["kind"],
            title=data["title"],
            held_on=data["held_on"],
            region=data["region"],
            place=data["place"],
            summary=data["summary"],
            need=data["need"],
            persons=data["persons"],
            counted=data["counted"] or 0,
            address=data["address"],
            contributions=tuple(self._contributions()),
        )

    def _contributions(self) -> list[ContributionDraft]:
        rows = []
        for society in HELPERS:
            persons, hours, value = (self.cleaned_data.get(f"{society}_{part}") or 0 for part in ("persons", "hours", "value"))
            if persons or hours or value:
                name = self.cleaned_data[f"{society}_name"] or str(society.label)
                rows.append(ContributionDraft(society, name, persons=persons, hours=Decimal(hours), value=Decimal(value)))
        return rows


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300)


def _person(line: str, number: int) -> PersonDraft:
    words = line.replace("，", " ").replace(",", " ").split()
    if not words:
        raise ValidationError(gettext("Line %(line)s has no name. Write one person a line: the name first.") % {"line": number})
    return PersonDraft(words[0], words[-1] if len(words) > 1 else "")
