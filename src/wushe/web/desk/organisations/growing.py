"""Forms of what helps an organisation on: an accountant, help to register, support; and of sanctions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.organisations.actions import AccountantDraft, NewSanction, SupportDraft
from wushe.policies.queries import Code
from wushe.web.common.forms import DateInput, Form
from wushe.web.common.templatetags.wushe import label


class AccountantForm(Form):
    """Who keeps the books, with the qualification."""

    person = forms.CharField(label=gettext_lazy("Full name"), max_length=60)
    certificate = forms.CharField(
        label=gettext_lazy("Certificate"),
        help_text=gettext_lazy("Its number. One accountant may keep the books of several organisations."),
        max_length=60,
    )
    qualification = forms.CharField(
        label=gettext_lazy("Qualification"), help_text=gettext_lazy("As the certificate names it."), max_length=60
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Valid until"), help_text=gettext_lazy("Empty when it has no end."), widget=DateInput(), required=False
    )
    part_time = forms.BooleanField(label=gettext_lazy("Part-time"), required=False)
    since = forms.DateField(label=gettext_lazy("Keeps the books since"), widget=DateInput())

    def to_draft(self) -> AccountantDraft:
        """The accountant."""
        return AccountantDraft(**self.cleaned_data)


class ReleaseForm(Form):
    """From which day on nobody keeps the books."""

    until = forms.DateField(label=gettext_lazy("First day without the accountant"), widget=DateInput())


class HandInForm(Form):
    """When the papers went to the authority."""

    handed_in_on = forms.DateField(label=gettext_lazy("Handed in on"), widget=DateInput())


class EndForm(Form):
    """How help ended without a registration."""

    ended_on = forms.DateField(label=gettext_lazy("Day"), widget=DateInput())
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class GrantSupportForm(Form):
    """A support as its document grants it."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    amount = forms.DecimalField(label=gettext_lazy("Amount"), min_value=0, max_digits=12, decimal_places=2)
    granted_on = forms.DateField(label=gettext_lazy("Granted on"), widget=DateInput())
    document = forms.CharField(label=gettext_lazy("Paper"), help_text=gettext_lazy("Its number or name."), max_length=120)
    purpose = forms.CharField(label=gettext_lazy("What for"), max_length=300, required=False)

    def __init__(self, *args: Any, kinds: tuple[Code, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.code, label(kind)) for kind in kinds if not kind.retired]
        self.fields["kind"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]  # a choice field
        self.fields["amount"].unit = _("yuan")  # type: ignore[attr-defined]  # a number field of ours

    def to_draft(self) -> SupportDraft:
        """The support."""
        return SupportDraft(**self.cleaned_data)


class WithdrawSupportForm(Form):
    """Why a support is taken back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class SanctionForm(Form):
    """A punishment as its document orders it."""

    since = forms.DateField(label=gettext_lazy("From"), widget=DateInput())
    until = forms.DateField(
        label=gettext_lazy("First day after it"),
        help_text=gettext_lazy("Empty when it binds until it is lifted."),
        widget=DateInput(),
        required=False,
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    document = forms.CharField(label=gettext_lazy("Paper"), help_text=gettext_lazy("Its number or name."), max_length=200)

    def to_draft(self) -> NewSanction:
        """The punishment."""
        return NewSanction(**self.cleaned_data)


class LiftSanctionForm(Form):
    """When a punishment ends before its time, and why."""

    lifted_on = forms.DateField(label=gettext_lazy("Lifted on"), widget=DateInput())
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
