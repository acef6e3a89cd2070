from django.urls import path

from wushe.web.portal.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.organisations, name="list"),
    path("<slug:number>/", views.organisation, name="detail"),
]
