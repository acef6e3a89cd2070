from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "wushe.workforce"
    label = "workforce"
