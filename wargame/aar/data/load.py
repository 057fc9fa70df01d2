"""Reading games for an export: a game's log, or a seat's rows, under the terms it may leave the house.

Owns the way from the store to what tables are made of. What a seat's export reads is that seat's own rows alone; the
log is asked only who wrote what and what they allow.
"""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from wargame.aar.chronicle import chronicle
from wargame.aar.data.seat import SeatSource
from wargame.aar.data.shared_truth import handed
from wargame.aar.data.source import Source
from wargame.aar.data.terms import Filter, Terms
from wargame.aar.seen.sight import Sight
from wargame.game import events as ev
from wargame.game.events import Recorded
from wargame.game.evolve import fold
from wargame.game.ids import seat_view
from wargame.play import cache
from wargame.store import feed
from wargame.store.cases import case_of
from wargame.store.disclosures import GONE
from wargame.store.log import recorded_events
from wargame.store.models import Game

LEAST = ("nothing", "figures", "", "words")
"""What somebody allows, from least to most; never asked counts as figures."""


def choices_of(game: Game) -> dict[str, str]:
    """Return what each person of a game allows: the least they said in it or in the games it goes on from."""
    found: dict[str, str] = {}
    for number, one in enumerate(ancestors_of(game)):
        for person in cache.state_at_head(one).people.values():
            if number == 0:
                found[person.id] = person.consent
            elif person.id in found:
                found[person.id] = min(found[person.id], person.consent, key=LEAST.index)
    return found


def ancestors_of(game: Game) -> list[Game]:
    """Return a game and those it was copied from that are still here, the newest first."""
    found = [game]
    while made := recorded_events(found[-1].id, kinds=("game.forked",)):
        origin = Game.objects.filter(pk=made[-1].payload.origin).first()  # type: ignore[attr-defined]
        if origin is None or origin.id in {one.id for one in found}:
            break
        found.append(origin)
    return found


def source_of(game: Game, *, terms: Terms, called: str = "", desk: bool = True) -> Source:
    """Return the whole truth of a game under these terms. `called`: its name in the tables, its id if empty.

    Control's own papers, and what people allow, are in it for the `desk` alone: not for players it was shared with.
    """
    name = called or game.id
    case = case_of(game.scenario, game.scenario_hash)
    log = recorded_events(game.id)
    choices = choices_of(game)
    through = Filter(case, log, terms=terms, choices=choices, called=name)
    told = through.log(_open(log, ended=game.status == "ended"))
    plain = desk and not (terms.consent or terms.anonymised)
    head = game.head_hash if plain else ""
    story = chronicle(case, told, head_hash=head, engine_version=game.engine)
    state = fold(told)
    people = {
        through.person(person): replace(state.people[through.person(person)], consent=choice if desk else "")
        for person, choice in choices.items()
    }
    if not desk:
        told = handed(told)
        story = replace(story, events=list(handed(story.events)), length=len(told))
    state = replace(state, people=state.people | people, msel=state.msel if desk else {})
    return Source(name, story, told, state, through.left_out, seeded=not terms.anonymised)


def _open(log: Sequence[Recorded], *, ended: bool) -> list[Recorded]:
    """Return a log without what nobody is told while the game runs: its seed, and ratings that are still sealed."""
    if ended:
        return list(log)
    settled = {one.payload.turn for one in log if isinstance(one.payload, ev.TurnResolved)}
    kept = [one for one in log if not isinstance(one.payload, ev.OutcomeRated) or one.payload.turn in settled]
    return [
        replace(one, payload=replace(one.payload, seed=""))
        if isinstance(one.payload, ev.GameCreated | ev.GameForked)
        else one
        for one in kept
    ]


def seat_source_of(game: Game, seat: str, *, terms: Terms, called: str = "") -> SeatSource:
    """Return a game as one seat was shown it, under these terms."""
    name = called or game.id
    case = case_of(game.scenario, game.scenario_hash)
    log = recorded_events(game.id)
    through = Filter(case, log, terms=terms, choices=choices_of(game), called=name)
    rows = [through_terms(through, row) for row in _rows(game.id, seat)]
    return SeatSource(name, Sight(case, rows, seat=seat, frame={}), through.left_out)


def _rows(game: str, seat: str) -> Sequence[feed.Row]:
    found: list[feed.Row] = []
    while len(more := feed.feed_after(game, view=seat_view(seat), cursor=found[-1].n if found else 0)):
        found += more
    return found


def through_terms(through: Filter, row: feed.Row) -> feed.Row:
    """Return a row of a view as it may leave the house."""
    if row.value == GONE:
        key, _ = through.row(row.kind, row.key, None)
        return feed.Row(row.n, row.kind, key, through.moment(row.at_ms), row.value)
    key, value = through.row(row.kind, row.key, msgspec.json.decode(row.value))
    return feed.Row(row.n, row.kind, key, through.moment(row.at_ms), msgspec.json.encode(value))
