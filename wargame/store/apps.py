"""Registers the store with Django."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from wargame.store.timekeeper import on_connection


class StoreConfig(AppConfig):
    """The app."""

    name = "wargame.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Go by the store's clock from the first connection on."""
        connection_created.connect(on_connection, dispatch_uid="wargame.store.timekeeper")
