"""The application to be filed: one form on the portal and on the desk, one set of words on screen, in print and on paper."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wushe.kernel.errors import DomainError
from wushe.kernel.identifiers import clean_phone, is_phone
from wushe.organisations.actions import ApplicationDraft, MemberDraft, PaperDraft
from wushe.organisations.errors import ConsentNotGiven, IdentityInvalid
from wushe.organisations.models import Filing, FilingPaper, PaperKind, PurposeClass
from wushe.organisations.queries import Person, roster_of
from wushe.policies.queries import Policy
from wushe.regions.models import Region
from wushe.web.common.forms import DateInput, Form
from wushe.web.common.organisation_words import PURPOSES
from wushe.web.common.refusals import sentence

SEPARATORS = re.compile(r"[\s,，、;；:：|]+")
SPONSOR = ("发起人", "sponsor")
LONGEST_PHONE = 12
# what has to be filled in when the policy has a condition for it
ASKED = {
    **{name: name for name in ("charter", "premises", "funds", "staff", "charter_file", "roster_file")},
    "members": "roster",
    "accountant": "accountant_certificate",
}
FILES = {"charter_file": PaperKind.CHARTER, "roster_file": PaperKind.ROSTER}
ACCEPTED = {"accept": ".pdf,.docx,image/*"}
PLAIN = (
    *("name", "purpose_class", "scheme_category", "field", "scope", "charter", "founded_on", "premises", "funds", "staff"),
    *("accountant_certificate", "party_members"),
)


def field_words(policy: Policy) -> dict[str, str]:
    """What the fields of filed organisations are called here, retired ones too."""
    language = get_language() or ""
    lists = [name for name in ("service_fields", "filing_fields") if name in policy.code_lists()]
    return {code.code: code.label(language) for name in lists for code in policy.codes(name)}


def category_words(policy: Policy) -> dict[str, str]:
    """The categories of the place's own scheme, retired ones too."""
    language = get_language() or ""
    codes = policy.codes("scheme_categories") if "scheme_categories" in policy.code_lists() else ()
    return {code.code: code.label(language) for code in codes}


def group_words(policy: Policy) -> dict[str, str]:
    """What the groups of people are called whom organisations serve, retired ones too."""
    language = get_language() or ""
    return {code.code: code.label(language) for code in policy.codes("client_groups")}


def kind_words(policy: Policy) -> dict[str, str]:
    """What the kinds of organisations are called."""
    language = get_language() or ""
    codes = policy.codes("organisation_kinds") if "organisation_kinds" in policy.code_lists() else ()
    return {code.code: code.label(language) for code in codes}


class RosterField(forms.CharField):
    """One person a line: name, phone, number of the identity paper, in any order; what is quick to type, and to paste from a chat."""

    widget = forms.Textarea

    def clean(self, value: Any) -> tuple[MemberDraft, ...]:
        """The people, in the order of the lines."""
        lines = [line.strip() for line in (super().clean(value) or "").splitlines()]
        people = [_person(line, number) for number, line in enumerate((line for line in lines if line), start=1)]
        return tuple(people)


def _person(line: str, number: int) -> MemberDraft:
    name, phone, identity, sponsor = [], "", "", False
    for word in filter(None, SEPARATORS.split(line)):
        if word.lower() in SPONSOR:
            sponsor = True
        elif not any(letter.isdigit() for letter in word):
            name.append(word)
        elif is_phone(clean_phone(word)) and len(word) <= LONGEST_PHONE and not phone:
            phone = word
        else:
            identity = word
    if not name:
        raise ValidationError(_("Line %(line)s has no name. Write one person a line: the name first.") % {"line": number})
    return MemberDraft(" ".join(name), phone, identity, is_sponsor=sponsor)


def _lines(people: Iterable[Person]) -> str:
    """The roster as it is typed."""
    return "\n".join(
        " ".join(filter(None, (one.person, one.phone, one.identity, _("sponsor") if one.is_sponsor else "")))
        for one in people
        if not one.is_head
    )


class ApplicationForm(Form):
    """What every application to be filed says."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("Name of the organisation"), help_text=gettext_lazy("With the name of the community in front."), max_length=120
    )
    purpose_class = forms.ChoiceField(label=gettext_lazy("Purpose class"))
    scheme_category = forms.ChoiceField(label=gettext_lazy("Local category"), required=False)
    field = forms.ChoiceField(label=gettext_lazy("Field of activity"))
    client_groups = forms.MultipleChoiceField(label=gettext_lazy("Whom it serves"), required=False, widget=forms.CheckboxSelectMultiple)
    founded_on = forms.DateField(label=gettext_lazy("Founded on"), widget=DateInput())
    scope = forms.CharField(label=gettext_lazy("What it does"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    premises = forms.CharField(
        label=gettext_lazy("Place of activity"),
        help_text=gettext_lazy("A room of the community will do; several organisations may share one."),
        max_length=120,
        required=False,
    )
    head_name = forms.CharField(
        label=gettext_lazy("Name of the head"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    head_phone = forms.CharField(
        label=gettext_lazy("Phone of the head"),
        help_text=gettext_lazy("With its last four digits you see later where the application is."),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    head_identity = forms.CharField(label=gettext_lazy("Identity paper of the head"), max_length=30, required=False)
    roster = RosterField(
        label=gettext_lazy("The other members"),
        help_text=gettext_lazy(
            "One person a line: name, phone, number of the identity paper; phone and number may be left out. Add “sponsor” to a line for whoever founded it with the head."
        ),
        max_length=30_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": gettext_lazy("Li Ming 13900000000 sponsor")}),
    )
    charter = forms.CharField(
        label=gettext_lazy("Charter"),
        help_text=gettext_lazy("Purpose, who may join, how the head is chosen, how money is used and shown."),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    charter_file = forms.FileField(
        label=gettext_lazy("Charter as a file"),
        help_text=gettext_lazy("A PDF, Word document or photo, in place of the text or beside it."),
        required=False,
        widget=forms.FileInput(attrs=ACCEPTED),
    )
    roster_file = forms.FileField(
        label=gettext_lazy("Signed roster as a file"),
        help_text=gettext_lazy(
            "A scan or photo. It is opened by those who handle the application only, for a reason that stays on record."
        ),
        required=False,
        widget=forms.FileInput(attrs=ACCEPTED),
    )
    funds = forms.DecimalField(label=gettext_lazy("Funds"), min_value=0, max_digits=14, decimal_places=2, required=False)
    staff = forms.IntegerField(label=gettext_lazy("Staff"), min_value=0, max_value=9999, required=False)
    accountant_certificate = forms.CharField(
        label=gettext_lazy("Certificate of the accountant"),
        help_text=gettext_lazy("Its number; part-time will do."),
        max_length=60,
        required=False,
    )
    party_organisation = forms.BooleanField(label=gettext_lazy("Has a party organisation"), required=False)
    party_members = forms.IntegerField(label=gettext_lazy("Party members"), min_value=0, max_value=9999, required=False)
    consent = forms.BooleanField(label=gettext_lazy("I have read the notice, and everybody named here agrees"), required=False)

    def __init__(self, *args: Any, policy: Policy, kept: Iterable[FilingPaper] = (), **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        language = get_language() or ""
        fields = [(code.code, code.label(language)) for code in policy.codes("filing_fields") if not code.retired]
        self.fields["field"].choices = [("", _("Choose")), *fields]  # type: ignore[attr-defined]  # a choice field
        self.fields["purpose_class"].choices = [("", _("Choose")), *PURPOSES.items()]  # type: ignore[attr-defined]  # a choice field
        self.fields["scheme_category"].choices = [("", "—"), *category_words(policy).items()]  # type: ignore[attr-defined]  # a choice field
        self.fields["client_groups"].choices = list(group_words(policy).items())  # type: ignore[attr-defined]  # a choice field
        for condition in policy.conditions("filing"):
            if condition.check in ASKED:
                self.fields[ASKED[condition.check]].required = True
        self.fields["funds"].unit = _("yuan")  # type: ignore[attr-defined]  # a number field of ours
        self._lighten({str(paper.kind): paper.file.name for paper in kept})

    def clean_consent(self) -> bool:
        """Named with everything else that is missing, in the words of the action's refusal."""
        given: bool = self.cleaned_data["consent"]
        if not given:
            raise ValidationError(sentence(ConsentNotGiven()))
        return given

    def _lighten(self, kept: dict[str, str]) -> None:
        """What is on file already, or comes as a file, need not be given once more."""
        for name, kind in FILES.items():
            if kind in kept:
                self.fields[name].required = False
                self.fields[name].comment = _("On file: %(name)s. A new file takes its place.") % {"name": kept[kind]}  # type: ignore[attr-defined]  # a file field of ours
        if PaperKind.CHARTER in kept or "charter_file" in self.files:
            self.fields["charter"].required = False

    def refuse(self, error: DomainError) -> None:
        """What is wrong with a file, or with the number of the head, stands beside its field."""
        name = next((name for name in FILES if getattr(self.cleaned_data.get(name), "name", None) == getattr(error, "name", "")), None)
        if error.field == "file" and name is not None:
            self.add_error(name, sentence(error))
        elif isinstance(error, IdentityInvalid) and not error.line:
            self.add_error("head_identity", sentence(error))
        else:
            super().refuse(error)

    def to_draft(self, region: Region) -> ApplicationDraft:
        """The application as typed, of an organisation at a place."""
        given = self.cleaned_data
        head = MemberDraft(given["head_name"], given["head_phone"], given["head_identity"], is_sponsor=True)
        plain = {name: given[name] for name in PLAIN} | {"purpose_class": PurposeClass(given["purpose_class"])}
        return ApplicationDraft(
            region=region,
            head=head,
            roster=given["roster"],
            consent=given["consent"],
            party_organisation=given["party_organisation"],
            client_groups=tuple(given["client_groups"]),
            submission=given["submission"],
            papers=tuple(PaperDraft(kind, given[name], given[name].name) for name, kind in FILES.items() if given[name]),
            **plain,
        )


def typed_of(filing: Filing) -> dict[str, Any]:
    """An application as it was typed, with the people in clear: only for those who correct it."""
    people = roster_of(filing)
    head = next(one for one in people if one.is_head)
    typed = {name: getattr(filing, name) for name in (*PLAIN, "party_organisation", "client_groups")}
    return typed | {
        "head_name": head.person,
        "head_phone": head.phone,
        "head_identity": head.identity,
        "roster": _lines(people),
        "consent": True,
    }
