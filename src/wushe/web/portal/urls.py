from django.urls import URLPattern, URLResolver, include, path

from wushe.web.portal import views

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("targets/", include("wushe.web.portal.targets.urls")),
    path("", views.home, name="home"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("help/", include("wushe.web.portal.help.urls")),
    path("needs/", include("wushe.web.portal.needs.urls")),
    path("filings/", include("wushe.web.portal.filings.urls")),
    path("stations/", include("wushe.web.portal.stations.urls")),
    path("organisations/", include("wushe.web.portal.organisations.urls")),
    path("", include("wushe.web.portal.projects.urls")),
]
