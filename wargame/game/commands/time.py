"""What the clock says."""

from typing import Annotated

from msgspec import Meta

from wargame.game.commands.base import Cmd, Id


class TimerFire(Cmd, frozen=True, kw_only=True, tag="timer.fire"):
    """A deadline is due. A stale generation changes nothing."""

    key: Id
    generation: Annotated[int, Meta(ge=0)]
