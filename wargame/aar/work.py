"""What a job is made of: its kind, what it is asked to do, and what comes of it.

Owns the words every builder of a document, an export or a run shares. It knows no row and no queue.
"""

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, Literal, Protocol

import msgspec
from msgspec import Struct

from wargame.aar.report import TRUTH
from wargame.play.answers import Refused
from wargame.store.models import Game
from wargame.version import ENGINE


class Cancelled(Exception):
    """The reader wants no more of it, or another worker has taken it over. Raised by `tell`; let it pass."""


class Unbuildable(Exception):
    """There is nothing to build; the message is a sentence for the reader, with what to do."""


class Tell(Protocol):
    """Says how far a job is. Raises Cancelled where nobody wants it any more: call it at least once a second."""

    def __call__(self, message: str, done: int, of: int) -> None:
        """Say what is being done, and how many of how many steps are done."""


class Result(Struct, frozen=True):
    """What a job came to: the bytes, their media type, and the name a reader saves them under."""

    body: bytes
    media: str
    name: str


class Reader(Struct, frozen=True):
    """Who asks. `desk`: a facilitator of the game or staff; else a player, with the seat and what they may read."""

    desk: bool
    staff: bool = False
    person: str = ""
    seat: str = ""
    shared: bool = False
    """The whole report was opened to the players."""

    def may_read(self, view: str) -> bool:
        """Tell whether a view (`truth` or a seat) is open to the reader."""
        return self.desk or view == self.seat or (view == TRUTH and self.shared)


class Work(Struct, frozen=True):
    """What is asked: of which game ("" for many games), through which view, with which parameters (`Kind.params`).

    `desk`: the desk asks. What players get of the truth, once it was shared, holds none of Control's own papers.
    """

    game: str
    kind: str
    view: str
    params: Any
    desk: bool = True


def _anybody(work: Work, reader: Reader, game: Game | None) -> Refused | None:
    return None


def _nobody_in_particular(params: Any) -> bool:
    return False


def stands_at_head(game: Game | None, work: Work) -> str:
    """Name what a result is made from: the whole log as it stands. A kind that reads less names less."""
    return "" if game is None else game.head_hash


class Kind(Struct, frozen=True, kw_only=True):
    """A kind of job.

    `who`: who may ask: `view` (any reader, through a view open to them), `truth` (whoever may read the whole report),
    `desk` (facilitators and staff), `staff`. `params`: a frozen Struct that forbids unknown fields. `stands`: a text
    that is the same as long as the same parameters give the same result; it is part of the key of the cache. `check`
    refuses what cannot be built. `common`: players who may read the whole report share it with the desk; else each side
    has jobs of its own. `personal`: only the very person who asked may see it. `fresh`: a text without `|` for what has
    to be as it was when it was built, or nothing is handed out; what has changed once never reads as before again. What
    `stands` names may have gone on by then.
    """

    build: Callable[[Work, Tell], Result]
    who: Literal["view", "truth", "desk", "staff"]
    params: type[Struct]
    stands: Callable[[Game | None, Work], str] = stands_at_head
    check: Callable[[Work, Reader, Game | None], Refused | None] = _anybody
    common: bool = False
    personal: Callable[[Any], bool] = _nobody_in_particular
    fresh: Callable[[Game | None, Work], str] | None = None
    version: int = 1
    """Raise it when the same question gets another answer: what was built before is not handed out again."""


def key_of(kind: Kind, work: Work, *, side: str, stands: str) -> str:
    """Return what a result is found by: everything it depends on, the version of its kind and of the engine too."""
    whole = [work.game, work.kind, work.view, side, stands, kind.version, ENGINE, work.params]
    return blake2b(msgspec.json.encode(whole, order="deterministic"), digest_size=24).hexdigest()
