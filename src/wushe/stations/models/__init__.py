from wushe.stations.models.asset import Asset
from wushe.stations.models.booking import Booking
from wushe.stations.models.commitment import Commitment
from wushe.stations.models.duty import DutyRecord
from wushe.stations.models.hours import OpeningTime
from wushe.stations.models.office import Office, OfficeExtension, OfficeUse
from wushe.stations.models.room import Room
from wushe.stations.models.standing import Check, CheckKind, Finding, Remedy
from wushe.stations.models.station import Station, StationKind, StationLevel, Tie

__all__ = [
    "Asset",
    "Booking",
    "Check",
    "CheckKind",
    "Commitment",
    "DutyRecord",
    "Finding",
    "Office",
    "OfficeExtension",
    "OfficeUse",
    "OpeningTime",
    "Remedy",
    "Room",
    "Station",
    "StationKind",
    "StationLevel",
    "Tie",
]
