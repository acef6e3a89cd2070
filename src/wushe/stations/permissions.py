from enum import StrEnum


class Permission(StrEnum):
    """What may be done with stations."""

    VIEW_STATIONS = "stations.view_stations"
    OPEN_STATION = "stations.open_station"
    UPDATE_STATION = "stations.update_station"
    CLOSE_STATION = "stations.close_station"
    ADD_ROOM = "stations.add_room"
    GIVE_UP_ROOM = "stations.give_up_room"
    CHECK_STATION = "stations.check_station"
    INSPECT_STATION = "stations.inspect_station"
    PLAN_REMEDY = "stations.plan_remedy"
    FINISH_REMEDY = "stations.finish_remedy"
    DROP_REMEDY = "stations.drop_remedy"
