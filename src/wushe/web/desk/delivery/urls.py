from django.urls import path

from wushe.web.desk.delivery import parties, views

app_name = "delivery"
urlpatterns = [
    path("<str:number>/", views.activities, name="activities"),
    path("<str:number>/parties/", parties.parties, name="parties"),
    path("<str:number>/parties/join/", parties.join_project, name="join-project"),
    path("<str:number>/parties/<int:involvement>/leave/", parties.leave_project, name="leave-project"),
    path("<str:number>/enter/", views.enter_station, name="enter-station"),
    path("<str:number>/room/", views.set_room_end, name="set_room_end"),
    path("<str:number>/record/", views.record_activity, name="record-activity"),
    path("<str:number>/records/<str:activity>/void/", views.void_activity, name="void-activity"),
    path("<str:number>/finish/", views.finish_delivery, name="finish-delivery"),
]
