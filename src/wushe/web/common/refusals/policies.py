from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wushe.kernel.errors import DomainError
from wushe.policies.errors import (
    BasePackMissing,
    NoPolicy,
    PackInvalid,
    PackRegionUnknown,
    PackVersionTaken,
    PolicyValueMissing,
    UnknownCode,
    UnknownSection,
)

SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    PackInvalid: lambda error: (
        _("The policy pack cannot be loaded: %(problems)s. Correct these lines and load it again.")
        % {"problems": _("; ").join(map(str, error.problems))}
    ),
    PackVersionTaken: lambda error: (
        _(
            "Version %(version)s of the policy pack %(code)s is loaded with other content, and decisions were made under it. Give the changed pack a new version number."
        )
        % {"version": error.version, "code": error.code}
    ),
    BasePackMissing: lambda error: (
        _("The policy pack %(code)s builds on %(base)s, which is not loaded. Load %(base)s first.")
        % {"code": error.code, "base": error.base}
    ),
    PackRegionUnknown: lambda error: (
        _("The policy pack %(code)s is for the region %(region)s, which the division tree does not hold. Import that region first.")
        % {"code": error.code, "region": error.region}
    ),
    NoPolicy: lambda error: (
        _("No policy pack covers %(region)s on %(day)s. Ask the system administrator to load the policy of this place.")
        % {"region": error.region, "day": date_format(error.on)}
    ),
    PolicyValueMissing: lambda error: (
        _(
            "The policy pack %(pack)s gives no value for “%(key)s”, which this step needs. Ask the system administrator to add it to the pack."
        )
        % {"pack": error.pack, "key": error.key}
    ),
    UnknownCode: lambda error: (
        _("“%(code)s” is not in the list “%(list)s” of this place's policy, or no longer. Choose one of those offered.")
        % {"code": error.code, "list": error.list_name}
    ),
    UnknownSection: lambda error: (
        _("The policy of this place has no “%(name)s” under “%(section)s”. Ask the system administrator to add it to the pack.")
        % {"name": error.name or error.section, "section": error.section}
    ),
}
