from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "wushe.services"
    label = "services"
