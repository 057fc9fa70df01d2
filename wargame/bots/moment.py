"""When bots act, and the ids under which they do."""

import hashlib
from typing import NamedTuple

from wargame.bots.held import Held
from wargame.game.entities import RewoundSeen


class Moment(NamedTuple):
    """A phase as it is played once: Control may take the game back to it, and then it is another moment."""

    turn: int = 0
    phase: str = ""
    rewinds: int = 0


def moment_of(known: Held, *, turn: int, phase: str) -> Moment:
    """Return the moment a seat is in."""
    rewound = known.one(RewoundSeen, "rewound", "rewound")
    return Moment(turn, phase, 0 if rewound is None else rewound.count)


def command_id(seat: str, moment: Moment, slug: str) -> str:
    """Return the id under which a bot does one thing: the same for everybody who makes it act."""
    mark = hashlib.blake2b(slug.encode(), digest_size=9).hexdigest()
    again = f":{moment.rewinds}" if moment.rewinds else ""
    return f"bot:{seat}:{moment.turn}:{moment.phase}{again}:{mark}"[:64]
