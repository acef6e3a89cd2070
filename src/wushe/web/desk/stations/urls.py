from django.urls import path

from wushe.web.desk.stations import keeping, looking, mending, reading

app_name = "stations"
urlpatterns = [
    path("", reading.stations, name="list"),
    path("without/", reading.without, name="without"),
    path("open/", keeping.open_station, name="open_station"),
    path("<slug:number>/", reading.station, name="detail"),
    path("<slug:number>/update/", keeping.update_station, name="update_station"),
    path("<slug:number>/close/", keeping.close_station, name="close_station"),
    path("<slug:number>/rooms/add/", keeping.add_room, name="add_room"),
    path("<slug:number>/rooms/<int:room_id>/give-up/", keeping.give_up_room, name="give_up_room"),
    path("<slug:number>/check/", looking.check_station, name="check_station"),
    path("<slug:number>/inspect/", looking.inspect_station, name="inspect_station"),
    path("<slug:number>/checks/<slug:look>/", looking.look, name="look"),
    path("<slug:number>/remedies/plan/", mending.plan_remedy, name="plan_remedy"),
    path("remedies/<slug:remedy>/", mending.remedy, name="remedy"),
    path("remedies/<slug:remedy>/finish/", mending.finish_remedy, name="finish_remedy"),
    path("remedies/<slug:remedy>/drop/", mending.drop_remedy, name="drop_remedy"),
]
