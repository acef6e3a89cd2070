from wushe.stations.actions.life import NewStation, StationProfile, close_station, open_station, update_station
from wushe.stations.actions.rooms import NewRoom, add_room

__all__ = ["NewRoom", "NewStation", "StationProfile", "add_room", "close_station", "open_station", "update_station"]
