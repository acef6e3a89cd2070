from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "wushe.indicators"
    label = "indicators"
