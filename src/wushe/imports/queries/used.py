"""Whether rows that were imported have been used since: something refers to them, or the audit knows of a step."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model, QuerySet

from wushe.audit.models import Entry
from wushe.imports.rules.importable import Numbers


def referred_to(rows: QuerySet[Any], *, but: Collection[type[Model]] = ()) -> set[Any]:
    """The keys of rows to which any table refers, whichever app it belongs to; the tables of `but` aside."""
    found: set[Any] = set()
    for relation in rows.model._meta.related_objects:  # noqa: SLF001 -- documented for use
        if relation.related_model not in but:
            column = relation.field.attname
            referring = relation.related_model._base_manager.filter(**{f"{column}__in": rows.values("pk")})  # noqa: SLF001 -- all rows, whatever a manager hides
            found.update(referring.values_list(column, flat=True))
    return found


def stepped_on(kind: str, numbers: Numbers) -> set[str]:
    """The numbers under which the audit has an entry. An import itself makes one entry for all its rows, under its own number."""
    return set(Entry.objects.filter(subject_kind=kind, subject__in=numbers).values_list("subject", flat=True))
