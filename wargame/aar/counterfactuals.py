"""Counterfactuals on demand: what a reader asks to be different, played again over paired seeds in a worker.

Owns the shape in which a change is asked for over HTTP, what is wrong with one, and the result beside the original. The
change itself and the comparison are `adjudication`'s. It never shows a seed.
"""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from adjudication.changes import Fault, read_change
from adjudication.counterfactual import Comparison, counterfactual
from adjudication.played import Played
from adjudication.scenario.schema import Scenario
from adjudication.variation import Change, Fate
from wargame.aar.change_words import change_words
from wargame.aar.replayed import Unplayable, played_game
from wargame.aar.work import Kind, Reader, Result, Tell, Unbuildable, Work
from wargame.play.answers import Refused
from wargame.store.cases import case_of
from wargame.store.models import Event, Game

SCHEMA = "counterfactual/1"
USUAL, MOST = 200, 1000
"""Paired runs: usually, and at most from a page."""
MEDIA = "application/json"
SETTLING = ("turn.resolved", "game.rewound", "game.forked")
"""Kinds of events after which a game is played again otherwise; words, notes and what is not settled change nothing."""

Word = Annotated[str, Meta(max_length=80)]
Number = Annotated[str, Meta(max_length=4, pattern=r"^[1-9][0-9]*$")]


class OrderAsked(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An order in place of those that were sealed; parameters and publicity as the move has them if not given."""

    move: Word
    params: Annotated[dict[Word, str | int | float | bool], Meta(max_length=12)] = {}
    public: bool | None = None


Sheet = Annotated[tuple[OrderAsked, ...], Meta(max_length=20)]


Fates = Annotated[dict[Word, Fate], Meta(max_length=20)]


class ChangeAsked(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is to be different.

    `orders[turn][seat]` replaces the sheet of a seat; `lenses` a preset or `lead+rat`; `pins` as `name=value@turn` or
    `@first-last`; `players[seat]` a policy that plays it anew; `rules_off` ids or `R-A*`; `outcomes[turn][seat][move]`
    what becomes of an order; `without_rulings` ids, or `*` for all. Control's other rulings stay in both runs unless
    `keep_rulings` is false.
    """

    from_turn: int | None = None
    orders: Annotated[dict[Number, Annotated[dict[Word, Sheet], Meta(max_length=20)]], Meta(max_length=60)] = {}
    lenses: Word | None = None
    pins: Annotated[tuple[Word, ...], Meta(max_length=20)] = ()
    players: Annotated[dict[Word, Word], Meta(max_length=20)] = {}
    rules_off: Annotated[tuple[Word, ...], Meta(max_length=20)] = ()
    outcomes: Annotated[dict[Number, Annotated[dict[Word, Fates], Meta(max_length=20)]], Meta(max_length=60)] = {}
    without_rulings: Annotated[tuple[Word, ...], Meta(max_length=60)] = ()
    keep_rulings: bool = True


class CounterfactualParams(Struct, frozen=True, forbid_unknown_fields=True):
    """What a counterfactual is asked for with: the change, and over how many paired runs."""

    change: ChangeAsked
    runs: Annotated[int, Meta(ge=1, le=MOST)] = USUAL


def settled_hash(game: Game | None, work: Work) -> str:
    """Name the play a counterfactual starts from: the hash of the last event that settled a turn or took some back."""
    if game is None:
        return ""
    rows = Event.objects.filter(game_id=game.id, kind__in=SETTLING).order_by("-seq")
    return rows.values_list("hash", flat=True).first() or ""


def read(
    case: Scenario,
    asked: ChangeAsked,
    *,
    turns: list[int],
    rulings: list[str] | None,
    sealed: dict[int, set[tuple[str, str]]] | None = None,
) -> Change | tuple[Fault, ...]:
    """Return the change a reader asks for, or everything that is wrong with it."""
    orders = {
        turn: {seat: [_plain(order) for order in sheet] for seat, sheet in seats.items()}
        for turn, seats in asked.orders.items()
    }
    found = read_change(
        case, turns=turns, from_turn=asked.from_turn, orders=orders, lenses=asked.lenses, pins=asked.pins,
        with_overrides=asked.keep_rulings, rules_off=asked.rules_off, players=asked.players,
        without_rulings=asked.without_rulings, rulings=rulings, outcomes=asked.outcomes, sealed=sealed,
    )  # fmt: skip
    if isinstance(found, Change) and found.nothing:
        return (Fault("change", "nothing is changed: say what is to be different"),)
    return found


def _plain(order: OrderAsked) -> dict[str, Any]:
    given: dict[str, Any] = {"move": order.move, "params": dict(order.params)}
    return given if order.public is None else given | {"public": order.public}


def check(work: Work, reader: Reader, game: Game | None) -> Refused | None:
    """Refuse a change the case does not know; what the game itself lacks is said when it is built."""
    assert game is not None, "a counterfactual is of one game"
    case = case_of(game.scenario, game.scenario_hash)
    found = read(case, work.params.change, turns=list(range(1, case.meta.turns + 1)), rulings=None)
    if isinstance(found, Change):
        return None
    return Refused("counterfactual.fault", {"where": found[0].where, "first": found[0].message, "count": len(found)})


def build(work: Work, tell: Tell) -> Result:
    """Play a game again with a change. Raises Unbuildable with what is wrong."""
    tell("Reading the game", 0, 1)
    played = playable(work.game)
    change = _fitting(played, work.params.change)
    done = counterfactual(played, change, runs=work.params.runs, told=tell)
    said = change_words(played.scenario, change, turns=(played.first, played.turns[-1].number))
    body = {
        "schema": SCHEMA, "asked": work.params.change, "runs": done.runs, "words": said,
        "held_fixed": held_fixed(done), "comparison": _shown(done),
    }  # fmt: skip
    return Result(msgspec.json.encode(body), MEDIA, f"{work.game}-counterfactual.json")


def playable(game: str) -> Played:
    """Return a game as it can be played again. Raises Unbuildable."""
    try:
        return played_game(game)
    except Unplayable as gone:
        raise Unbuildable("No turn of this game has been settled yet: there is nothing to play again.") from gone


def _fitting(played: Played, asked: ChangeAsked) -> Change:
    turns = [turn.number for turn in played.turns]
    rulings = [one.id for turn in played.turns for one in turn.sealed.overrides]
    sealed = {turn.number: {(order.seat, order.move) for order in turn.sealed.orders} for turn in played.turns}
    found = read(played.scenario, asked, turns=turns, rulings=rulings, sealed=sealed)
    if isinstance(found, Change):
        return found
    raise Unbuildable(" ".join(f"{fault}." for fault in found))


def _shown(done: Comparison) -> dict[str, Any]:
    """Return the comparison without the seed: until the game is over nobody may know what dice are still to fall."""
    return {name: value for name, value in msgspec.structs.asdict(done).items() if name != "seed"}


def held_fixed(done: Comparison) -> str:
    """Say what stayed as it was, and who did not."""
    if not done.players:
        return done.held_fixed
    seats = ", ".join(sorted(done.players))
    return f"{done.held_fixed} Played anew by a policy, on what the seat itself would have seen: {seats}."


COUNTERFACTUAL = Kind(
    build=build, who="truth", params=CounterfactualParams, stands=settled_hash, check=check, common=True, version=2
)
