from django.urls import path

from wushe.web.desk.places import changing, piloting, reading

app_name = "places"
urlpatterns = [
    path("", reading.places, name="list"),
    path("pilots/", piloting.pilots, name="pilots"),
    path("pilots/<slug:number>/", piloting.pilot, name="pilot"),
    path("pilots/<slug:number>/end/", piloting.end_pilot, name="end_pilot"),
    path("<int:pk>/pilot/", piloting.name_pilot, name="name_pilot"),
    path("<int:pk>/", reading.place, name="detail"),
    path("<int:pk>/settlement/", changing.set_settlement, name="set_settlement"),
    path("<int:pk>/coverage/", changing.set_coverage, name="set_coverage"),
    path("<int:pk>/population/", changing.record_population, name="record_population"),
    path("<int:pk>/merge/", changing.merge_regions, name="merge_regions"),
    path("<int:pk>/split/", changing.split_region, name="split_region"),
]
