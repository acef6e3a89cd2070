from django import forms
from django.utils.translation import gettext_lazy as _

from wushe.kernel.errors import DomainError
from wushe.web.common.filing_form import ApplicationForm
from wushe.web.common.forms import Form


class OpenForm(Form):
    """What opens an application to its founder."""

    code = forms.CharField(
        label=_("Receipt code"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})
    )
    tail = forms.CharField(
        label=_("Last four digits of the head's phone"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class CorrectApplicationForm(ApplicationForm):
    """A returned application. Code and digits come along, so that nothing of them stands in an address or a session."""

    code = forms.CharField(widget=forms.HiddenInput)
    tail = forms.CharField(widget=forms.HiddenInput)

    def refuse(self, error: DomainError) -> None:
        """What is wrong with hidden fields stands on top."""
        if error.field in {"code", "tail"}:
            self.fields.pop(error.field)
        super().refuse(error)
