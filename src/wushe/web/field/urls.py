"""The pages for the phone; a part is a package with `urls.py`, and one line here."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "field"
urlpatterns: list[URLPattern | URLResolver] = [path("needs/", include("wushe.web.field.needs.urls"))]
