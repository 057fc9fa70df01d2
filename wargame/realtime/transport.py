"""The two things ASGI cannot do: tell which server holds a socket, and cut one whose buffer is full.

Private parts of the servers are touched here and nowhere else; a test per server holds them in place.
"""

import functools
import logging

from wargame.realtime.outbox import Send

log = logging.getLogger(__name__)


def is_daphne(send: Send) -> bool:
    """Tell whether Daphne holds the socket: its `send` is a partial over its protocol object."""
    return isinstance(send, functools.partial) and bool(send.args)


def cut(send: Send) -> bool:
    """Cut the connection at once, whatever waits in its buffer; tell whether the server let us."""
    try:
        if isinstance(send, functools.partial):
            send.args[0].transport.abortConnection()
        else:
            send.__self__.transport.abort()  # type: ignore[attr-defined]
    except AttributeError:
        log.warning("socket.cut_failed server=%s", type(send).__name__)
        return False
    return True
