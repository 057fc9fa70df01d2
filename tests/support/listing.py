"""Arrange games with entries of the master list: write, send and look at them. One started game is built and copied."""

from copy import copy
from functools import cache

from tests.support.builders import CONTROL, SYSTEM, Game, a_game
from wargame.game import commands as c
from wargame.game import msel
from wargame.game.state import Entry

MINUTE = 60_000


@cache
def _started() -> Game:
    return a_game().with_seats("potus", "dprk", "state").started()


def playing() -> Game:
    """Return a game in its first phase with three people in it; a copy each time."""
    game = copy(_started())
    game.log, game.told, game._told_by = list(game.log), list(game.told), list(game._told_by)
    return game


def words(name: str, *, to: tuple[str, ...] = ("potus",), **given: object) -> c.EntryWords:
    """Return an entry that goes by hand unless `when` says otherwise."""
    fields: dict[str, object] = {"title": f"Title of {name}", "text": f"Text of {name}", "when": c.When(hand=True)}
    return c.EntryWords(to=to, **{**fields, **given})  # type: ignore[arg-type]


def written(game: Game, name: str, **given: object) -> Game:
    """Write a new entry."""
    return game.do(CONTROL, c.InjectWrite(msel=name, entry=words(name, **given)))  # type: ignore[arg-type]


def entry(game: Game, name: str) -> Entry:
    """Return an entry of the list."""
    return game.state.msel[name]


def due(game: Game, name: str) -> int | None:
    """Return when the clock of an entry runs out, None if it does not run."""
    timer = game.state.timers.get(msel.timer_key(name))
    return timer.due_at_ms if timer is not None else None


def fire(game: Game, name: str) -> Game:
    """Let the clock of an entry run out."""
    timer = game.state.timers[msel.timer_key(name)]
    return game.do(SYSTEM, c.TimerFire(key=timer.key, generation=timer.generation))


def send(game: Game, name: str) -> Game:
    """Send an entry by hand as it is written."""
    said = msel.words_of(game.scenario, entry(game, name))
    command = c.InjectSend(
        inject="i", to=said.to, title=said.title, text=said.text, msel=name, variants=said.variants,
        channel=said.channel, room=said.room,
    )  # fmt: skip
    return game.do(CONTROL, command)
