"""Read an entry of the master list: as the case has it or as Control wrote it, at the time Control gave it.

Owns no rule: what sets an entry off is decided in `decide.msel`.
"""

from msgspec.structs import replace

from adjudication.scenario.happenings import Inject
from adjudication.scenario.schema import Scenario
from wargame.game.state import Entry
from wargame.game.timers import INJECT

MINUTE_MS = 60_000


def words_of(scenario: Scenario, entry: Entry) -> Inject:
    """Return what is written of an entry. Raises KeyError for an entry neither the case nor Control wrote."""
    written = entry.own or scenario.inject[entry.id]
    if entry.moved is None:
        return written
    return replace(written, turn=entry.moved.turn, phase=entry.moved.phase, minutes=entry.moved.minutes)


def wait_ms(inject: Inject) -> int:
    """Return how long an entry waits once it is set off, in milliseconds."""
    return round(inject.minutes * MINUTE_MS)


def timer_key(entry: str) -> str:
    """Return the name of the clock of an entry."""
    return f"{INJECT}:{entry}"


def by_clock(inject: Inject) -> bool:
    """Tell whether an entry goes by the clock alone, perhaps on a condition."""
    return inject.turn is not None and inject.on is None and not (inject.silence or inject.after or inject.by_hand)
