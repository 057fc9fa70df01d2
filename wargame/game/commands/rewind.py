"""Commands that mark a moment, take the game back to it, and begin another game from it."""

from typing import Annotated

from msgspec import Meta

from wargame.game.commands.base import Cmd, Id, Name, Reason


class CheckpointMake(Cmd, frozen=True, kw_only=True, tag="checkpoint.make"):
    """Mark this moment under a name, to come back to or to begin another game from."""

    label: Name


class GameRewind(Cmd, frozen=True, kw_only=True, tag="game.rewind"):
    """Take the game back to a checkpoint; everybody is told the reason, and the clocks stand still.

    `rewinds` is how many rewinds the sender knew of: it guards against going back twice by two facilitators at once.
    """

    checkpoint: Id
    reason: Reason
    rewinds: Annotated[int, Meta(ge=0)] | None = None


class GameBranch(Cmd, frozen=True, kw_only=True, tag="game.branch"):
    """Write down that a new game begins from a moment of this one. Given by the server for a facilitator."""

    game: Id
    title: Name
    seq: Annotated[int, Meta(ge=1)]
    sandbox: bool = False


class GameFork(Cmd, frozen=True, kw_only=True, tag="game.fork"):
    """Make the game whose beginning was copied one of its own. Given by the server; `at_ms` is the copied moment's."""

    origin: Id
    seq: Annotated[int, Meta(ge=1)]
    at_ms: int
    title: Name
    seed: Id | None = None
    open: tuple[Id, ...] = ()
    bots: dict[Id, Id] = {}
    sandbox: bool = False
