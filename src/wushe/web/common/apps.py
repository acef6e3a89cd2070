from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "wushe.web.common"
    label = "web_common"
