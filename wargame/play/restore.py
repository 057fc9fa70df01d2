"""Taking in a game that was kept elsewhere: its row, all its rows, and a way in for its first facilitator.

One transaction. What is taken in was checked by the caller. A game that was running is paused as of its last event:
its deadlines passed somewhere else, and nobody who played it is here.
"""

from collections.abc import Iterable, Sequence

from django.db import IntegrityError
from msgspec import Struct

from adjudication.scenario import Scenario
from wargame.game.commands import GamePause
from wargame.play.access import token_hash
from wargame.play.answers import Refused
from wargame.play.create import CONTROL, Undo, free_code
from wargame.play.gate import writing
from wargame.play.handle import settle_copied
from wargame.store import cases
from wargame.store.models import Game, Membership
from wargame.store.restoring import ToldRow, restore_rows
from wargame.store.rows import Linked

REASON = "The game was brought here from another server. Resume when everybody is back."


class KeptElsewhere(Struct, frozen=True):
    """A whole game: its id, when it was created, its case (text, and as it is played), log, and disclosures."""

    game: str
    created_ms: int
    text: Scenario
    files: dict[str, str]
    case: Scenario
    preset: str
    engine: str
    log: Sequence[Linked]
    told: Iterable[ToldRow]


class Restored(Struct, frozen=True):
    """A game that is here now. `paused`: it was running, so an event was added that says it is paused."""

    game: str
    code: str
    paused: bool


def restore_game(kept: KeptElsewhere, *, control_token: str, now_ms: int) -> Restored | Refused:
    """Write a game as it was kept; its join code is new. Refuses an id that a game of this store has."""
    try:
        with writing():
            return _restore_locked(kept, control_token=control_token, now_ms=now_ms)
    except Undo as undone:
        return undone.why
    except IntegrityError:
        if not Game.objects.filter(pk=kept.game).exists():
            raise
        return Refused("game.already_created")  # somebody brought it in the same moment


def _restore_locked(kept: KeptElsewhere, *, control_token: str, now_ms: int) -> Restored:
    if Game.objects.filter(pk=kept.game).exists():
        raise Undo(Refused("game.already_created"))
    cases.keep_text(kept.text, kept.files)
    game = Game.objects.create(
        id=kept.game, title="", scenario=kept.case.meta.id, scenario_hash=kept.case.content_hash, preset=kept.preset,
        code=free_code(), created_ms=kept.created_ms, engine=kept.engine,
    )  # fmt: skip
    state = restore_rows(game, log=kept.log, told=kept.told)
    running = state.status == "running"
    if running:
        answer = settle_copied(
            game, state, command=GamePause(reason=REASON), command_id=f"restore:{game.id}", case=kept.case,
            now_ms=now_ms, as_of_ms=game.at_ms,
        )  # fmt: skip
        if isinstance(answer, Refused):
            raise Undo(answer)
    first = Membership.objects.filter(game_id=game.id, person=CONTROL, link=0, removed=False)
    first.update(token_hash=token_hash(control_token))
    return Restored(game.id, game.code, running)
