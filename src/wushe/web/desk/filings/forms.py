from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.kernel.errors import DomainError
from wushe.organisations.actions import LineVerdict
from wushe.organisations.errors import LinesUnjudged, ReturnWithoutReason
from wushe.organisations.models import BatchLine, Organisation
from wushe.organisations.queries import Candidate
from wushe.regions.models import Level, Region
from wushe.web.common.fields import RegionField
from wushe.web.common.filing_form import ApplicationForm
from wushe.web.common.forms import Form
from wushe.web.common.refusals import sentence

ACCEPT, RETURN = "accept", "return"


class RecordApplicationForm(ApplicationForm):
    """An application that was handed in on paper."""

    place = RegionField(label=gettext_lazy("Community or village"), levels=(Level.COMMUNITY,))

    def __init__(self, *args: Any, within: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].limit_to(levels=(Level.COMMUNITY,), within=within)  # type: ignore[attr-defined]  # a place field
        self.fields["consent"].label = _("The paper carries the consent of everybody named here")


class OpinionForm(Form):
    """An opinion with a name and a date: both are those of whoever sends it."""

    opinion = forms.CharField(label=gettext_lazy("Opinion"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))


class ReviewForm(OpinionForm):
    """The opinion of whoever looks at an application first, and the record that it belongs to."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Entry in the register"),
        help_text=gettext_lazy("Choose the group when it is on record already, so that its history goes on."),
        queryset=Organisation.objects.none(),
        empty_label=gettext_lazy("A new entry"),
        required=False,
    )

    field_order = ("organisation", "opinion")

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = groups  # type: ignore[attr-defined]  # a choice field
        if not groups:
            self.fields.pop("organisation")


class RosterReasonForm(Form):
    """Why somebody looks at the roster."""

    reason = forms.CharField(label=gettext_lazy("Reason for looking at the roster"), max_length=300)


class FreezeForm(Form):
    """Which filings are reported, and which of them only look like others."""

    filing = forms.TypedMultipleChoiceField(coerce=int, required=False)
    confirmed = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        choices = [(candidate.filing.pk, candidate.filing.certificate) for candidate in candidates]
        for field in self.fields.values():
            field.choices = choices  # type: ignore[attr-defined]  # a choice field

    def rows(self) -> Iterable[dict[str, Any]]:
        """Each candidate, ticked as it was sent, or at first when nothing is wrong with it."""
        for candidate in self.candidates:
            key, clean = str(candidate.filing.pk), _is_clean(candidate)
            sent = self.data.getlist("filing") if self.is_bound else None  # type: ignore[attr-defined]  # what a browser sends
            confirmed = self.data.getlist("confirmed") if self.is_bound else ()  # type: ignore[attr-defined]  # what a browser sends
            yield {"candidate": candidate, "chosen": clean if sent is None else key in sent, "confirmed": key in confirmed}


def _is_clean(candidate: Candidate) -> bool:
    return not candidate.lacks and not candidate.alike and (candidate.mended or not candidate.returned)


class ReceiveForm(Form):
    """The county's word on every line."""

    def __init__(self, *args: Any, lines: Sequence[BatchLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            choices = [("", _("Choose")), (ACCEPT, _("Accept")), (RETURN, _("Return"))]
            named = {"line": line.position}
            self.fields[f"outcome_{line.position}"] = forms.ChoiceField(label=_("Line %(line)s") % named, choices=choices, required=False)
            self.fields[f"reason_{line.position}"] = forms.CharField(
                label=_("Reason, line %(line)s") % named, max_length=300, required=False
            )

    def rows(self) -> Iterable[dict[str, Any]]:
        """Each line with its two fields."""
        for line in self.lines:
            yield {"line": line, "outcome": self[f"outcome_{line.position}"], "reason": self[f"reason_{line.position}"]}

    def to_verdicts(self) -> list[LineVerdict]:
        """What was chosen, line by line."""
        given = self.cleaned_data
        outcomes = {ACCEPT: True, RETURN: False}
        return [
            LineVerdict(line.position, outcomes.get(given[f"outcome_{line.position}"]), given[f"reason_{line.position}"])
            for line in self.lines
        ]

    def refuse(self, error: DomainError) -> None:
        """What is missing stands beside its line."""
        if isinstance(error, LinesUnjudged):
            for position in error.lines:
                self.add_error(f"outcome_{position}", _("Accept or return this line."))
        elif isinstance(error, ReturnWithoutReason):
            self.add_error(f"reason_{error.line}", sentence(error))
        else:
            super().refuse(error)
