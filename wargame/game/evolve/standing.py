"""Fold facts about standing orders."""

from msgspec.structs import replace

from wargame.game.events import Recorded, StandingFiled, StandingPosted
from wargame.game.evolve.base import drop, put
from wargame.game.state import Standing, State


def posted(state: State, fact: StandingPosted, recorded: Recorded) -> State:
    """Keep a seat's newest standing orders, or none."""
    if not fact.orders:
        return replace(state, standing=drop(state.standing, fact.seat))
    return replace(state, standing=put(state.standing, fact.seat, Standing(orders=fact.orders, note=fact.note)))


def filed(state: State, fact: StandingFiled, recorded: Recorded) -> State:
    """Keep when they were used last, and what had to be left out."""
    now = replace(state.standing[fact.seat], filed=fact.turn, left_out=fact.left_out)
    return replace(state, standing=put(state.standing, fact.seat, now))
