from django.urls import path

from wushe.web.portal.filings import applying, checking

app_name = "filings"
urlpatterns = [
    path("apply/", applying.apply_for_filing, name="apply_for_filing"),
    path("blank/", applying.blank, name="blank"),
    path("receipt/", applying.receipt, name="receipt"),
    path("application/", applying.open_application, name="open_application"),
    path("application/correct/", applying.correct_application, name="correct_application"),
    path("check/", checking.find, name="find"),
    path("check/<str:certificate>/", checking.check, name="check"),
]
