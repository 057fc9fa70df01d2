"""Django's entry for the bots."""

from django.apps import AppConfig


class BotsConfig(AppConfig):
    """The bots keep no rows of their own."""

    name = "wargame.bots"
    label = "bots"
