"""Reading a client's frame: the frame, or why it is none and, where it can be told, which command it was."""

import re
from typing import NamedTuple

import msgspec

from wargame.play.answers import Refused
from wargame.play.wire import malformed
from wargame.protocol.frames import ClientFrame

_FRAMES: msgspec.json.Decoder[ClientFrame] = msgspec.json.Decoder(ClientFrame)
_ID = re.compile(r'"id"\s*:\s*"([A-Za-z0-9_.:-]{8,64})"')
HEAD = 1_024
"""Characters of an oversize frame that are looked at for its id."""
KNOWN = "hello, command, ack, ping, claim, writing"


class Unread(NamedTuple):
    """A frame that could not be read."""

    id: str | None
    why: Refused


def read_frame(text: str | None, *, limit: int) -> ClientFrame | Unread:
    """Return the frame of a text message; never raises, whatever it holds."""
    if not text:
        return Unread(None, Refused("frame.binary"))
    if len(text) > limit or len(text.encode()) > limit:
        return Unread(_id_in(text[:HEAD]), Refused("frame.oversize", {"limit": limit}))
    try:
        return _FRAMES.decode(text)
    except msgspec.ValidationError as error:
        why = malformed("frame.malformed", error)
        if why.params["at"] == "$.t":
            why = Refused("frame.unknown", {"expected": KNOWN})
        else:
            why = Refused("frame.malformed", {"where": why.params["at"], "expected": why.params["expected"]})
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        why = Refused("frame.malformed", {"where": "$", "expected": "JSON"})
    return Unread(_id_in(text), why)


def _id_in(text: str) -> str | None:
    """Return the id of the command a text seems to be, so that its sender learns which one was refused."""
    found = _ID.search(text)
    return found[1] if found else None
