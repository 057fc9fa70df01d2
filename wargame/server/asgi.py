"""The ASGI entry point: HTTP goes to Django, WebSockets to the one consumer."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wargame.server.settings")
# Threads are database connections: unbounded, they exhaust PostgreSQL.
os.environ.setdefault("ASGI_THREADS", "8")

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

# Loads the apps; the routing below imports models.
http = get_asgi_application()

from wargame.realtime.routing import websocket_urlpatterns  # noqa: E402

application = ProtocolTypeRouter({"http": http, "websocket": URLRouter(websocket_urlpatterns)})
