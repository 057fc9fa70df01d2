"""Rehearsing a game before it starts: its own list, lengths and empty seats, played by bots beside the server.

Owns the rows of rehearsals and what is rehearsed. The games themselves are played by `manage.py rehearse` in a process
and a store of its own, so that nothing of it touches the games of this installation.
"""

import logging
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path

import msgspec
from django.conf import settings
from msgspec import Struct

from wargame.bots.rehearsal import Line, Programme
from wargame.control.models import Rehearsal
from wargame.control.spreadsheet import entries_of, entry_words
from wargame.game.state import State
from wargame.play import cache
from wargame.store.models import Game

log = logging.getLogger(__name__)

GAMES = 2
LONGEST_S = 600
"""A rehearsal that is not over by then is given up."""
STALE_MS = (LONGEST_S + 60) * 1000


class Standing(Struct, frozen=True):
    """How far the rehearsal of a game is. `stale`: the list, the lengths or the seats have changed since."""

    state: str
    message: str
    stale: bool
    report: msgspec.Raw = msgspec.Raw(b"null")


def programme_of(game: Game) -> Programme:
    """Return what a rehearsal of a game plays: its lengths, bots, empty seats, and the entries Control changed."""
    state = cache.state_at_head(game)
    return Programme(
        scenario=game.scenario,
        preset=game.preset,
        phase_ms={phase.id: phase.length_ms for phase in state.phases if not phase.adjudicate},
        bots=state.bots,
        vacant=tuple(seat.id for seat in state.seats.values() if not (seat.open or seat.held)),
        lines=tuple(_lines(game.id, state)),
    )


def _lines(game: str, state: State) -> list[Line]:
    found = []
    for name, seen in entries_of(game).items():
        entry = state.msel[name]
        if entry.state == "draft":
            continue
        changed = entry.own is not None or entry.moved is not None
        if changed or entry.state in ("held", "skipped"):
            found.append(Line(msel=name, state=entry.state, entry=entry_words(seen) if changed else None))
    return found


def stamp_of(programme: Programme) -> str:
    """Return what names a programme: the same stamp, the same rehearsal."""
    return blake2b(msgspec.json.encode(programme, order="deterministic"), digest_size=16).hexdigest()


def standing(game: Game) -> Standing:
    """Return how far the rehearsal of a game is."""
    row = Rehearsal.objects.filter(pk=game.id).first()
    if row is None:
        return Standing("none", "", stale=False)
    report = msgspec.Raw(row.report.encode()) if row.report else msgspec.Raw(b"null")
    return Standing(row.state, row.message, row.stamp != stamp_of(programme_of(game)), report)


def rehearsal_claim(game: Game, *, now_ms: int) -> bool:
    """Begin a rehearsal of a game as it stands; False if one of just this is under way."""
    wanted = {"stamp": stamp_of(programme_of(game)), "state": "building", "message": "", "started_ms": now_ms}
    row, fresh = Rehearsal.objects.get_or_create(pk=game.id, defaults=wanted)
    if fresh:
        return True
    busy = row.state == "building" and now_ms - row.started_ms < STALE_MS
    if busy and row.stamp == wanted["stamp"]:
        return False
    mine = Rehearsal.objects.filter(pk=game.id, state=row.state, started_ms=row.started_ms)
    return bool(mine.update(**wanted, report=""))


def rehearsal_run(game_id: str) -> None:
    """Play the rehearsal a row asks for and keep its report. Idempotent: one that is over is left alone."""
    row = Rehearsal.objects.filter(pk=game_id, state="building").first()
    if row is None:
        return
    mine = Rehearsal.objects.filter(pk=game_id, stamp=row.stamp, state="building")
    programme = programme_of(row.game)
    if stamp_of(programme) != row.stamp:
        mine.update(state="failed", message="The game was changed meanwhile. Rehearse it again.")
        return
    try:
        report = _played(programme)
    except (subprocess.SubprocessError, OSError, msgspec.DecodeError) as odd:
        log.exception("rehearsal.failed game=%s", game_id)
        mine.update(state="failed", message=_said(odd))
        return
    mine.update(state="ready", report=report, message="")


def _played(programme: Programme) -> str:
    """Return the report on a programme, played by a process of its own. Raises what `subprocess.run` raises."""
    done = subprocess.run(  # noqa: S603 - our own command, its input is no part of the command line
        [
            sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "rehearse", "--programme", "-", "--json",
            "--games", str(GAMES),
        ],
        input=msgspec.json.encode(programme), capture_output=True, timeout=LONGEST_S, check=True,
    )  # fmt: skip
    report = done.stdout.decode().strip().split("\n")[-1]
    msgspec.json.decode(report)
    return report


def _said(odd: Exception) -> str:
    if isinstance(odd, subprocess.TimeoutExpired):
        return f"The rehearsal took longer than {LONGEST_S // 60} minutes and was given up."
    said = odd.stderr.decode(errors="replace").strip() if isinstance(odd, subprocess.CalledProcessError) else ""
    last = said.split("\n")[-1].removeprefix("CommandError: ")
    return f"The rehearsal stopped: {last or 'the command could not be run'}"[:400]
