from django.urls import path

from wushe.web.api import views

app_name = "open"
urlpatterns = [
    path("ocds/releases.json", views.releases, name="releases"),
    path("ocds/records/<str:ocid>.json", views.record, name="record"),
]
