from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wushe.kernel.errors import DomainError
from wushe.regions.errors import (
    ChangeInFuture,
    ChangeTooEarly,
    CodeMalformed,
    CodeTaken,
    DivisionFilesMissing,
    LevelsDiffer,
    MergedIntoItself,
    NotItsChildren,
    PilotEnded,
    PilotNamed,
    SplitLeavesNothing,
    UnknownPlace,
)

SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    DivisionFilesMissing: lambda error: (
        _("The files of the division tree are not in %(folder)s. Run “npm ci” in the installation's folder and import again.")
        % {"folder": error.folder}
    ),
    UnknownPlace: lambda error: (
        _("No place in today's tree has the code %(code)s. Search for the place by name, or import the division tree.")
        % {"code": error.code}
    ),
    LevelsDiffer: lambda error: (
        _("%(code)s and %(target)s stand at different levels. Merge places of one level only.")
        % {"code": error.code, "target": error.target}
    ),
    MergedIntoItself: lambda error: _("%(code)s cannot be merged into itself. Choose another place to take it in.") % {"code": error.code},
    CodeTaken: lambda error: _("The code %(code)s belongs to another place. Enter the code of the new place.") % {"code": error.code},
    CodeMalformed: lambda error: (
        _("“%(code)s” is not a division code. Enter the twelve digits, filled up with zeros at the end.") % {"code": error.code}
    ),
    NotItsChildren: lambda error: (
        _("These places do not belong to the one that is split: %(codes)s. Take them out of the selection.")
        % {"codes": _(", ").join(error.codes)}
    ),
    SplitLeavesNothing: lambda error: (
        _("A split moves some of the places below %(code)s and leaves some. Choose at least one, and not all.") % {"code": error.code}
    ),
    ChangeInFuture: lambda error: (
        _("%(day)s has not come yet. Enter the change on or after the day on which it takes effect.") % {"day": date_format(error.on)}
    ),
    ChangeTooEarly: lambda error: (
        _("A change of %(latest)s is on record already, and %(day)s is not after it. Enter a later day.")
        % {"latest": date_format(error.latest), "day": date_format(error.on)}
    ),
    PilotNamed: lambda error: (
        _("The place is a pilot under the name “%(name)s” already. Enter another name, or end that one first.") % {"name": error.name}
    ),
    PilotEnded: lambda _error: _("This pilot has ended and changes no more. Enter a new one if the place is a pilot again."),
}
