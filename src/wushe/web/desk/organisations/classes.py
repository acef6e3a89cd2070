"""The class of an organisation in words: scale, fields, members, whom it serves."""

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wushe.organisations.models import Organisation
from wushe.organisations.rules import composition_of, scale_of
from wushe.policies.queries import Code, Policy
from wushe.web.common.filing_form import field_words
from wushe.web.common.growth_words import COMPOSITIONS


def class_of(row: Organisation, policy: Policy) -> list[str]:
    """One organisation under its policy."""
    groups = {code.code: text_of(code) for code in codes_of(policy, "client_groups")}
    return class_words(row, codes_of(policy, "guidance_scales"), field_words(policy), groups)


def class_words(row: Organisation, scales: Sequence[Code], fields: Mapping[str, str], groups: Mapping[str, str]) -> list[str]:
    """One of many organisations, with the words read once."""
    scale = scale_of(row.members, scales)
    return [
        text_of(scale) if scale is not None else _("not known"),
        _("; ").join(fields.get(code, code) for code in row.service_fields),
        str(COMPOSITIONS[composition_of(row)]),
        _("; ").join(groups.get(code, code) for code in row.client_groups),
    ]


def codes_of(policy: Policy | None, name: str) -> tuple[Code, ...]:
    """A code list, empty where there is none."""
    return policy.codes(name) if policy is not None and name in policy.code_lists() else ()


def text_of(code: Code) -> str:
    """A code in the language of the page."""
    return str(code.label(get_language() or ""))
