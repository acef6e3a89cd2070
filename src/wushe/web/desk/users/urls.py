from django.urls import path

from wushe.web.desk.users import accounts, posting, reading

app_name = "users"
urlpatterns = [
    path("", reading.users, name="list"),
    path("create/", accounts.create_user, name="create_user"),
    path("<slug:number>/", reading.user, name="detail"),
    path("<slug:number>/update/", accounts.update_user, name="update_user"),
    path("<slug:number>/appoint/", posting.appoint, name="appoint"),
    path("<slug:number>/posts/<int:post_id>/end/", posting.end_post, name="end_post"),
    path("<slug:number>/disable/", accounts.disable_user, name="disable_user"),
    path("<slug:number>/enable/", accounts.enable_user, name="enable_user"),
    path("<slug:number>/password/", accounts.give_password, name="give_password"),
]
