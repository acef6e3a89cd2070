from enum import StrEnum


class Permission(StrEnum):
    """Bringing tables into registers. Into which register, and at which places, is the register's own permission."""

    IMPORT_ROWS = "imports.import_rows"
