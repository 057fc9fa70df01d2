"""Show Control its own papers: the list of injects, rulings and notes. No other view gets any of these."""

from adjudication.scenario.schema import Inject, Scenario
from wargame.game import case, engine
from wargame.game import events as e
from wargame.game.entities import MselSeen, NoteSeen, RulingSeen
from wargame.game.events import (
    InjectSent,
    InjectSkipped,
    NotePinned,
    Recorded,
    RulingDropped,
    RulingMade,
)
from wargame.game.state import MselState, Ruling, State
from wargame.game.visibility.base import Rows, control_only, show


def msel_seen(scenario: Scenario, inject: Inject, state: MselState) -> MselSeen:
    """Return a scheduled inject as Control sees it."""
    return MselSeen(
        id=inject.id,
        turn=inject.turn,
        trigger=engine.condition_words(scenario, inject.trigger) if inject.trigger is not None else "",
        source=inject.source,
        to=case.recipients(scenario, inject.to),
        title=inject.title,
        text=inject.text,
        expected=inject.expected,
        objective=inject.objective,
        precedence=inject.precedence,
        state=state,
    )


def msel_rows(state: State, scenario: Scenario, ids: tuple[str, ...]) -> Rows:
    """Yield these scheduled injects to Control."""
    for inject in ids:
        seen = msel_seen(scenario, scenario.inject[inject], state.msel[inject])
        yield from show(control_only(), "msel", inject, seen)


def msel_moved(
    recorded: Recorded, fact: InjectSent | InjectSkipped, before: State, after: State, scenario: Scenario
) -> Rows:
    """Yield a scheduled inject whose state changed."""
    if fact.msel and fact.msel in after.msel:
        yield from msel_rows(after, scenario, (fact.msel,))


def ruling_seen(state: State, ruling: Ruling, *, dropped: bool) -> RulingSeen:
    """Return a ruling as Control sees it."""
    return RulingSeen(
        id=ruling.id,
        turn=state.turn,
        kind=ruling.kind,
        target=ruling.target,
        value=f"{ruling.delta:+g}" if ruling.kind == "edit" else ruling.outcome,
        reason=ruling.reason,
        by=ruling.by,
        dropped=dropped,
    )


def ruling_made(recorded: Recorded, fact: RulingMade, before: State, after: State) -> Rows:
    """Yield the ruling."""
    ruling = next(r for r in after.rulings if r.id == fact.ruling)
    return show(control_only(), "ruling", fact.ruling, ruling_seen(after, ruling, dropped=False))


def ruling_dropped(recorded: Recorded, fact: RulingDropped, before: State, after: State) -> Rows:
    """Yield that a ruling was withdrawn."""
    ruling = next(r for r in before.rulings if r.id == fact.ruling)
    return show(control_only(), "ruling", fact.ruling, ruling_seen(before, ruling, dropped=True))


def note_pinned(recorded: Recorded, fact: NotePinned, before: State, after: State) -> Rows:
    """Yield the note."""
    seen = NoteSeen(id=fact.note, at_ms=recorded.at_ms, by=recorded.actor.person, text=fact.text, turn=before.turn)
    return show(control_only(), "note", fact.note, seen)


def game_ended(recorded: Recorded, fact: e.GameEnded, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield to Control, now that the game is over, how the hidden cards lay."""
    for card in engine.cards(scenario, after.world):
        text = f"What nobody was told. {card.label}: {card.text}"
        seen = NoteSeen(id=f"card:{card.card}", at_ms=recorded.at_ms, by="", text=text, turn=after.turn)
        yield from show(control_only(), "note", seen.id, seen)
