from django.urls import path

from wushe.web.desk.projects import designing, reading, reviewing, stepping, tendering

app_name = "projects"
urlpatterns = [
    path("", reading.projects, name="list"),
    path("new/", designing.draft_project, name="draft-project"),
    path("<str:number>/", reading.project, name="detail"),
    path("<str:number>/edit/", designing.revise_design, name="revise-design"),
    path("<str:number>/submit/", designing.submit_design, name="submit-design"),
    path("<str:number>/review/", reviewing.review_design, name="review-design"),
    path("<str:number>/review/take-up/", reviewing.take_up_review, name="take-up-review"),
    path("<str:number>/tender/", tendering.publish_tender, name="publish-tender"),
    path("<str:number>/tender/cancel/", tendering.cancel_tender, name="cancel-tender"),
    path("<str:number>/steps/<str:code>/", stepping.complete_step, name="complete-step"),
    path("<str:number>/steps/<str:code>/waive/", stepping.waive_step, name="waive-step"),
    path("<str:number>/terminate/", tendering.terminate_project, name="terminate-project"),
]
