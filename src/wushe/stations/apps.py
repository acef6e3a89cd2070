from django.apps import AppConfig


class StationsConfig(AppConfig):
    name = "wushe.stations"
    label = "stations"
