"""Time in the golden game: time of one's own, deadlines that are missed in every way, standing orders, quiet hours."""

from tests.support.builders import CONTROL, SYSTEM, Game, bot, player
from wargame.game import commands as c
from wargame.game.quiet import QuietHours
from wargame.game.timers import PHASE, late, timers

MINUTE = 60_000
NIGHT = QuietHours(begins=22 * 60, ends=6 * 60, zone="Asia/Seoul", days_off=(7,))


def given(game: Game) -> None:
    """Give an accommodation to a person, time to a seat, and post what is to be done if nobody is there."""
    game.do(CONTROL, c.PersonExtend(person="p-state", extra_ms=2 * MINUTE))
    game.do(CONTROL, c.SeatExtend(seats=("potus", "state"), by_ms=5 * MINUTE))
    game.do(player("intel"), c.StandingPost(orders=(c.StandingOrder(move="public_estimate"),), note="Keep looking."))
    game.do(player("intel"), c.StandingFile())
    game.do(CONTROL, c.QuietSet(quiet=NIGHT)).do(CONTROL, c.QuietSet(quiet=None))
    game.do(CONTROL, c.RemindersSet(before_ms=60 * MINUTE)).do(CONTROL, c.RemindersSet(before_ms=0))
    game.do(CONTROL, c.PhaseSet(phase="negotiate", length_ms=12 * MINUTE, missed="pause"))


def missed(game: Game, turn: int) -> None:
    """Let the clock run out over sheets that are not in: the game waits, then goes on, and bots fill in."""
    _run_out(game, PHASE)
    game.do(CONTROL, c.PhaseSet(phase="negotiate", length_ms=10 * MINUTE, missed="bot"))
    game.do(CONTROL, c.GameResume())
    _run_out(game, PHASE)
    _run_out(game, late("potus"))
    game.do(bot("potus"), c.OrdersSubmit())
    game.do(CONTROL, c.PhaseEnd(expect=f"{turn}:lock"))
    game.do(CONTROL, c.PhaseSet(phase="negotiate", length_ms=10 * MINUTE, missed="draft"))
    game.do(CONTROL, c.PersonExtend(person="p-state", extra_ms=0))


def _run_out(game: Game, key: str) -> None:
    generation, due, _ = timers(game.state)[key]
    assert due is not None
    game.now = max(game.now, due)
    game.do(SYSTEM, c.TimerFire(key=key, generation=generation))
