from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wushe.accounts.queries import has_permission
from wushe.imports.models import Choice, Import, Row
from wushe.imports.rules.importable import importable, importables
from wushe.web.common.forms import Form
from wushe.web.common.import_words import likeness
from wushe.web.common.links import page_of


class OpenImportForm(Form):
    """Into which register, and the file."""

    register = forms.ChoiceField(label=_("Into the register"), widget=forms.Select(attrs={"class": "form-select"}))
    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx) or CSV, the columns in any order, up to 200,000 rows."),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx,.csv,.txt"}),
    )

    def __init__(self, *args: Any, user: Any, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [register for register in importables() if has_permission(user, register.permission, on)]
        self.fields["register"].choices = [(register.key, register.title) for register in mine]


class CheckImportForm(Form):
    """For each column of the table, which column of the register it is."""

    def __init__(self, *args: Any, imported: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.imported = imported
        register = importable(imported.register)
        choices = [("", _("leave out"))] + [
            (column.name, f"{column.label} *" if column.required else column.label) for column in register.columns
        ]
        for position, heading in enumerate(imported.headings):
            self.fields[f"column_{position}"] = forms.ChoiceField(
                label=heading or _("Column %(number)s") % {"number": position + 1},
                choices=choices,
                required=False,
                initial=imported.columns.get(str(position), ""),
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each column with what stands in its first rows."""
        return [
            {
                "field": self[f"column_{position}"],
                "sample": [cells[position] for cells in self.imported.sample if position < len(cells) and cells[position]],
            }
            for position in range(len(self.imported.headings))
        ]

    def to_columns(self) -> dict[int, str]:
        """Position → column of the register."""
        chosen = {position: self.cleaned_data[f"column_{position}"] for position in range(len(self.imported.headings))}
        return {position: column for position, column in chosen.items() if column}


class ChooseRowsForm(Form):
    """What the rows of a page are, or all of them."""

    for_all = forms.ChoiceField(required=False, choices=[("", ""), *Choice.choices])

    def __init__(self, *args: Any, register: str, page: list[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register, self.page = register, page
        for row in page:
            assert row.twin is not None  # noqa: S101 -- only such rows stand on the page
            self.fields[f"row_{row.line}"] = forms.ChoiceField(
                label=_("Row %(line)s") % {"line": row.line},
                choices=_choices(row.twin),
                required=False,
                initial=row.choice,
                widget=forms.Select(attrs={"class": "form-select", "aria-label": _("Row %(line)s") % {"line": row.line}}),
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each row with its control."""
        kind = importable(self.register).subject
        return [
            {
                "row": row,
                "field": self[f"row_{row.line}"],
                "why": likeness(row.twin["why"]),
                "address": page_of(kind, row.twin["number"]),
            }
            for row in self.page
            if row.twin is not None
        ]

    def to_choices(self) -> dict[int, Choice]:
        """Line → choice, where something was chosen."""
        chosen = {row.line: self.cleaned_data[f"row_{row.line}"] for row in self.page}
        return {line: Choice(choice) for line, choice in chosen.items() if choice}

    def to_choice_for_all(self) -> Choice | None:
        """The button for all rows, when it was pressed."""
        return Choice(self.cleaned_data["for_all"]) if self.cleaned_data["for_all"] else None


def _choices(twin: dict[str, Any]) -> list[tuple[str, Any]]:
    choices: list[tuple[str, Any]] = [(str(Choice.SKIP), _("leave out"))]
    if not twin["certain"]:
        choices.append((str(Choice.NEW), _("is a new entry")))
    if twin["number"]:
        choices.append((str(Choice.SAME), _("is the same, keep the entry as it is")))
    return choices
