from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "wushe.regions"
    label = "regions"
