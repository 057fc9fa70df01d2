"""Show Control its own notes. No other view gets any of these."""

from adjudication.scenario.schema import Scenario
from wargame.game import engine
from wargame.game import events as e
from wargame.game.entities import NoteSeen
from wargame.game.events import NotePinned, Recorded
from wargame.game.state import State
from wargame.game.visibility.base import Rows, control_only, show


def note_pinned(recorded: Recorded, fact: NotePinned, before: State, after: State) -> Rows:
    """Yield the note; one written anew stays at its moment."""
    seen = NoteSeen(
        id=fact.note,
        at_ms=recorded.at_ms if fact.since_ms is None else fact.since_ms,
        by=recorded.actor.person,
        text=fact.text,
        turn=before.turn if fact.turn is None else fact.turn,
        event=fact.event,
        objective=fact.objective,
        discuss=fact.discuss,
    )
    return show(control_only(), "note", fact.note, seen)


def game_ended(recorded: Recorded, fact: e.GameEnded, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield to Control, now that the game is over, how the hidden cards lay."""
    for card in engine.cards(scenario, after.world):
        text = f"What nobody was told. {card.label}: {card.text}"
        seen = NoteSeen(id=f"card:{card.card}", at_ms=recorded.at_ms, by="", text=text, turn=after.turn)
        yield from show(control_only(), "note", seen.id, seen)
