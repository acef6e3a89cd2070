from django.urls import path

from wushe.web.portal.stations import views

app_name = "stations"
urlpatterns = [
    path("", views.stations, name="list"),
    path("offices/", views.offices, name="offices"),
    path("<slug:number>/", views.station, name="detail"),
]
