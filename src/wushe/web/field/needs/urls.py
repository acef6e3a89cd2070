from django.urls import path

from wushe.web.field.needs import views

app_name = "needs"
urlpatterns = [
    path("record/", views.record_need, name="record_need"),
    path("recorded/<slug:number>/", views.recorded, name="recorded"),
]
