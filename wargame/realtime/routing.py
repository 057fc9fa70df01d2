"""The one WebSocket address."""

from django.urls import re_path

from wargame.realtime.consumer import GameConsumer

websocket_urlpatterns = [re_path(r"^ws/game/(?P<game>[A-Za-z0-9_-]{1,40})$", GameConsumer.as_asgi())]
