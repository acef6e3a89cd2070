from datetime import datetime
from itertools import islice

from django.db import transaction

from wushe.accounts.models import User
from wushe.audit.actions import record
from wushe.files.actions import store_file
from wushe.files.actions.storing import Upload
from wushe.imports.models import Import, Matching, Progress
from wushe.imports.queries import find_table, sending_places
from wushe.imports.rules.cells import plain
from wushe.imports.rules.headings import proposed, signature
from wushe.imports.rules.importable import importable
from wushe.kernel import numbers
from wushe.kernel.clock import local_date

SHOWN_ROWS = 3
SHOWN_OF_CELL = 60


@transaction.atomic
def open_import(*, register: str, upload: Upload, name: str, by: User, at: datetime) -> Import:
    """Take a table in: keep its file, find its headings, and propose what its columns are, as the sender matched them last time.

    Refuses: NotFound, NotPermitted, EmptyFile, FileTooLarge, FileEndingRefused, FileTypeRefused, NotATable, NoHeading, UnpacksTooLarge, TooManyRows.
    Effects: an Import; its File; audit entries.
    """
    on = local_date(at)
    into = importable(register)
    scope = sending_places(by, into.permission, on)
    file = store_file(upload=upload, name=name, by=by, at=at)
    table = find_table(file, into.names())
    known = Matching.objects.filter(sender=by, register=register, signature=signature(table.headings)).first()
    imported = Import.objects.create(
        number=numbers.draw("import", place=scope.common_place.county_code, on=on),
        register=register,
        sender=by,
        file=file,
        sheet=table.sheet,
        heading_line=table.heading_line,
        headings=list(table.headings),
        columns=known.columns if known else {str(position): column for position, column in proposed(table.headings, into.names()).items()},
        sample=[[plain(cell)[:SHOWN_OF_CELL] for cell in cells] for _, cells in islice(table.rows(), SHOWN_ROWS)],
        total=sum(1 for _ in table.rows()),
        opened_at=at,
    )
    Progress.objects.create(work=imported)
    record(
        by=by,
        at=at,
        verb="imports.import_opened",
        subject=("import", imported.number),
        name=file.name,
        data={"register": register, "file": file.number, "sha256": file.sha256, "rows": imported.total},
    )
    return imported
