from django.urls import path

from wushe.web.desk.projects import reading

app_name = "projects"
urlpatterns = [
    path("", reading.projects, name="list"),
    path("<str:number>/", reading.project, name="detail"),
]
