from django.urls import path

from wushe.web.desk.money import funding, reading

app_name = "money"
urlpatterns = [
    path("", reading.sources, name="sources"),
    path("open/", funding.open_source, name="open_source"),
    path("sources/<slug:number>/", reading.source, name="source"),
    path("sources/<slug:number>/commit/", funding.commit_to_project, name="commit_to_project"),
    path("sources/<slug:number>/release/", funding.release_from_project, name="release_from_project"),
    path("entries/<slug:number>/", reading.entry, name="entry"),
    path("expenses/<slug:number>/", reading.expense, name="expense"),
]
