"""Whether rows that were imported have been used since: something refers to them, or the audit knows of a step.

An import may have entered a hundred thousand rows a moment ago, of which the planner knows nothing yet. So nothing here joins.
"""

from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet

from django.db.models import Model
from django.db.models.fields.reverse_related import ForeignObjectRel

from wushe.audit.models import Entry
from wushe.imports.rules.importable import Numbers
from wushe.kernel.rows import any_of


def referred_to(model: type[Model], keys: AbstractSet[int], *, but: Collection[type[Model]] = ()) -> set[int]:
    """Those of the keys to which any table refers, whichever app it belongs to; the tables of `but` aside.

    An import draws its keys one after the other: what refers to anything between the first and the last is little, and mostly to these.
    """
    found: set[int] = set()
    if not keys:
        return found
    first, last = min(keys), max(keys)
    for relation in _relations(model):
        if relation.related_model not in but:
            column = relation.field.attname
            referring = relation.related_model._base_manager.filter(**{f"{column}__gte": first, f"{column}__lte": last})  # noqa: SLF001 -- all rows, whatever a manager hides
            found.update(referring.order_by().values_list(column, flat=True).distinct())
    return found & keys


def stepped_on(kind: str, numbers: Numbers) -> set[str]:
    """The numbers under which the audit has an entry. An import itself makes one entry for all its rows, under its own number."""
    return set(Entry.objects.filter(any_of("subject", numbers), subject_kind=kind).order_by().values_list("subject", flat=True))


def _relations(model: type[Model]) -> Iterator[ForeignObjectRel]:
    """Those without a name for the way back, too."""
    fields = model._meta.get_fields(include_hidden=True)  # noqa: SLF001 -- documented for use
    return (field for field in fields if isinstance(field, ForeignObjectRel))
