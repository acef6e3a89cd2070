"""What happens to stations, as the second half of a sentence that starts with the actor's name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise | str] = {
    "stations.open_station": _("put the station on the register"),
    "stations.update_station": _("corrected the station"),
    "stations.close_station": _("closed the station"),
    "stations.add_room": _("entered a room"),
    "stations.give_up_room": _("gave up a room"),
    "stations.check_station": _("checked the station itself"),
    "stations.inspect_station": _("inspected the station"),
    "stations.plan_remedy": _("planned a remedy"),
    "stations.finish_remedy": _("finished a remedy"),
    "stations.drop_remedy": _("dropped a remedy"),
    "stations.record_duty": _("recorded a duty"),
    "stations.withdraw_duty": _("withdrew the record of a duty"),
    "stations.book_room": _("booked a room"),
    "stations.cancel_booking": _("cancelled a booking"),
    "stations.note_use": _("noted the use of a room"),
    "stations.enter_asset": _("entered equipment"),
    "stations.hand_over_asset": _("handed equipment over"),
    "stations.write_off_asset": _("wrote equipment off"),
    "stations.make_commitment": _("recorded a commitment"),
    "stations.deliver_commitment": _("recorded that a commitment was kept"),
    "stations.withdraw_commitment": _("withdrew a commitment"),
    "stations.set_hours": _("set the opening hours"),
    "stations.offer_office": _("offered a free office"),
    "stations.let_office": _("let an organisation have a free office"),
    "stations.extend_office": _("extended the agreement about a free office"),
    "stations.withdraw_extension": _("took back an extension of the agreement about a free office"),
    "stations.vacate_office": _("recorded that a free office was vacated"),
    "stations.withdraw_office": _("took a free office off the list"),
    "stations.share_premises": _("said what shares the premises"),
    "stations.tie_station": _("changed who guides the station"),
}
