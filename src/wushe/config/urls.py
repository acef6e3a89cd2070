"""All surfaces."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/files/", include("wushe.web.desk.files.urls")),
]
