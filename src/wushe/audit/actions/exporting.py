import re
from collections.abc import Mapping
from datetime import datetime

from wushe.audit.actions.recording import Actor, record
from wushe.kernel.identifiers import mask_phone

LONG_NUMBER = re.compile(r"\d{7,}")


def record_export(*, name: str, chosen: Mapping[str, str], rows: int, form: str, by: Actor, at: datetime) -> None:
    """Record who took which rows of a list away as a file. Long numbers that were searched for are masked: they may be somebody's phone.

    Effects: an audit entry.
    """
    filters = {key: LONG_NUMBER.sub(lambda found: mask_phone(found[0]), value) for key, value in chosen.items()}
    record(by=by, at=at, verb="audit.list_exported", subject=("list", name), data={"filter": filters, "rows": rows, "form": form})
