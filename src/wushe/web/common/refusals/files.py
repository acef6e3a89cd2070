from collections.abc import Callable
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from wushe.files.errors import EmptyFile, FileEndingRefused, FileTooLarge, FileTypeRefused
from wushe.kernel.errors import DomainError

SENTENCES: dict[type[DomainError], Callable[[Any], str]] = {
    EmptyFile: lambda error: (
        _("The file “%(name)s” is empty. Open it on your computer, check that it shows something, and choose it again.")
        % {"name": error.name}
    ),
    FileTooLarge: lambda error: (
        _("The file “%(name)s” is larger than %(limit)s, the most that can be kept. Make it smaller or split it, and choose it again.")
        % {"name": error.name, "limit": filesizeformat(error.limit)}
    ),
    FileEndingRefused: lambda error: (
        _(
            "Files whose name ends in “%(ending)s” are not kept here. Choose a PDF, a picture (JPG, PNG, WEBP, HEIC), a Word or Excel file without macros, or plain text (TXT, CSV)."
            " Save what an older or another office program made (DOC, XLS, WPS, ET) as DOCX or XLSX first."
        )
        % {"ending": error.ending}
    ),
    FileTypeRefused: lambda error: (
        _(
            "The content of “%(name)s” is not of a type that is kept here, whatever its name says. Choose a PDF, a picture (JPG, PNG, WEBP, HEIC), a Word or Excel file without macros, or plain text."
        )
        % {"name": error.name}
    ),
}
