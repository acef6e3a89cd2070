from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "wushe.organisations"
    label = "organisations"
