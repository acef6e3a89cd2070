"""Whether rows that were imported have been used since: something refers to them, or the audit knows of a step."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Model, QuerySet

from wushe.audit.models import Entry


def referred_to(rows: QuerySet[Any], *, but: Collection[type[Model]] = ()) -> set[Any]:
    """The keys of rows to which any table refers, whichever app it belongs to; the tables of `but` aside."""
    model, keys = rows.model, list(rows.values_list("pk", flat=True))
    found: set[Any] = set()
    for relation in model._meta.related_objects:  # noqa: SLF001 -- documented for use
        if relation.related_model not in but:
            column = relation.field.attname
            found.update(relation.related_model._base_manager.filter(**{f"{column}__in": keys}).values_list(column, flat=True))  # noqa: SLF001 -- all rows, whatever a manager hides
    return found


def stepped_on(kind: str, numbers: Sequence[str]) -> set[str]:
    """The numbers under which the audit has an entry. An import itself makes one entry for all its rows, under its own number."""
    return set(Entry.objects.filter(subject_kind=kind, subject__in=numbers).values_list("subject", flat=True))
