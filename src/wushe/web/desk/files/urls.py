from django.urls import path

from wushe.web.desk.files.views import download_file

app_name = "files"
urlpatterns = [path("<slug:number>/", download_file, name="download_file")]
