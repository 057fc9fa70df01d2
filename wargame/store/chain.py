"""The hash chain over a game's log: what exactly is hashed, and in which order. Must never change shape."""

import hashlib
from typing import NamedTuple

import msgspec

GENESIS = "0" * 64


class Link(NamedTuple):
    """Everything of an event that its hash covers, besides the hash before it."""

    game: str
    seq: int
    event_id: str
    kind: str
    v: int
    actor: str
    cause: str
    at_ms: int
    game_date: str
    engine: str
    payload: bytes


def event_hash(prev_hash: str, link: Link) -> str:
    """Return the hex SHA-256 of the previous hash, the envelope as a JSON list, and the payload's own hash."""
    envelope = msgspec.json.encode(list(link[:-1]))
    digest = hashlib.sha256()
    for part in (prev_hash.encode(), envelope, hashlib.sha256(link.payload).digest()):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
