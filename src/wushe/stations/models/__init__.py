from wushe.stations.models.room import Room
from wushe.stations.models.standing import Check, CheckKind, Finding, Remedy
from wushe.stations.models.station import Station, StationLevel

__all__ = ["Check", "CheckKind", "Finding", "Remedy", "Room", "Station", "StationLevel"]
