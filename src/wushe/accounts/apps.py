from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "wushe.accounts"
    label = "accounts"
