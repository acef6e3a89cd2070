from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "wushe.inbox"
    label = "inbox"
