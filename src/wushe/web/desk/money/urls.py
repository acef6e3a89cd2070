from django.urls import path

from wushe.web.desk.money import book, funding, reading

app_name = "money"
urlpatterns = [
    path("", reading.sources, name="sources"),
    path("open/", funding.open_source, name="open_source"),
    path("sources/<slug:number>/", reading.source, name="source"),
    path("sources/<slug:number>/commit/", funding.commit_to_project, name="commit_to_project"),
    path("sources/<slug:number>/release/", funding.release_from_project, name="release_from_project"),
    path("sources/<slug:number>/allot/", funding.allot_to_body, name="allot_to_body"),
    path("entries/", book.journal, name="journal"),
    path("entries/<slug:number>/", reading.entry, name="entry"),
    path("entries/<slug:number>/reverse/", book.reverse_booking, name="reverse_booking"),
    path("accounts/<int:pk>/", book.account, name="account"),
    path("expenses/<slug:number>/", reading.expense, name="expense"),
]
