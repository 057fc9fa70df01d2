"""Finds the names and addresses under which this machine can be reached. Sends nothing to anybody."""

from __future__ import annotations

import socket
from functools import cache

LOOPBACK = "127.0.0.1"


@cache
def network_address() -> str:
    """Return the address of this machine on the network it would use to reach others, or the loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket only asks the routing table; the address is one kept for documentation.
            probe.connect(("203.0.113.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return LOOPBACK


def local_hosts() -> list[str]:
    """Return the host names an embedded server answers to when ALLOWED_HOSTS is not set."""
    name = socket.gethostname().lower()
    return ["localhost", LOOPBACK, "[::1]", network_address(), name, f"{name.split('.')[0]}.local"]


def port_is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
