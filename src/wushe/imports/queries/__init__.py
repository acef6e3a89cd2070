from wushe.imports.queries.lists import brought, entering, import_by_number, imports_of, remarks_of, rows_of
from wushe.imports.queries.origin import history_of
from wushe.imports.queries.places import Places, sending_places
from wushe.imports.queries.tables import Table, find_table, read_table
from wushe.imports.queries.used import referred_to, stepped_on

__all__ = [
    "Places",
    "Table",
    "brought",
    "entering",
    "find_table",
    "history_of",
    "import_by_number",
    "imports_of",
    "read_table",
    "referred_to",
    "remarks_of",
    "rows_of",
    "sending_places",
    "stepped_on",
]
