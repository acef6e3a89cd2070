from wushe.indicators.queries.costs import LevelCost, level_costs, projects_at, with_costs
from wushe.indicators.queries.facts import Facts
from wushe.indicators.queries.figures import Figure, Row
from wushe.indicators.queries.measures import MEASURES
from wushe.indicators.queries.platform import Light, communities_in, lights_of
from wushe.indicators.queries.standings import Result, Standing, Status, standing_of, standings

__all__ = [
    "MEASURES",
    "Facts",
    "Figure",
    "LevelCost",
    "Light",
    "Result",
    "Row",
    "Standing",
    "Status",
    "communities_in",
    "level_costs",
    "lights_of",
    "projects_at",
    "standing_of",
    "standings",
    "with_costs",
]
