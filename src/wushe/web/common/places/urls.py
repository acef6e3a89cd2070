from django.urls import path

from wushe.web.common.places.views import search

app_name = "places"
urlpatterns = [path("", search, name="search")]
