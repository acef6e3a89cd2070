from django.urls import path

from wushe.web.desk.coaching import appraising, mentoring, studying

app_name = "coaching"
urlpatterns = [
    path("", appraising.appraisals, name="appraisals"),
    path("record/", appraising.record_appraisal, name="record_appraisal"),
    path("appraisals/<slug:number>/", appraising.appraisal, name="appraisal"),
    path("appraisals/<slug:number>/finish/", appraising.finish_appraisal, name="finish_appraisal"),
    path("pairs/", mentoring.pairings, name="pairings"),
    path("pairs/form/", mentoring.pair_workers, name="pair_workers"),
    path("pairs/<slug:number>/", mentoring.pairing, name="pairing"),
    path("pairs/<slug:number>/log/", mentoring.log_pairing, name="log_pairing"),
    path("pairs/<slug:number>/skills/", mentoring.confirm_skills, name="confirm_skills"),
    path("pairs/<slug:number>/end/", mentoring.end_pairing, name="end_pairing"),
    path("studies/", studying.studies, name="studies"),
    path("studies/record/", studying.record_study, name="record_study"),
    path("studies/<int:study_id>/correct/", studying.correct_study, name="correct_study"),
    path("studies/<int:study_id>/withdraw/", studying.withdraw_study, name="withdraw_study"),
    path("studies/<int:study_id>/end/", studying.end_study, name="end_study"),
]
