from wushe.regions.models.coverage import CoveragePeriod
from wushe.regions.models.pilot import Pilot
from wushe.regions.models.population import Population
from wushe.regions.models.region import Level, Region, RegionQuerySet, Settlement
from wushe.regions.models.settlement import SettlementPeriod
from wushe.regions.models.tenure import Tenure

__all__ = ["CoveragePeriod", "Level", "Pilot", "Population", "Region", "RegionQuerySet", "Settlement", "SettlementPeriod", "Tenure"]
