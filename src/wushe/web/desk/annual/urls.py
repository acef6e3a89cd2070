from django.urls import path

from wushe.web.desk.annual import keeping, reading

app_name = "annual"
urlpatterns = [
    path("", reading.checks, name="list"),
    path("open/", keeping.open_annual_check, name="open_annual_check"),
    path("place/<slug:number>/", reading.place, name="place"),
    path("<slug:number>/", reading.check, name="check"),
    path("<slug:number>/accept/", keeping.accept_annual_forms, name="accept_annual_forms"),
    path("<slug:number>/<slug:organisation>/", reading.form, name="form"),
    path("<slug:number>/<slug:organisation>/confirm/", keeping.confirm_annual_form, name="confirm_annual_form"),
    path("<slug:number>/<slug:organisation>/judge/", keeping.judge_annual_form, name="judge_annual_form"),
]
