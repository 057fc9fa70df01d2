"""People who write in a pad: replicas of its document, as a browser holds one."""

from __future__ import annotations

from base64 import b64decode, b64encode
from functools import cache
from hashlib import sha256

import msgspec
from pycrdt import Doc, Text

from negotiation import pads


class Writer:
    """One replica of a pad's document. Every change returns its update; nothing is sent by itself."""

    def __init__(self, client: int, state: str = "") -> None:
        self.doc: Doc[Text] = Doc(client_id=client)
        if state:
            self.hear(state)

    def hear(self, update: str) -> None:
        """Take in an update or a whole."""
        self.doc.apply_update(b64decode(update))

    def read(self, clause: str) -> str:
        """Return the text of a clause."""
        return str(self.doc.get(clause, type=Text))

    def write(self, clause: str, at: int, words: str) -> str:
        """Insert words before the character `at` and return the update, in base64."""
        text = self.doc.get(clause, type=Text)
        before = self.doc.get_state()
        text.insert(_offset(str(text), at), words)
        return b64encode(self.doc.get_update(before)).decode()

    def cut(self, clause: str, at: int, length: int) -> str:
        """Delete characters and return the update."""
        text = self.doc.get(clause, type=Text)
        now, before = str(text), self.doc.get_state()
        del text[_offset(now, at) : _offset(now, min(at + length, len(now)))]
        return b64encode(self.doc.get_update(before)).decode()


def _offset(text: str, at: int) -> int:
    """Return the place of a character in bytes, as the library counts."""
    return len(text[: min(at, len(text))].encode())


def words(clause: str, said: str, *, client: int = 7, at: int = 0) -> str:
    """Return an update that begins a clause with these words."""
    return Writer(client).write(clause, at, said)


@cache
def merged_digest() -> str:
    """Return the digest of a pad eight people have written and cut in, as bytes of the state."""
    pad = pads.Pad(
        offer="o", seat="potus", counter=False, merged=pads.begun({"test": "Begin.", "sec": "끝"}, opening="1f")
    )
    people = [Writer(1000 + 77 * number, b64encode(pad.merged).decode()) for number in range(5)]
    for place in range(160):
        writer, clause = people[place * 3 % 5], ("test", "sec", "fac")[place % 3]
        length = len(writer.read(clause))
        update = (
            writer.cut(clause, place * 7 % length, 3)
            if length > 9 and place % 4 == 0
            else writer.write(clause, place * 13 % (length + 1), f"{place}🕊 ")
        )
        assert pads.check_update(pad, update, clauses=("test", "sec", "fac")) is None
        pad = pads.edited(pad, update)
        for other in people:
            if other is not writer and place % 3:
                other.hear(update)
    return sha256(msgspec.json.encode(pad, order="deterministic")).hexdigest()
