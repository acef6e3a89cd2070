from django.urls import path

from wushe.web.desk.targets import views

app_name = "targets"
urlpatterns = [path("", views.board, name="board"), path("<str:target>/", views.target, name="target")]
