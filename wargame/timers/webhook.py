"""Post a few words to an address somebody gave us, without letting it lead anywhere but out.

An address on a form is a way to make a server speak to its own network. Only https to public addresses is spoken to,
the very address that was looked at is the one that is connected to, and nothing is followed.
"""

import ipaddress
import json
import socket
from http.client import HTTPSConnection
from urllib.parse import urlsplit

TIMEOUT_S = 5.0


class WebhookRefused(Exception):
    """The address is none that is posted to, or it answered that it does not want this."""


def fault_of(address: str) -> str:
    """Return what is wrong with an address as it is written, as the end of a sentence, or nothing."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return "its host or port is written wrongly"
    if parts.scheme != "https" or not parts.hostname:
        return "it has to begin with https:// and name a host"
    if parts.username or parts.password:
        return "it may not carry a name or password"
    return ""


def post(address: str, words: dict[str, str]) -> None:
    """Post JSON. Raises WebhookRefused, or OSError where nobody answers."""
    if fault_of(address):
        raise WebhookRefused(fault_of(address))
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or 443
    target = _public_address(host, port)

    def connect(_: tuple[str, int], timeout: float | None = None, __: object = None) -> socket.socket:
        return socket.create_connection((target, port), timeout=timeout)

    connection = HTTPSConnection(host, port, timeout=TIMEOUT_S)
    connection._create_connection = connect  # type: ignore[attr-defined]  # noqa: SLF001 - its one way in
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, json.dumps(words).encode(), {"Content-Type": "application/json"})
        status = connection.getresponse().status
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise WebhookRefused(f"it answered {status}")


def _public_address(host: str, port: int) -> str:
    for *_, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        found = str(where[0])
        if ipaddress.ip_address(found).is_global:
            return found
    raise WebhookRefused("it leads to no public address")
