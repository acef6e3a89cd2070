"""The desk and its parts; a part is a package with `urls.py`, and one line here."""

from django.urls import URLPattern, URLResolver, include, path

from wushe.web.desk import account, gallery, looking, searching, viewing, views

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.inbox, name="inbox"),
    path("news/", views.news, name="news"),
    path("news/read/", views.mark_news_read, name="mark-news-read"),
    path("search/", searching.search, name="search"),
    path("audit/", views.audit, name="audit"),
    path("audit/verify/", views.verify_audit, name="verify-audit"),
    path("views/save/", viewing.save_view, name="save_view"),
    path("views/drop/", viewing.drop_view, name="drop_view"),
    path("place/", looking.look_at, name="look_at"),
    path("me/", account.me, name="me"),
    path("me/password/", account.change_password, name="change_password"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("projects/", include("wushe.web.desk.projects.urls")),
    path("procurement/", include("wushe.web.desk.procurement.urls")),
    path("delivery/", include("wushe.web.desk.delivery.urls")),
    path("oversight/", include("wushe.web.desk.oversight.urls")),
    path("needs/", include("wushe.web.desk.needs.urls")),
    path("stations/", include("wushe.web.desk.stations.urls")),
    path("exams/", include("wushe.web.desk.exams.urls")),
    path("coaching/", include("wushe.web.desk.coaching.urls")),
    path("training/", include("wushe.web.desk.training.urls")),
    path("workers/", include("wushe.web.desk.workers.urls")),
    path("organisations/", include("wushe.web.desk.organisations.urls")),
    path("filings/", include("wushe.web.desk.filings.urls")),
    path("federations/", include("wushe.web.desk.federations.urls")),
    path("annual/", include("wushe.web.desk.annual.urls")),
    path("custody/", include("wushe.web.desk.custody.urls")),
    path("incubation/", include("wushe.web.desk.incubation.urls")),
    path("targets/", include("wushe.web.desk.targets.urls")),
    path("users/", include("wushe.web.desk.users.urls")),
    path("places/", include("wushe.web.desk.places.urls")),
    path("policies/", include("wushe.web.desk.policies.urls")),
    path("imports/", include("wushe.web.desk.imports.urls")),
    path("money/", include("wushe.web.desk.money.urls")),
]
