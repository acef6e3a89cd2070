"""All surfaces."""

from django.urls import URLPattern, URLResolver, include, path

from wushe.web.common.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("s/", include("wushe.web.portal.surveys.urls")),
    path("places/", include("wushe.web.common.places.urls")),
    path("", include("wushe.web.portal.urls")),
    path("", include("wushe.web.common.urls")),
    path("open/", include("wushe.web.api.urls")),
    path("desk/", include("wushe.web.desk.urls")),
    path("field/", include("wushe.web.field.urls")),
    path("desk/files/", include("wushe.web.desk.files.urls")),
]
