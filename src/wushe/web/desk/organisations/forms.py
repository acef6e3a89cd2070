from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wushe.organisations.actions import NewOrganisation, Profile, Scan
from wushe.organisations.models import Organisation, PurposeClass
from wushe.policies.queries import Policy
from wushe.regions.models import Level, Region
from wushe.web.common.fields import RegionField
from wushe.web.common.filing_form import ACCEPTED, category_words, field_words
from wushe.web.common.forms import DateInput, Form
from wushe.web.common.organisation_words import PURPOSES
from wushe.web.common.templatetags.wushe import label

PROFILE = (
    *(
        "name",
        "region",
        "purpose_class",
        "purpose_evidence",
        "scheme_category",
        "service_fields",
        "client_groups",
        "uscc",
        "members",
        "premises",
        "funds",
        "staff",
        "accountant_certificate",
    ),
    *(
        "has_charter",
        "has_head",
        "party_organisation",
        "party_members",
        "party_evidence",
        "professionals",
        "professionals_as_of",
        "professionals_evidence",
    ),
)


class ProfileForm(Form):
    """What an organisation is."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    region = RegionField(label=gettext_lazy("Seat"), levels=(Level.TOWN, Level.COMMUNITY))
    purpose_class = forms.ChoiceField(label=gettext_lazy("Purpose class"))
    purpose_evidence = forms.CharField(
        label=gettext_lazy("What shows the purpose"),
        help_text=gettext_lazy("For example the article of its charter, or the activities of a year."),
        max_length=200,
        required=False,
    )
    scheme_category = forms.ChoiceField(
        label=gettext_lazy("Local category"), help_text=gettext_lazy("By the scheme of the place, apart from the purpose."), required=False
    )
    service_fields = forms.MultipleChoiceField(
        label=gettext_lazy("Fields of activity"), required=False, widget=forms.CheckboxSelectMultiple
    )
    client_groups = forms.MultipleChoiceField(label=gettext_lazy("Whom it serves"), required=False, widget=forms.CheckboxSelectMultiple)
    uscc = forms.CharField(label=gettext_lazy("Credit code"), max_length=30, required=False)
    members = forms.IntegerField(label=gettext_lazy("Members"), min_value=0, max_value=1_000_000, required=False)
    premises = forms.CharField(label=gettext_lazy("Place of activity"), max_length=120, required=False)
    funds = forms.DecimalField(label=gettext_lazy("Funds"), min_value=0, max_digits=14, decimal_places=2, required=False)
    staff = forms.IntegerField(label=gettext_lazy("Staff"), min_value=0, max_value=9999, required=False)
    accountant_certificate = forms.CharField(label=gettext_lazy("Certificate of the accountant"), max_length=60, required=False)
    has_charter = forms.NullBooleanField(label=gettext_lazy("Has a charter"))
    has_head = forms.NullBooleanField(label=gettext_lazy("Has a head"))
    party_organisation = forms.BooleanField(label=gettext_lazy("Has a party organisation"), required=False)
    party_members = forms.IntegerField(label=gettext_lazy("Party members"), min_value=0, max_value=1_000_000, required=False)
    party_evidence = forms.CharField(
        label=gettext_lazy("Paper of the party organisation"),
        help_text=gettext_lazy("Its name and the approval."),
        max_length=120,
        required=False,
    )
    professionals = forms.IntegerField(label=gettext_lazy("Licensed social workers"), min_value=0, max_value=9999, required=False)
    professionals_as_of = forms.DateField(label=gettext_lazy("Counted on"), widget=DateInput(), required=False)
    professionals_evidence = forms.CharField(label=gettext_lazy("Seen in"), max_length=300, required=False)

    def __init__(self, *args: Any, policy: Policy, within: Region | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose_class"].choices = [("", _("Choose")), *PURPOSES.items()]  # type: ignore[attr-defined]  # a choice field
        self.fields["scheme_category"].choices = [("", "—"), *category_words(policy).items()]  # type: ignore[attr-defined]  # a choice field
        self.fields["service_fields"].choices = list(field_words(policy).items())  # type: ignore[attr-defined]  # a choice field
        self.fields["client_groups"].choices = [(code.code, label(code)) for code in policy.codes("client_groups")]  # type: ignore[attr-defined]  # a choice field
        self.fields["region"].limit_to(levels=(Level.TOWN, Level.COMMUNITY), within=within)  # type: ignore[attr-defined]  # a place field
        self.fields["funds"].unit = _("yuan")  # type: ignore[attr-defined]  # a number field of ours

    def to_profile(self) -> Profile:
        """The profile as typed."""
        given = {name: self.cleaned_data[name] for name in PROFILE}
        lists = {name: tuple(given[name]) for name in ("service_fields", "client_groups")}
        given |= {"purpose_class": PurposeClass(given["purpose_class"]), **lists}
        return Profile(**given)


def profile_typed(row: Organisation) -> dict[str, Any]:
    """The profile of an organisation as it is typed."""
    return {name: getattr(row, name) for name in PROFILE}


class RegisterOrganisationForm(ProfileForm):
    """An organisation that enters the register, with how far it has come."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    founded_on = forms.DateField(label=gettext_lazy("Founded on"), widget=DateInput())
    preparing_on = forms.DateField(label=gettext_lazy("Began to prepare on"), widget=DateInput(), required=False)
    filed_on = forms.DateField(label=gettext_lazy("Filed on"), widget=DateInput(), required=False)
    registered_on = forms.DateField(label=gettext_lazy("Registered on"), widget=DateInput(), required=False)

    field_order = (
        "name",
        "kind",
        "region",
        "purpose_class",
        "service_fields",
        "founded_on",
        "preparing_on",
        "filed_on",
        "registered_on",
        "uscc",
    )

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, policy=policy, **kwargs)
        language = get_language() or ""
        kinds = [(code.code, code.label(language)) for code in policy.codes("organisation_kinds") if not code.retired]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field

    def to_draft(self) -> NewOrganisation:
        """The organisation as typed."""
        days = {name: self.cleaned_data[name] for name in ("founded_on", "preparing_on", "filed_on", "registered_on")}
        return NewOrganisation(self.to_profile(), self.cleaned_data["kind"], **days)


class WithPaper(Form):
    """The paper of a step: its number or name, and the paper itself as a file."""

    document = forms.CharField(label=gettext_lazy("Paper"), help_text=gettext_lazy("Its number or name."), max_length=120, required=False)
    scan = forms.FileField(
        label=gettext_lazy("The paper as a file"),
        help_text=gettext_lazy("A PDF, Word document or photo."),
        required=False,
        widget=forms.FileInput(attrs=ACCEPTED),
    )

    def scanned(self) -> Scan | None:
        """The file, if one was handed in."""
        given = self.cleaned_data["scan"]
        return Scan(given, given.name) if given else None


class AmendForm(WithPaper, ProfileForm):
    """What the organisation itself has changed, when, and by which paper."""

    what = forms.CharField(label=gettext_lazy("What has changed"), max_length=300)
    amended_on = forms.DateField(label=gettext_lazy("Changed on"), widget=DateInput())

    field_order = ("what", "amended_on", "document", "scan")


class DayForm(WithPaper):
    """A day of the life with its paper."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=DateInput())

    field_order: tuple[str, ...] = ("day", "document", "scan")


class RegistrationForm(DayForm):
    """The day on which the authority made the organisation a legal person."""

    uscc = forms.CharField(label=gettext_lazy("Credit code"), max_length=30)

    field_order = ("day", "uscc", "document", "scan")


class DeregistrationForm(WithPaper):
    """The last day, and why."""

    day = forms.DateField(label=gettext_lazy("Last day"), widget=DateInput())
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    field_order = ("day", "reason", "document", "scan")


class PlanGuidanceForm(Form):
    """When somebody goes, and what it is about."""

    planned_on = forms.DateField(label=gettext_lazy("Planned for"), widget=DateInput())
    plan = forms.CharField(label=gettext_lazy("What the visit is about"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class RecordGuidanceForm(Form):
    """What came of a visit."""

    held_on = forms.DateField(label=gettext_lazy("Held on"), widget=DateInput())
    result = forms.CharField(label=gettext_lazy("Result"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
