from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "wushe.reports"
    label = "reports"
