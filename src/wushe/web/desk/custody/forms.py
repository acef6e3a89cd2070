from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wushe.organisations.actions import CustodyDraft
from wushe.organisations.models import CustodyKind, Organisation
from wushe.web.common.forms import DateInput, Form
from wushe.web.common.growth_words import CUSTODY


class OpenCustodyForm(Form):
    """Whose money is kept, by which agreement."""

    hub = forms.ModelChoiceField(label=gettext_lazy("Hub organisation"), queryset=Organisation.objects.none(), empty_label=None)
    client = forms.ModelChoiceField(
        label=gettext_lazy("Organisation whose money it is"), queryset=Organisation.objects.none(), empty_label=gettext_lazy("Choose")
    )
    agreement = forms.CharField(label=gettext_lazy("Agreement"), help_text=gettext_lazy("Its number or name."), max_length=120)
    opened_on = forms.DateField(label=gettext_lazy("Kept since"), widget=DateInput())

    def __init__(self, *args: Any, hubs: QuerySet[Organisation], clients: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hub"].queryset = hubs  # type: ignore[attr-defined]  # a choice field
        self.fields["client"].queryset = clients  # type: ignore[attr-defined]  # a choice field


class CustodyEntryForm(Form):
    """One movement with its voucher."""

    kind = forms.TypedChoiceField(label=gettext_lazy("What"), coerce=CustodyKind, choices=list(CUSTODY.items()))
    amount = forms.DecimalField(label=gettext_lazy("Amount"), min_value=0, max_digits=12, decimal_places=2)
    occurred_on = forms.DateField(label=gettext_lazy("Day"), widget=DateInput())
    voucher = forms.CharField(label=gettext_lazy("Voucher"), max_length=60)
    purpose = forms.CharField(label=gettext_lazy("What for"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].unit = _("yuan")  # type: ignore[attr-defined]  # a number field of ours

    def to_draft(self) -> CustodyDraft:
        """The movement."""
        return CustodyDraft(**self.cleaned_data)


class RefuseForm(Form):
    """Why a movement is not approved."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class CloseCustodyForm(Form):
    """The last day."""

    closed_on = forms.DateField(label=gettext_lazy("Last day"), widget=DateInput())


class StatementForm(Form):
    """The days of a statement."""

    since = forms.DateField(label=gettext_lazy("From"), widget=DateInput())
    until = forms.DateField(label=gettext_lazy("Until"), widget=DateInput())
