from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.organisations.actions import MembershipDraft, SeatDraft
from wushe.organisations.models import Membership, Organisation
from wushe.policies.queries import Code
from wushe.web.common.forms import DateInput, Form
from wushe.web.common.templatetags.wushe import label


class AdmitMemberForm(Form):
    """Who joins the federation."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Entry in the register"),
        help_text=gettext_lazy("Choose the entry of an organisation; mass organisations and others without one are named below."),
        queryset=Organisation.objects.none(),
        empty_label=gettext_lazy("No entry in the register"),
        required=False,
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    joined_on = forms.DateField(label=gettext_lazy("Member since"), widget=DateInput())

    def __init__(self, *args: Any, kinds: tuple[Code, ...], organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.code, label(kind)) for kind in kinds if not kind.retired]
        self.fields["kind"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]  # a choice field
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]  # a choice field

    def to_draft(self) -> MembershipDraft:
        """The member."""
        return MembershipDraft(**self.cleaned_data)


class EndMembershipForm(Form):
    """When a member leaves, and why."""

    left_on = forms.DateField(label=gettext_lazy("First day without the member"), widget=DateInput())
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class FillBoardSeatForm(Form):
    """Who takes which seat."""

    person = forms.CharField(label=gettext_lazy("Full name"), max_length=60)
    position = forms.CharField(
        label=gettext_lazy("Position"), help_text=gettext_lazy("For example: chair, deputy chair, secretary."), max_length=60
    )
    membership = forms.ModelChoiceField(
        label=gettext_lazy("Sent by the member"), queryset=Membership.objects.none(), empty_label="—", required=False
    )
    seated_on = forms.DateField(label=gettext_lazy("On the board since"), widget=DateInput())

    def __init__(self, *args: Any, members: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = members  # type: ignore[attr-defined]  # a choice field

    def to_draft(self) -> SeatDraft:
        """The seat."""
        return SeatDraft(**self.cleaned_data)


class VacateBoardSeatForm(Form):
    """When the seat falls empty."""

    vacated_on = forms.DateField(label=gettext_lazy("First day without the seat"), widget=DateInput())


class RecordPledgeForm(Form):
    """What a member promises."""

    text = forms.CharField(label=gettext_lazy("What is promised"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    pledged_on = forms.DateField(label=gettext_lazy("Promised on"), widget=DateInput())


class PeerReviewForm(Form):
    """What another member found."""

    reviewer = forms.ModelChoiceField(
        label=gettext_lazy("Who reviewed"), queryset=Membership.objects.none(), empty_label=gettext_lazy("Choose")
    )
    reviewed_on = forms.DateField(label=gettext_lazy("Reviewed on"), widget=DateInput())
    keeps = forms.TypedChoiceField(
        label=gettext_lazy("Result of the review"),
        coerce=lambda value: value == "yes",
        choices=[("yes", gettext_lazy("keeps its promises")), ("no", gettext_lazy("has something to mend"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=gettext_lazy("What was seen"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, peers: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = peers  # type: ignore[attr-defined]  # a choice field


class CommentOnMemberForm(Form):
    """What the federation says of a member."""

    text = forms.CharField(label=gettext_lazy("Comment"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class FederationDutyForm(Form):
    """What was done for a duty."""

    duty = forms.ChoiceField(label=gettext_lazy("Duty"))
    done_on = forms.DateField(label=gettext_lazy("Done on"), widget=DateInput())
    text = forms.CharField(label=gettext_lazy("What was done"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, duties: tuple[Code, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(duty.code, label(duty)) for duty in duties if not duty.retired]
        self.fields["duty"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]  # a choice field


class WithdrawForm(Form):
    """Why a record is taken back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
