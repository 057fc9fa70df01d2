"""The part of the golden game that is work on the master list: every kind of fact of it occurs."""

from tests.support.builders import CONTROL, SYSTEM, Game
from wargame.game import commands as c

MINUTE = 60_000


def work(game: Game) -> None:
    """Write, approve, time, hold, skip, restore, send, take back and judge entries."""
    waiting = [name for name, entry in game.state.msel.items() if entry.state == "waiting"]
    game.do(CONTROL, c.InjectSkip(msel=waiting[-1])).do(CONTROL, c.InjectHold(msel=waiting[-2]))
    game.do(CONTROL, c.InjectHold(msel=waiting[-2], on=False))
    last = c.InjectRetime(msel=_dated(game), turn=12, phase="negotiate", offset_ms=2 * MINUTE)
    game.do(CONTROL, last)
    _written(game, "G1", c.When(hand=True), draft=True).do(CONTROL, c.InjectApprove(msel="G1", version=1))
    _written(game, "G0", c.When(hand=True), draft=True).do(CONTROL, c.InjectRemove(msel="G0"))
    _written(game, "G2", c.When(after="G1", delay_ms=MINUTE))
    _written(game, "G3", c.When(after="G2"), chance=0.001)
    call = c.InjectSend(inject="g", to=("rok",), title="A word", text="A word in your ear.", msel="G1")
    game.do(CONTROL, call).do(CONTROL, c.InjectUndo(inject=game.state.msel["G1"].sent))
    game.do(CONTROL, c.InjectRestore(msel="G1")).do(CONTROL, call).later(MINUTE)
    timer = game.state.timers["inject:G2"]
    game.do(SYSTEM, c.TimerFire(key=timer.key, generation=timer.generation))
    game.do(CONTROL, c.InjectMark(msel="G2", seen="no", note="Nobody answered."))


def _dated(game: Game) -> str:
    """Return an entry that waits for a turn to come."""
    known = game.scenario.inject
    return next(n for n, e in game.state.msel.items() if e.state == "waiting" and (known[n].turn or 0) > 2)


def _written(game: Game, name: str, when: c.When, *, draft: bool = False, chance: float = 1.0) -> Game:
    entry = c.EntryWords(title=f"Entry {name}", text="As Control wrote it.", to=("rok",), when=when, chance=chance)
    return game.do(CONTROL, c.InjectWrite(msel=name, entry=entry, draft=draft))
