from django.urls import path

from wushe.web.portal.needs import results, views

app_name = "needs"
urlpatterns = [
    path("report/", views.report, name="report"),
    path("receipt/", views.receipt, name="receipt"),
    path("status/", views.status, name="status"),
    path("results/", results.results, name="results"),
    path("contest/", views.contest_answer, name="contest_answer"),
    path("verdict/", views.give_verdict, name="give_verdict"),
]
