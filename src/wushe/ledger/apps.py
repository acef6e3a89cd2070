from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "wushe.ledger"
    label = "ledger"
