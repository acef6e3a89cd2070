from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "wushe.audit"
    label = "audit"
