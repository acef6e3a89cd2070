from enum import StrEnum


class Permission(StrEnum):
    """What may be done in delivery."""

    ENTER_STATION = "services.enter_station"
    RECORD_ACTIVITY = "services.record_activity"
    VOID_ACTIVITY = "services.void_activity"
    JOIN_PROJECT = "services.join_project"
    LEAVE_PROJECT = "services.leave_project"
    SET_ROOM_END = "services.set_room_end"
    FINISH_DELIVERY = "services.finish_delivery"
