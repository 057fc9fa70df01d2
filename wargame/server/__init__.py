"""The process side of the house: settings, ASGI, Celery, health and the one-command start. Holds no game rule."""

from wargame.server.celery import app as celery_app

__all__ = ["celery_app"]
