from datetime import date

from django.db.models import Q, QuerySet

from wushe.accounts.models import User
from wushe.files.models import File
from wushe.imports.models import Choice, Import, Row, Standing
from wushe.imports.rules.importable import importable
from wushe.imports.rules.remarks import Remark, unpacked
from wushe.kernel.errors import NotFound


def imports_of(user: User) -> QuerySet[Import]:
    """What a person has brought, newest first."""
    return Import.objects.filter(sender=user).select_related("file").order_by("-id")


def import_by_number(number: str, *, user: User) -> Import:
    """An import of this person: what others bring is theirs alone. Raises NotFound."""
    found = Import.objects.filter(sender=user, number=number).select_related("file", "progress", "sender").first()
    if found is None:
        raise NotFound(kind="import", number=number)
    return found


def rows_of(imported: Import, standing: str = "") -> QuerySet[Row]:
    """The rows by line, of one standing or all."""
    rows = Row.objects.filter(of=imported)
    return (rows.filter(standing=standing) if standing in Standing.values else rows).order_by("line")


def entering(imported: Import) -> QuerySet[Row]:
    """The rows that enter the register, or stand in it: the good ones, and those that the sender calls new."""
    wanted = Q(standing__in=(Standing.GOOD, Standing.DOUBTED)) | Q(standing=Standing.TWIN, choice=Choice.NEW)
    return Row.objects.filter(wanted, of=imported)


def remarks_of(row: Row) -> list[tuple[str, Remark]]:
    """What is said of a row, each with the name of its column."""
    register = importable(row.of.register)
    remarks = [unpacked(kept) for kept in row.remarks]
    return [(register.label(remark.column) if remark.column else "", remark) for remark in remarks]


def brought(user: User, file: File, on: date) -> bool:
    """Whether the file is a table that this person brought."""
    del on
    return Import.objects.filter(sender=user, file=file).exists()
