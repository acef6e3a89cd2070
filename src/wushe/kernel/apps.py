from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "wushe.kernel"
    label = "kernel"
