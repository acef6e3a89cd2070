from wushe.indicators.queries.figures import Figure, Row
from wushe.indicators.queries.measures import MEASURES
from wushe.indicators.queries.standings import Result, Standing, Status, standing_of, standings

__all__ = ["MEASURES", "Figure", "Result", "Row", "Standing", "Status", "standing_of", "standings"]
