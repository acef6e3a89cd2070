"""Geometry of the small drawings in pages."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

RADIUS = 70
LABEL = 84
RINGS = (0.33, 0.66, 1.0)
SIDEWAYS = 10


@dataclass(frozen=True, slots=True)
class Point:
    """A label at the tip of a ray."""

    x: float
    y: float
    anchor: str
    part: Any


@dataclass(frozen=True, slots=True)
class Star:
    """Polygons as SVG point lists, labels, and the parts for the table."""

    rings: list[str]
    shape: str
    points: list[Point]
    parts: Sequence[Any]


def star_of(parts: Sequence[Any]) -> Star:
    """A ray for each part, as long as the square root of its share of the largest `times`, so that small ones stay visible."""
    largest = max((part.times for part in parts), default=0) or 1
    reach = [math.sqrt(part.times / largest) for part in parts]
    count = len(parts)
    labels = []
    for index, part in enumerate(parts):
        x, y = _tip(index, count, LABEL)
        anchor = "middle" if abs(x) < SIDEWAYS else "start" if x > 0 else "end"
        labels.append(Point(round(x * (0.9 if anchor != "middle" else 1), 1), round(y + 4, 1), anchor, part))
    return Star(
        rings=[_polygon([ring] * count) for ring in RINGS],
        shape=_polygon([max(length, 0.02) for length in reach]),
        points=labels,
        parts=parts,
    )


def _tip(index: int, count: int, length: float) -> tuple[float, float]:
    angle = 2 * math.pi * index / count - math.pi / 2
    return length * math.cos(angle), length * math.sin(angle)


def _polygon(lengths: Sequence[float]) -> str:
    tips = (_tip(index, len(lengths), RADIUS * length) for index, length in enumerate(lengths))
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in tips)
