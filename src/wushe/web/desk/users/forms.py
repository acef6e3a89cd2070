from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from wushe.accounts.actions import NewUser, drawn_password
from wushe.accounts.queries import Role, Scope, UserFilter, bodies_in, roles
from wushe.kernel.identifiers import clean_phone, is_phone
from wushe.web.common import words
from wushe.web.common.fields import BodyField, RegionField
from wushe.web.common.forms import DateInput, Form

USERNAME = RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", _("Small letters, digits, dots and hyphens only."))


class FindUsersForm(Form):
    """What the list is narrowed to."""

    q = forms.CharField(required=False)
    role = forms.ChoiceField(required=False)
    active = forms.ChoiceField(
        choices=[("", _("Sign-in: all")), ("yes", _("May sign in")), ("no", _("May not sign in"))],
        required=False,
    )
    place = RegionField(label=_("Place"), required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, place = self.fields["role"], self.fields["place"]
        assert isinstance(role, forms.ChoiceField)  # noqa: S101 -- narrows the type of a field declared above
        assert isinstance(place, RegionField)  # noqa: S101 -- narrows the type of a field declared above
        role.choices = [("", _("Role: every role")), *((code, words.role(code)) for code in roles())]
        place.limit_to(within=scope.common_place)
        controls = {"q": _("Name or user name"), "role": _("Role"), "active": _("Sign-in"), "place": _("Place")}
        for name, label in controls.items():
            css = "form-select" if isinstance(self.fields[name], forms.ChoiceField) else "form-control"
            self.fields[name].widget.attrs |= {"class": css, "aria-label": label}
        self.fields["q"].widget.attrs |= {"placeholder": controls["q"], "type": "search"}

    def to_filter(self) -> UserFilter:
        """What was chosen; a value that is none narrows nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        active = {"yes": True, "no": False}.get(chosen.get("active", ""))
        return UserFilter(text=chosen.get("q", ""), role=chosen.get("role", ""), region=chosen.get("place"), active=active)


class UpdateUserForm(Form):
    """Who the person is, and how they are reached."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}))

    def clean_phone(self) -> str:
        """Digits, if there are any."""
        typed: str = self.cleaned_data["phone"]
        digits = clean_phone(typed)
        if typed and not is_phone(digits):
            raise ValidationError(_("This is no phone number. Enter a mobile number, or a landline with or without its area code."))
        return digits


class CreateUserForm(UpdateUserForm):
    """Who is to sign in, and under which name."""

    field_order = ("name", "username", "phone")
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        validators=[USERNAME],
        help_text=_("The name to sign in with. Small letters, digits, dots and hyphens; it cannot be changed later."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def to_draft(self) -> NewUser:
        """What was entered, with a password to pass on."""
        return NewUser(**self.cleaned_data, password=drawn_password(), password_given=True)


class AppointForm(Form):
    """Where a role is held, and how long: at a region, or at a body of the role's kind."""

    region = RegionField(label=_("Place"), help_text=_("The post counts there and in everything below."))
    body = BodyField(label=_("Organisation"), max_length=120, help_text=_("Its name or number."))
    title = forms.CharField(label=_("Name of the post"), max_length=80, required=False, help_text=_("As people call it."))
    since = forms.DateField(label=_("From"), widget=DateInput())
    until = forms.DateField(
        label=_("First day without the post"), widget=DateInput(), required=False, help_text=_("Empty: until somebody ends it.")
    )

    def __init__(self, *args: Any, role: Role, scope: Scope, on: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since": on}, **kwargs)
        if role.body_kind is None:
            del self.fields["body"]
            region = self.fields["region"]
            assert isinstance(region, RegionField)  # noqa: S101 -- narrows the type of a field declared above
            region.limit_to(within=scope.common_place)
        else:
            del self.fields["region"]
            body = self.fields["body"]
            assert isinstance(body, BodyField)  # noqa: S101 -- narrows the type of a field declared above
            body.choose_from(bodies_in(scope, role.body_kind))


class EndPostForm(Form):
    """From when on the post is over."""

    until = forms.DateField(
        label=_("First day without the post"), widget=DateInput(), help_text=_("Today ends it at once. What was done under it stays.")
    )
