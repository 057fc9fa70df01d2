"""The bare server: every frame one socket sends goes to all sockets, and nothing else happens. The yardstick."""

from collections.abc import Awaitable, Callable
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]
_sockets: set[Send] = set()


async def application(scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send) -> None:
    """Serve one socket (ASGI)."""
    if scope["type"] != "websocket":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"bare"})
        return
    await receive()
    await send({"type": "websocket.accept"})
    _sockets.add(send)
    try:
        while (message := await receive())["type"] == "websocket.receive":
            for other in tuple(_sockets):
                await other({"type": "websocket.send", "text": message["text"]})
    finally:
        _sockets.discard(send)
