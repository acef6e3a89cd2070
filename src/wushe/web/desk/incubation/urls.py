from django.urls import path

from wushe.web.desk.incubation import keeping, reading

app_name = "incubation"
urlpatterns = [
    path("", reading.bases, name="list"),
    path("open/", keeping.open_base, name="open_base"),
    path("<slug:number>/", reading.base, name="base"),
    path("<slug:number>/correct/", keeping.correct_base, name="correct_base"),
    path("<slug:number>/close/", keeping.close_base, name="close_base"),
    path("<slug:number>/cohort/", keeping.open_cohort, name="open_cohort"),
    path("<slug:number>/cohort/<int:cohort>/candidate/", keeping.nominate_candidate, name="nominate_candidate"),
    path("<slug:number>/candidates/<int:candidature>/", keeping.judge_candidate, name="judge_candidate"),
    path("<slug:number>/enter/", keeping.enter_base, name="enter_base"),
    path("<slug:number>/stays/<int:stay>/", reading.stay, name="stay"),
    path("<slug:number>/stays/<int:stay>/slip/", keeping.record_base_service, name="record_base_service"),
    path("<slug:number>/stays/<int:stay>/leave/", keeping.leave_base, name="leave_base"),
]
