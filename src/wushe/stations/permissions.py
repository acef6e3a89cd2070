from enum import StrEnum


class Permission(StrEnum):
    """What may be done with stations."""

    VIEW_STATIONS = "stations.view_stations"
    OPEN_STATION = "stations.open_station"
    UPDATE_STATION = "stations.update_station"
    CLOSE_STATION = "stations.close_station"
    ADD_ROOM = "stations.add_room"
