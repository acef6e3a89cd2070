from django.urls import path

from wushe.web.portal.help import views

app_name = "help"
urlpatterns = [
    path("", views.guide, name="guide"),
    path("<slug:section>/", views.guide, name="section"),
]
