"""A page that holds the field of a place alone, for the tests in a browser."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from wushe.web.common.fields import RegionField

PAGE = """<!doctype html><title>form</title>{% load static %}<link rel="stylesheet" href="{% static 'vendor/tabler.css' %}">
<form>{{ form.place.errors }}<label for="id_place_text">place</label>{{ form.place }}<button>send</button></form>
<output>{{ chosen }}</output>{{ form.media }}"""


class PlaceForm(forms.Form):
    place = RegionField()


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    form = PlaceForm(request.GET or None)
    chosen = form.cleaned_data["place"].code if form.is_bound and form.is_valid() else ""
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form, "chosen": chosen}, request))


urlpatterns = [path("form/", page), path("places/", include("wushe.web.common.places.urls"))]
