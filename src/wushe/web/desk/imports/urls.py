from django.urls import path

from wushe.web.desk.imports import bringing, reading, settling

app_name = "imports"
urlpatterns = [
    path("", reading.imports, name="list"),
    path("new/", bringing.open_import, name="open_import"),
    path("empty/<slug:register>/", reading.empty_table, name="empty_table"),
    path("<slug:number>/", reading.one_import, name="detail"),
    path("<slug:number>/columns/", bringing.check_import, name="check_import"),
    path("<slug:number>/alike/", settling.choose_rows, name="choose_rows"),
    path("<slug:number>/enter/", settling.apply_import, name="apply_import"),
    path("<slug:number>/undo/", settling.undo_import, name="undo_import"),
    path("<slug:number>/errors/", reading.error_file, name="error_file"),
]
