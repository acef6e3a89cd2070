from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "wushe.imports"
    label = "imports"
