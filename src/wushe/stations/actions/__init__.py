from wushe.stations.actions.assets import AssetDraft, enter_asset, hand_over_asset, write_off_asset
from wushe.stations.actions.booking import BookingDraft, book_room, cancel_booking, note_use
from wushe.stations.actions.checking import CheckDraft, FindingDraft, check_station, inspect_station
from wushe.stations.actions.closing import close_station
from wushe.stations.actions.duties import DutyDraft, record_duty, withdraw_duty
from wushe.stations.actions.evidence import Evidence
from wushe.stations.actions.life import NewStation, StationProfile, open_station, update_station
from wushe.stations.actions.mending import RemedyDraft, drop_remedy, finish_remedy, plan_remedy
from wushe.stations.actions.offices import (
    OfficeDraft,
    extend_office,
    let_office,
    offer_office,
    vacate_office,
    withdraw_extension,
    withdraw_office,
)
from wushe.stations.actions.opening import Hours, set_hours
from wushe.stations.actions.placing import share_premises, tie_station
from wushe.stations.actions.promising import CommitmentDraft, deliver_commitment, make_commitment, withdraw_commitment
from wushe.stations.actions.rooms import NewRoom, add_room, give_up_room

__all__ = [
    "AssetDraft",
    "BookingDraft",
    "CheckDraft",
    "CommitmentDraft",
    "DutyDraft",
    "Evidence",
    "FindingDraft",
    "Hours",
    "NewRoom",
    "NewStation",
    "OfficeDraft",
    "RemedyDraft",
    "StationProfile",
    "add_room",
    "book_room",
    "cancel_booking",
    "check_station",
    "close_station",
    "deliver_commitment",
    "drop_remedy",
    "enter_asset",
    "extend_office",
    "finish_remedy",
    "give_up_room",
    "hand_over_asset",
    "inspect_station",
    "let_office",
    "make_commitment",
    "note_use",
    "offer_office",
    "open_station",
    "plan_remedy",
    "record_duty",
    "set_hours",
    "share_premises",
    "tie_station",
    "update_station",
    "vacate_office",
    "withdraw_commitment",
    "withdraw_duty",
    "withdraw_extension",
    "withdraw_office",
    "write_off_asset",
]
