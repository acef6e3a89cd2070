"""What is said of a row, as it is kept: the refusal's class and data. Its sentence is made where it is read, in the reader's language."""

from dataclasses import dataclass, fields
from datetime import date
from importlib import import_module
from typing import Any

from wushe.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing about a row: a fault keeps the row out, a doubt does not."""

    error: DomainError
    column: str = ""
    is_fault: bool = True


def packed(remark: Remark) -> dict[str, Any]:
    """The remark as plain values."""
    error = remark.error
    data = {name: value.isoformat() if isinstance(value, date) else value for name, value in error.data().items()}
    return {"app": type(error).__module__.split(".")[1], "code": type(error).__name__, "data": data, "column": remark.column} | (
        {"fault": True} if remark.is_fault else {}
    )


def unpacked(kept: dict[str, Any]) -> Remark:
    """The remark again."""
    kind = getattr(import_module(f"wushe.{kept['app']}.errors"), kept["code"])
    days = {field.name for field in fields(kind) if field.type in {date, "date"}}
    data = {name: date.fromisoformat(value) if name in days else value for name, value in kept["data"].items()}
    return Remark(kind(**data), kept["column"], is_fault=kept.get("fault", False))
