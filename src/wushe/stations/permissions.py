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
    RECORD_DUTY = "stations.record_duty"
    WITHDRAW_DUTY = "stations.withdraw_duty"
    BOOK_ROOM = "stations.book_room"
    CANCEL_BOOKING = "stations.cancel_booking"
    NOTE_USE = "stations.note_use"
    ENTER_ASSET = "stations.enter_asset"
    HAND_OVER_ASSET = "stations.hand_over_asset"
    WRITE_OFF_ASSET = "stations.write_off_asset"
    SHARE_PREMISES = "stations.share_premises"
    TIE_STATION = "stations.tie_station"
