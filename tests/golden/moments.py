"""The part of the golden script in which Control marks a moment, goes back to it, and begins other games."""

from tests.support.builders import CONTROL, SEATS, SYSTEM, Game, player
from wargame.game import commands as c


def of_its_own(game: Game) -> None:
    """Let the game be one that was begun from a copy: it changes nothing in a lobby nobody has entered."""
    bots = {"jpn": "dove"}
    fork = c.GameFork(origin="g-first", seq=1, at_ms=game.now, title="Golden", open=SEATS, bots=bots)
    game.do(SYSTEM, fork)


def there_and_back(game: Game) -> None:
    """Mark a moment, go on, take the game back to it, and try the other way in a sandbox."""
    game.do(CONTROL, c.CheckpointMake(label="Before the leak"))
    mark = game.state.checkpoints[-1]
    game.later(1_000).do(player("potus"), c.MessagePost(message="leak", room="press", text="Off the record: no."))
    branch = c.GameBranch(game="g-sandbox", title="What if they stay silent", seq=len(game.log), sandbox=True)
    game.do(CONTROL, branch)
    game.do(CONTROL, c.GameRewind(checkpoint=mark, reason="That was not for the press.", rewinds=0))
    game.later(1_000).do(CONTROL, c.GameResume())
