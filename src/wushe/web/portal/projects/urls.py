from django.urls import path

from wushe.web.portal.projects import projects, tenders

app_name = "projects"
urlpatterns = [
    path("projects/", projects.projects, name="list"),
    path("projects/<str:number>/", projects.project, name="detail"),
    path("tenders/", tenders.tenders, name="tenders"),
    path("tenders/<str:number>/", tenders.tender, name="tender"),
    path("tenders/<str:number>/papers/<str:paper>/", tenders.tender_paper, name="tender_paper"),
]
