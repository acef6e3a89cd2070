from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "wushe.policies"
    label = "policies"
