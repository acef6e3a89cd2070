"""Forms for what a station does and keeps: duties, bookings, things, and where it stands among others."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushe.kernel.clock import POLICY_ZONE
from wushe.policies.queries import Code
from wushe.stations.actions import AssetDraft, BookingDraft
from wushe.stations.models import Booking, Station
from wushe.web.common.forms import DateInput, Form
from wushe.web.common.templatetags.wushe import label

MOST_WEEKS = 26


class TimeInput(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class RecordDutyForm(Form):
    """When it was done, and what shows it."""

    done_on = forms.DateField(label=_("Done on"), widget=DateInput())
    words = forms.CharField(label=_("What was done"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    link = forms.URLField(
        label=_("Link"), max_length=300, required=False, assume_scheme="https", help_text=_("For example to the news or the notice.")
    )
    file = forms.FileField(label=_("Photo or document"), required=False)


class ReasonForm(Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class BookRoomForm(Form):
    """Who has the room, when and for what."""

    holder = forms.CharField(label=_("Who uses it"), max_length=120, help_text=_("The group, organisation or unit that uses the room."))
    purpose = forms.CharField(label=_("What for"), max_length=200)
    day = forms.DateField(label=_("Day"), widget=DateInput())
    starts = forms.TimeField(label=_("From"), widget=TimeInput())
    ends = forms.TimeField(label=_("Until"), widget=TimeInput())
    weeks = forms.IntegerField(
        label=_("How many weeks running"), min_value=1, max_value=MOST_WEEKS, initial=1, help_text=_("1 books this day only.")
    )

    def to_draft(self) -> BookingDraft:
        """The booking."""
        given = self.cleaned_data
        starts, ends = (_moment(given["day"], given[name]) for name in ("starts", "ends"))
        return BookingDraft(given["holder"], given["purpose"], starts, ends, given["weeks"])


class NoteUseForm(Form):
    """How long the room was really used, and by how many."""

    minutes = forms.IntegerField(label=_("Minutes of use"), min_value=0, max_value=100_000, help_text=_("0 when nobody came."))
    persons = forms.IntegerField(label=_("How many people"), min_value=0, max_value=100_000)

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        planned = int((booking.ends_at - booking.starts_at).total_seconds() // 60)
        initial = {"minutes": planned if booking.minutes is None else booking.minutes, "persons": booking.persons}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["minutes"].unit = _("minutes")  # type: ignore[attr-defined]  # a number field of ours
        self.fields["persons"].unit = _("persons")  # type: ignore[attr-defined]  # a number field of ours


class EnterAssetForm(Form):
    """Things of one sort."""

    kind = forms.ChoiceField(label=_("Sort of equipment"))
    name = forms.CharField(label=_("Name or model"), max_length=80)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=100_000, initial=1)
    custodian = forms.CharField(label=_("Who answers for it"), max_length=60)
    source = forms.ChoiceField(label=_("Source of money"))
    cost = forms.DecimalField(label=_("Cost of all"), min_value=0, max_digits=14, decimal_places=2, required=False)
    received_on = forms.DateField(label=_("Received on"), widget=DateInput())

    def __init__(self, *args: Any, kinds: Iterable[Code], sources: Iterable[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices(kinds)  # type: ignore[attr-defined]  # a choice field
        self.fields["source"].choices = choices(sources)  # type: ignore[attr-defined]  # a choice field
        self.fields["cost"].unit = _("yuan")  # type: ignore[attr-defined]  # a number field of ours

    def to_draft(self) -> AssetDraft:
        """The things."""
        return AssetDraft(**self.cleaned_data)


class HandOverAssetForm(Form):
    """Who answers for it from now on."""

    custodian = forms.CharField(label=_("Who answers for it"), max_length=60)


class WriteOffAssetForm(Form):
    """From when on it is gone, and why."""

    on = forms.DateField(label=_("Written off on"), widget=DateInput())
    reason = forms.CharField(label=_("Reason"), max_length=300)


class SharePremisesForm(Form):
    """What else is at the door, and under whose roof the station stands."""

    functions = forms.MultipleChoiceField(label=_("Other signs at the door"), widget=forms.CheckboxSelectMultiple, required=False)
    housed_in = forms.TypedChoiceField(
        label=_("Stands in the floor space of"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Sums count the shared floor space once."),
    )

    def __init__(self, *args: Any, functions: Iterable[Code], hosts: Iterable[Station], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["functions"].choices = [(code.code, label(code)) for code in functions if not code.retired]  # type: ignore[attr-defined]  # a choice field
        self.fields["housed_in"].choices = [("", _("nobody: it has its own")), *((host.pk, host.name) for host in hosts)]  # type: ignore[attr-defined]  # a choice field


class TieStationForm(Form):
    """Which station guides it, and from when on."""

    above = forms.TypedChoiceField(label=_("Guided by"), coerce=int)
    since = forms.DateField(label=_("From"), widget=DateInput())

    def __init__(self, *args: Any, guides: Iterable[Station], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["above"].choices = [("", _("Choose")), *((guide.pk, guide.name) for guide in guides)]  # type: ignore[attr-defined]  # a choice field


def choices(codes: Iterable[Code]) -> list[tuple[str, Any]]:
    """What may be chosen of a code list."""
    return [("", _("Choose")), *((code.code, label(code)) for code in codes if not code.retired)]


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=POLICY_ZONE)
