from wushe.stations.models.room import Room
from wushe.stations.models.station import Station, StationLevel

__all__ = ["Room", "Station", "StationLevel"]
