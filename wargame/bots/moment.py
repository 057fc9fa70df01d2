"""The ids under which bots act."""

import hashlib


def command_id(seat: str, turn: int, phase: str, slug: str) -> str:
    """Return the id under which a bot does one thing: the same for everybody who makes it act."""
    mark = hashlib.blake2b(slug.encode(), digest_size=9).hexdigest()
    return f"bot:{seat}:{turn}:{phase}:{mark}"[:64]
