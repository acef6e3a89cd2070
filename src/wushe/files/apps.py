from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "wushe.files"
    label = "files"
