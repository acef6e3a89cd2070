"""What is typed about a person and their certificates."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushe.accounts.queries import Scope
from wushe.policies.queries import Code, Policy
from wushe.regions.models import Level
from wushe.web.common.fields import RegionField
from wushe.web.common.forms import DateInput, Form
from wushe.web.common.templatetags.wushe import label
from wushe.workforce.actions import CertificateDraft, WorkerDraft
from wushe.workforce.queries import Clear


def options(codes: Iterable[Code]) -> list[tuple[str, Any]]:
    """A code list as choices, with an empty first one."""
    return [("", _("Choose")), *((code.code, label(code)) for code in codes if not code.retired)]


class WorkerForm(Form):
    """A person of the register."""

    name = forms.CharField(label=_("Name of the person"), max_length=80)
    identity = forms.CharField(
        label=_("Identity paper"),
        max_length=30,
        help_text=_("Identity card, or another paper; kept encrypted, and tells whether the person is on the register already."),
    )
    kind = forms.ChoiceField(label=_("Kind"))
    region = RegionField(
        label=_("Place that keeps the entry"),
        levels=(Level.COUNTY, Level.TOWN, Level.COMMUNITY),
        help_text=_("Where the person belongs. Posts elsewhere are entered on their page."),
    )
    joined_on = forms.DateField(label=_("Joined on"), widget=DateInput())
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    education = forms.ChoiceField(label=_("Education"), required=False)
    username = forms.CharField(
        label=_("Account of the person"),
        max_length=150,
        required=False,
        help_text=_("The name with which they sign in, if they do. Then they can correct their own phone."),
    )

    def __init__(self, *args: Any, policy: Policy, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = options(policy.codes("worker_kinds"))
        self.fields["education"].choices = options(policy.codes("education_levels"))
        self.fields["region"].limit_to(levels=self.fields["region"].levels, within=scope.common_place)

    def to_draft(self) -> WorkerDraft:
        """The person."""
        return WorkerDraft(**self.cleaned_data)


class UpdateWorkerForm(WorkerForm):
    """The same; papers and phone are not shown, and stay as they are when left empty."""

    def __init__(self, *args: Any, known: Clear, masked: Clear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        for name in ("identity", "phone"):
            self.fields[name].required = False
            self.fields[name].help_text = _("Left empty it stays as it is.")
            self.fields[name].widget.attrs["placeholder"] = getattr(masked, name)

    def to_draft(self) -> WorkerDraft:
        """The person, with what was not typed again."""
        kept = {name: self.cleaned_data[name] or getattr(self.known, name) for name in ("identity", "phone")}
        return WorkerDraft(**(self.cleaned_data | kept))


class ReleaseWorkerForm(Form):
    """When and why somebody leaves."""

    left_on = forms.DateField(label=_("First day without the person"), widget=DateInput())
    reason = forms.CharField(label=_("Reason"), max_length=300)


class OwnContactForm(Form):
    """One's own phone."""

    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)


class RegistrationForm(Form):
    """A registration of a certificate."""

    registered_on = forms.DateField(label=_("Registered on"), widget=DateInput())
    valid_until = forms.DateField(
        label=_("Registered until"),
        widget=DateInput(),
        required=False,
        help_text=_("Left empty it follows from the period of the policy."),
    )

    def clean_valid_until(self) -> date | None:
        """Papers name the last day, the register the first day without."""
        last: date | None = self.cleaned_data["valid_until"]
        return last + timedelta(days=1) if last else None


class RecordCertificateForm(RegistrationForm):
    """A certificate, registered or not."""

    level = forms.ChoiceField(label=_("Level of the certificate"))
    certificate = forms.CharField(label=_("Number of the certificate"), max_length=60)
    issued_on = forms.DateField(label=_("Issued on"), widget=DateInput())
    field_order = ("level", "certificate", "issued_on", "registered_on", "valid_until")

    def __init__(self, *args: Any, levels: Iterable[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = options(levels)
        self.fields["registered_on"].required = False
        self.fields["registered_on"].help_text = _("Leave it empty if the certificate is not registered.")

    def to_draft(self) -> CertificateDraft:
        """The certificate."""
        return CertificateDraft(**self.cleaned_data)


class VoidCertificateForm(Form):
    """Why a certificate counts no more."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
