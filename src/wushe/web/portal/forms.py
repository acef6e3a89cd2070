from django import forms
from django.utils.translation import gettext_lazy as _

from wushe.web.common.forms import Form


class SignInForm(Form):
    """Name and password."""

    username = forms.CharField(label=_("User name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
