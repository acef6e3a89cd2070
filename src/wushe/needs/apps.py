from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "wushe.needs"
    label = "needs"
