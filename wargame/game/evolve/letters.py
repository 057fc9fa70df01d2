"""Fold facts about letters. Only what is on its way is kept."""

from msgspec.structs import replace

from wargame.game.events import LetterArrived, LetterSent, Recorded
from wargame.game.evolve.base import drop, put
from wargame.game.state import LETTERS_REMEMBERED, Letter, State


def letter_sent(state: State, fact: LetterSent, recorded: Recorded) -> State:
    """Put a letter on its way."""
    letter = Letter(
        id=fact.letter,
        channel=fact.channel,
        seat=fact.seat,
        display=fact.display,
        to=fact.to,
        text=fact.text,
        offer=fact.offer,
        turn=state.turn,
        game_date=recorded.game_date,
        at_ms=recorded.at_ms,
        arrives=fact.arrives,
    )
    return replace(state, post=put(state.post, letter.id, letter))


def letter_arrived(state: State, fact: LetterArrived, recorded: Recorded) -> State:
    """Take a delivered letter out of the bag; of the newest it is remembered who got them."""
    letter = state.post[fact.letter]
    got = (*state.delivered.get(letter.to, ()), fact.letter)[-LETTERS_REMEMBERED:]
    brings = letter.offer and not fact.held_back
    return replace(
        state,
        post=drop(state.post, fact.letter),
        delivered=put(state.delivered, letter.to, got),
        brought=put(state.brought, letter.offer, letter.channel) if brings else state.brought,
    )
