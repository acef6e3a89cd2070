from django.urls import path

from wushe.web.desk.exams import views

app_name = "exams"
urlpatterns = [
    path("", views.exams, name="list"),
    path("note/", views.note_exam, name="note_exam"),
    path("title/", views.record_title_exam, name="record_title_exam"),
    path("<int:exam_id>/correct/", views.correct_exam, name="correct_exam"),
    path("<int:exam_id>/<slug:step>/", views.follow_exam, name="follow_exam"),
]
