from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "wushe.surveys"
    label = "surveys"
