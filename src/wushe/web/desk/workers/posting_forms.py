"""What is typed about posts and about who holds them."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushe.accounts.models import Body
from wushe.accounts.queries import Scope
from wushe.policies.queries import Code, Policy
from wushe.regions.models import Level, Region
from wushe.stations.queries import station_of
from wushe.web.common.fields import RegionField
from wushe.web.common.forms import DateInput, Form
from wushe.web.desk.workers.forms import options
from wushe.workforce.actions import PostingDraft, PostsDraft
from wushe.workforce.models import Posting

STATION = "station"
BETWEEN = re.compile(r"[、,，;；\s]+")


class PlacedForm(Form):
    """Where a post is: at the place itself, at its station, with an agency or another employer."""

    region = RegionField(label=_("Place"), levels=(Level.COUNTY, Level.TOWN, Level.COMMUNITY))
    body = forms.ChoiceField(label=_("Unit"), required=False)

    def __init__(self, *args: Any, scope: Scope, on: date, units: Iterable[Body] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.units = on, {body.number: body for body in units}
        self.fields["region"].limit_to(levels=self.fields["region"].levels, within=scope.common_place)
        own = [(STATION, _("The station or room of the place")), ("", _("The place itself: its committee or office"))]
        self.fields["body"].choices = [*own, *((number, body.name) for number, body in self.units.items())]

    def clean(self) -> dict[str, Any]:
        """The body itself in place of what was chosen."""
        given: dict[str, Any] = super().clean() or {}
        chosen, region = given.get("body", ""), given.get("region")
        if chosen == STATION and region is not None:
            station = station_of(region, self.on)
            if station is None:
                self.add_error("body", _("No station is open at this place. Choose another unit, or enter the station first."))
            else:
                given["body"] = station.body
        else:
            given["body"] = self.units.get(chosen)
        return given


class JobForm(Form):
    """What somebody does in a post."""

    position = forms.ChoiceField(label=_("Sort of post"))
    mode = forms.ChoiceField(label=_("How they came to it"))
    since = forms.DateField(label=_("Since"), widget=DateInput())
    full_time = forms.BooleanField(label=_("Full time"), required=False, initial=True)
    is_leader = forms.BooleanField(
        label=_("Responsible leader for social work"), required=False, help_text=_("One in each community or village.")
    )
    grids = forms.CharField(label=_("Grids"), max_length=200, required=False, help_text=_("Several are separated by 、"))
    contract_until = forms.DateField(label=_("Contract until"), widget=DateInput(), required=False)

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].choices = options(policy.codes("positions"))
        self.fields["mode"].choices = options(policy.codes("posting_modes"))

    def clean_grids(self) -> tuple[str, ...]:
        """The names of the grids."""
        return tuple(name for name in BETWEEN.split(self.cleaned_data["grids"]) if name)


class PlaceWorkerForm(JobForm, PlacedForm):
    """A post that begins."""

    field_order = ("region", "body")

    def to_draft(self) -> PostingDraft:
        """The post."""
        return PostingDraft(**{name: value for name, value in self.cleaned_data.items() if name != "reason"})


class MoveWorkerForm(PlaceWorkerForm):
    """A post that takes the place of another."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class CorrectPostingForm(JobForm):
    """What was entered wrong; the place stays."""

    def to_draft(self, region: Region, body: Body | None) -> PostingDraft:
        """The post as it should stand."""
        return PostingDraft(region=region, body=body, **self.cleaned_data)


class EndPostingForm(Form):
    """When and why a post ends."""

    until = forms.DateField(label=_("First day without the post"), widget=DateInput())
    reason = forms.CharField(label=_("Reason"), max_length=300)


class WithdrawPostingForm(Form):
    """Why a post was entered by mistake."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class SetUpPostsForm(PlacedForm):
    """Posts that a document sets up."""

    position = forms.ChoiceField(label=_("Sort of post"))
    posts = forms.IntegerField(label=_("How many"), min_value=1, max_value=999)
    document = forms.CharField(label=_("Document"), max_length=200, help_text=_("Its number or title."))
    since = forms.DateField(label=_("Since"), widget=DateInput())

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].choices = options(policy.codes("positions"))

    def to_draft(self) -> PostsDraft:
        """The posts."""
        return PostsDraft(**self.cleaned_data)


class RegisterEmployerForm(Form):
    """An office or institution that has posts of social work."""

    name = forms.CharField(label=_("Name of the employer"), max_length=120)
    kind = forms.ChoiceField(label=_("Sort of employer"))
    region = RegionField(label=_("Place"), levels=(Level.COUNTY, Level.TOWN, Level.COMMUNITY))

    def __init__(self, *args: Any, scope: Scope, kinds: Iterable[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = options(kinds)
        self.fields["region"].limit_to(levels=self.fields["region"].levels, within=scope.common_place)


class GiveUpPostsForm(Form):
    """When and why posts end."""

    until = forms.DateField(label=_("First day without the posts"), widget=DateInput())
    reason = forms.CharField(label=_("Reason"), max_length=300)


def job_of(posting: Posting) -> dict[str, Any]:
    """A post as the form begins with it."""
    names = ("position", "mode", "since", "full_time", "is_leader", "contract_until")
    return {name: getattr(posting, name) for name in names} | {"grids": _(", ").join(posting.grids)}
