from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Ties the floors together once every app is loaded."""

    name = "wushe.config"
    label = "config"

    def ready(self) -> None:
        from wushe.config import roles, wiring  # noqa: PLC0415 -- app ready: models exist only from here on

        roles.install()
        wiring.connect()
        wiring.open_files()
