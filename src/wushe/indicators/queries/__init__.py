from wushe.indicators.queries.facts import Facts
from wushe.indicators.queries.figures import Figure, Row
from wushe.indicators.queries.measures import MEASURES
from wushe.indicators.queries.platform import Light, communities_in, lights_of
from wushe.indicators.queries.standings import Result, Standing, Status, standing_of, standings

__all__ = [
    "MEASURES",
    "Facts",
    "Figure",
    "Light",
    "Result",
    "Row",
    "Standing",
    "Status",
    "communities_in",
    "lights_of",
    "standing_of",
    "standings",
]
