from wushe.stations.actions.checking import CheckDraft, FindingDraft, check_station, inspect_station
from wushe.stations.actions.life import NewStation, StationProfile, close_station, open_station, update_station
from wushe.stations.actions.mending import RemedyDraft, drop_remedy, finish_remedy, plan_remedy
from wushe.stations.actions.rooms import NewRoom, add_room, give_up_room

__all__ = [
    "CheckDraft",
    "FindingDraft",
    "NewRoom",
    "NewStation",
    "RemedyDraft",
    "StationProfile",
    "add_room",
    "check_station",
    "close_station",
    "drop_remedy",
    "finish_remedy",
    "give_up_room",
    "inspect_station",
    "open_station",
    "plan_remedy",
    "update_station",
]
