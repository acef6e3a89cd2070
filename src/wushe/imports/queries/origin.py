from django.db.models import QuerySet

from wushe.audit.models import Entry
from wushe.audit.queries import entries_of
from wushe.imports.models import Row
from wushe.imports.states import ImportState


def history_of(kind: str, number: str) -> QuerySet[Entry]:
    """The history of a thing of a register, oldest first. An import makes one entry for all its rows: it is part of what each went through."""
    brought = Row.objects.filter(subject=number, of__state=ImportState.APPLIED).values("of__number")
    came = Entry.objects.filter(
        subject_kind="import", verb="imports.import_applied", subject__in=list(brought.values_list("of__number", flat=True))
    )
    return (entries_of(kind, number) | came).order_by("id")
