"""Show who was asked to consent to an order, and the answer: to the two seats and Control. Nobody else learns of it."""

from adjudication.scenario.schema import Scenario
from wargame.game.entities import ConsentSeen
from wargame.game.events import ConsentAnswered, ConsentAsked, ConsentWithdrawn, Recorded
from wargame.game.state import Consent, State
from wargame.game.visibility.base import Rows, seats_and_control, show


def consent_moved(
    recorded: Recorded, fact: ConsentAsked | ConsentAnswered, before: State, after: State, scenario: Scenario
) -> Rows:
    """Yield a question that was put or answered."""
    asked = after.consents[fact.request]
    return _rows(asked, consent_seen(after, scenario, asked))


def consent_withdrawn(
    recorded: Recorded, fact: ConsentWithdrawn, before: State, after: State, scenario: Scenario
) -> Rows:
    """Yield that a question was taken back."""
    asked = before.consents[fact.request]
    return _rows(asked, consent_seen(before, scenario, asked, withdrawn=True))


def _rows(asked: Consent, seen: ConsentSeen) -> Rows:
    return show(seats_and_control([asked.seat, asked.to]), "consent", asked.id, seen)


def consent_seen(state: State, scenario: Scenario, asked: Consent, *, withdrawn: bool = False) -> ConsentSeen:
    """Return a question as both seats and Control see it: the order as it stood when it was put, never its name."""
    move = scenario.move[asked.move]
    needed = asked.to in move.needs
    return ConsentSeen(
        id=asked.id, turn=state.turn, seat=asked.seat, to=asked.to, move=asked.move, label=move.text.order,
        params=asked.params, note=asked.note, needed=needed, unanswered=move.unanswered if needed else "",
        status="withdrawn" if withdrawn else asked.answer or "open", reply=asked.reply,
    )  # fmt: skip
