from django.urls import path

from wushe.web.common import views

app_name = "common"
urlpatterns = [path("preferences/", views.preferences, name="preferences")]
