"""Of a file, of its columns, of a step; and what is said of single cells and rows, which stand in lists and in the file of errors."""

from collections.abc import Callable
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wushe.imports import errors
from wushe.kernel.errors import DomainError


def _between(words: tuple[str, ...]) -> str:
    return _(", ").join(words)


SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    errors.NotATable: lambda error: (
        _(
            "“%(name)s” cannot be read as a table. Save it as an Excel workbook (.xlsx) or as CSV, see that it opens without a message, and choose it again."
        )
        % {"name": error.name}
    ),
    errors.NoHeading: lambda error: (
        _(
            "“%(name)s” has no line of headings with rows below it. Put the names of the columns into one line above the rows, and choose the file again."
        )
        % {"name": error.name}
    ),
    errors.UnpacksTooLarge: lambda error: (
        _(
            "Unpacked, “%(name)s” holds more than %(limit)s, which no honest table needs. Copy the rows into a new workbook and choose that one."
        )
        % {"name": error.name, "limit": filesizeformat(error.limit)}
    ),
    errors.TooManyRows: lambda error: (
        _("“%(name)s” has more than %(limit)s rows. Split it into several files and bring them one after the other.")
        % {"name": error.name, "limit": error.limit}
    ),
    errors.ColumnMissing: lambda error: (
        _("The register needs these columns too: %(labels)s. Choose for each the column of your table in which it stands.")
        % {"labels": _between(error.labels)}
    ),
    errors.ColumnTwice: lambda error: (
        _("“%(label)s” was chosen for two columns of your table. Choose it for one, and leave the other out.") % {"label": error.label}
    ),
    errors.NothingToApply: lambda _error: _(
        "No row can be entered: each one is faulty or is to be left out. Correct the rows in the file of errors and bring that file."
    ),
    errors.RowIsKnown: lambda error: (
        _("Row %(line)s has the code of %(number)s, so it cannot be a new entry. Leave it out, or say that it is the same.")
        % {"line": error.line, "number": error.number}
    ),
    errors.RegisterChanged: lambda _error: _(
        "Since the check somebody has entered what stands in these rows, so nothing was entered. Check the rows again."
    ),
    errors.RowsUsed: lambda error: (
        _(
            "%(count)s of the imported entries have been used or changed since: %(names)s. What others rely on is not taken out, so the import stays. Correct the entries one by one."
        )
        % {"count": error.count, "names": _between(error.names)}
    ),
    errors.CellEmpty: lambda _error: _("This is empty, and the register needs it."),
    errors.TooLong: lambda error: _("This is longer than %(limit)s characters.") % {"limit": error.limit},
    errors.NotADay: lambda error: (
        _("“%(text)s” is not a day; write year, month and day, as in 2024-03-05 or 2024年3月5日.") % {"text": error.text}
    ),
    errors.NotANumber: lambda error: _("“%(text)s” is not a whole number.") % {"text": error.text},
    errors.NumberTooLarge: lambda error: (
        _("“%(text)s” is too much: at most %(most)s can be entered.") % {"text": error.text, "most": error.most}
    ),
    errors.NotAnArea: lambda error: _("“%(text)s” is no floor space in square metres, larger than 0.") % {"text": error.text},
    errors.NotYesOrNo: lambda error: _("“%(text)s” is neither yes nor no.") % {"text": error.text},
    errors.NotAPhone: lambda error: (
        _("“%(text)s” is neither a mobile number (11 digits) nor a landline with or without its area code.") % {"text": error.text}
    ),
    errors.NotACreditCode: lambda error: (
        _("“%(text)s” is not a unified social credit code (GB 32100-2015): it has 18 characters and the last one checks the others.")
        % {"text": error.text}
    ),
    errors.NotAnIdentity: lambda error: (
        _("“%(text)s” is not the number of an identity paper: compare it with the paper.") % {"text": error.text}
    ),
    errors.DigitsLost: lambda error: (
        _("“%(text)s” was kept as a number, so its last digits are lost; format the column as text and type the number again.")
        % {"text": error.text}
    ),
    errors.NotInList: lambda error: (
        _("“%(text)s” is none of the words of the list: %(known)s.") % {"text": error.text, "known": _between(error.known)}
    ),
    errors.PlaceUnknown: lambda error: (
        _(
            "No place that you may work for is called “%(text)s” or has this code; write it as in the list of places, with the town before it."
        )
        % {"text": error.text}
    ),
    errors.PlaceAmbiguous: lambda error: (
        _("Several places are called “%(text)s”: %(places)s; write the town before it, or the code.")
        % {"text": error.text, "places": _between(error.places)}
    ),
    errors.StandsTwice: lambda error: (
        _("“%(text)s” stands in row %(line)s too, and only one may have it.") % {"text": error.text, "line": error.line}
    ),
    errors.DayAssumed: lambda error: (
        _("“%(text)s” names no day; %(day)s was taken.") % {"text": error.text, "day": date_format(error.day, "Y-m-d")}
    ),
    errors.IdentityOld: lambda error: _("“%(text)s” is an old number of 15 digits; it was brought to 18.") % {"text": error.text},
    errors.IdentityOfOther: lambda error: (
        _("“%(text)s” is the number of another paper than the resident identity card and was taken as it is.") % {"text": error.text}
    ),
    errors.CountyAbolished: lambda error: (
        _("The identity number begins with %(text)s, a county code that is given out no more; compare it with the paper.")
        % {"text": error.text}
    ),
    errors.PlaceMerged: lambda error: (
        _("“%(text)s” has gone into another place; %(place)s was taken.") % {"text": error.text, "place": error.place}
    ),
    errors.ValueAssumed: lambda _error: _("Nothing was given; “other” was taken."),
}
