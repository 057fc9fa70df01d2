"""Django's entry for the report."""

from django.apps import AppConfig


class AarConfig(AppConfig):
    """The app that keeps built reports."""

    name = "wargame.aar"
    label = "aar"
