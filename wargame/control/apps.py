"""Django's entry for Control's desk."""

from django.apps import AppConfig


class ControlConfig(AppConfig):
    """The app that keeps exercises and their sections."""

    name = "wargame.control"
    label = "control"
