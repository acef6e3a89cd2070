from wushe.stations.models.room import Room
from wushe.stations.models.standing import Check, CheckKind, Finding, Remedy
from wushe.stations.models.station import Station, StationKind, StationLevel

__all__ = ["Check", "CheckKind", "Finding", "Remedy", "Room", "Station", "StationKind", "StationLevel"]
