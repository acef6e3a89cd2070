"""Charts as data: the page draws them with ECharts when scripts run, and always shows the same figures as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

Value = int | float | Decimal | None
Kind = Literal["bar", "stacked", "line"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table under a chart."""

    label: str
    values: list[Value]


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar, stacked or line chart of a few series over the same labels; `target` draws a line to reach. `None` is no data, not nought.

    `across` lays the bars down, for labels that are long; `hues` names colours of the design, one a series.
    """

    id: str
    title: str
    axis: str
    labels: Sequence[str]
    series: Mapping[str, Sequence[Value]]
    kind: Kind = "bar"
    unit: str = ""
    target: Value = None
    across: bool = False
    hues: Sequence[str] = ()

    @property
    def spec(self) -> dict[str, Any]:
        """What the script reads."""
        return {
            "kind": self.kind,
            "labels": list(self.labels),
            "series": [{"name": name, "values": [_plain(value) for value in values]} for name, values in self.series.items()],
            "target": _plain(self.target),
            "goal": _("Target"),
            "across": self.across,
            "hues": list(self.hues),
        }

    @property
    def rows(self) -> list[Row]:
        """The same figures for the table."""
        columns = list(self.series.values())
        return [Row(label, [column[index] for column in columns]) for index, label in enumerate(self.labels)]


def _plain(value: Value) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value
