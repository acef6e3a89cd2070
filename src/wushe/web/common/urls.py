from django.urls import path

from wushe.web.common import kept, views

app_name = "common"
urlpatterns = [
    path("preferences/", views.preferences, name="preferences"),
    path("typed/forget/", kept.forget_typed, name="forget_typed"),
]
