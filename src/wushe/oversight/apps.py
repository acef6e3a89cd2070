from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "wushe.oversight"
    label = "oversight"
