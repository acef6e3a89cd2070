from django.urls import path

from wushe.web.desk.stations import covering, duties, keeping, looking, mending, reading, rooms, things

app_name = "stations"
urlpatterns = [
    path("", reading.stations, name="list"),
    path("without/", reading.without, name="without"),
    path("coverage/", covering.coverage, name="coverage"),
    path("lights/", covering.lights, name="lights"),
    path("lights/<int:pk>/", covering.light_card, name="light_card"),
    path("duties/", duties.duties, name="duties"),
    path("rooms/", rooms.rooms, name="rooms"),
    path("open/", keeping.open_station, name="open_station"),
    path("<slug:number>/", reading.station, name="detail"),
    path("<slug:number>/update/", keeping.update_station, name="update_station"),
    path("<slug:number>/close/", keeping.close_station, name="close_station"),
    path("<slug:number>/rooms/add/", keeping.add_room, name="add_room"),
    path("<slug:number>/rooms/<int:room_id>/give-up/", keeping.give_up_room, name="give_up_room"),
    path("<slug:number>/rooms/<int:room_id>/book/", rooms.book_room, name="book_room"),
    path("<slug:number>/bookings/", rooms.bookings, name="bookings"),
    path("bookings/<slug:booking>/cancel/", rooms.cancel_booking, name="cancel_booking"),
    path("bookings/<slug:booking>/use/", rooms.note_use, name="note_use"),
    path("<slug:number>/duties/", duties.duty_year, name="duty_year"),
    path("<slug:number>/duties/<slug:duty>/<int:year>/<int:month>/", duties.record_duty, name="record_duty"),
    path("<slug:number>/duties/<int:record_id>/withdraw/", duties.withdraw_duty, name="withdraw_duty"),
    path("<slug:number>/things/enter/", things.enter_asset, name="enter_asset"),
    path("things/<slug:asset>/hand-over/", things.hand_over_asset, name="hand_over_asset"),
    path("things/<slug:asset>/write-off/", things.write_off_asset, name="write_off_asset"),
    path("<slug:number>/share/", things.share_premises, name="share_premises"),
    path("<slug:number>/tie/", things.tie_station, name="tie_station"),
    path("<slug:number>/check/", looking.check_station, name="check_station"),
    path("<slug:number>/inspect/", looking.inspect_station, name="inspect_station"),
    path("<slug:number>/checks/<slug:look>/", looking.look, name="look"),
    path("<slug:number>/remedies/plan/", mending.plan_remedy, name="plan_remedy"),
    path("remedies/<slug:remedy>/", mending.remedy, name="remedy"),
    path("remedies/<slug:remedy>/finish/", mending.finish_remedy, name="finish_remedy"),
    path("remedies/<slug:remedy>/drop/", mending.drop_remedy, name="drop_remedy"),
]
