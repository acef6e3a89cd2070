from django.urls import path

from wushe.web.desk.policies import views

app_name = "policies"
urlpatterns = [
    path("", views.contents, name="contents"),
    path("articles/<str:document>/<str:number>/", views.article, name="article"),
]
