from django.urls import path

from wushe.web.portal.surveys import views

app_name = "surveys"
urlpatterns = [
    path("thanks/", views.thanks, name="thanks"),
    path("<str:token>/", views.answer_survey, name="answer_survey"),
]
