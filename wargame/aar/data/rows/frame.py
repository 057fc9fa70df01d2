"""The game itself: what was set up, its turns and phases, its seats and people, and every event of its log."""

from collections.abc import Iterator

import msgspec

from wargame.aar.chronicle import Json
from wargame.aar.data.columns import Row, Table
from wargame.aar.data.rows.shared import (
    AT_MS,
    EVENT,
    GAME,
    LABEL,
    PERSON,
    SEAT,
    SEQ,
    TURN,
    count,
    flag,
    many,
    number,
    shape,
    text,
)
from wargame.aar.data.seat import SeatSource
from wargame.aar.data.source import Source
from wargame.aar.data.terms import LEFT_OUT
from wargame.game import entities as e
from wargame.game import events as ev
from wargame.game.events import REGISTRY, Recorded
from wargame.store.disclosures import GONE


def games(source: Source) -> Iterator[Row]:
    """Yield the one row of the game."""
    log = source.log
    made, named, ended = log.created, log.identity, log.ended
    started = log.of(ev.GameStarted)
    yield {
        "game": source.game, "title": named.title, "scenario": made.scenario, "scenario_hash": made.scenario_hash,
        "case_title": made.case_title, "preset": made.preset, "style": made.style, "lens": made.lens,
        "forced": made.forced, "engine": log.engine, "seed": named.seed if ended and source.seeded else None,
        "seed_hash": named.seed_hash if source.seeded else None, "status": source.state.status,
        "ended_reason": None if ended is None else source.state.ended_reason,
        "first_turn": made.first_turn, "last_turn": made.last_turn,
        "turns_played": sum(turn.resolution is not None for turn in log.turns),
        "created_ms": source.whole[0].at_ms, "started_ms": started[0][0].at_ms if started else None,
        "ended_ms": None if ended is None else ended.at_ms, "events": len(source.whole),
        "head_hash": log.head_hash or None, "rewinds": len(log.of(ev.GameRewound)),
        "origin": named.origin if isinstance(named, ev.GameForked) else None,
        "origin_seq": named.seq if isinstance(named, ev.GameForked) else None,
        "strain": log.case.interaction.variable,
    }  # fmt: skip


def turns(source: Source) -> Iterator[Row]:
    """Yield the turns that were opened."""
    for turn in source.log.turns:
        done = turn.resolution
        released = source.log.settled_by.get(turn.number)
        summit = None if done is None else done.summit
        yield {
            "game": source.game, "turn": turn.number, "label": turn.label, "game_date": turn.game_date,
            "first_seq": turn.first_seq, "last_seq": turn.last_seq, "start_ms": turn.start_ms, "end_ms": turn.end_ms,
            "settled": done is not None, "settled_seq": None if released is None else released.seq,
            "settled_ms": None if released is None else released.at_ms,
            "p_clash": None if done is None else done.p_clash, "p_war": None if done is None else done.p_war,
            "war": None if done is None else bool(done.war), "summit": None if summit is None else summit.result,
            "summit_choice": None if summit is None else summit.choice,
            "summit_prepared": None if summit is None else summit.prepared,
        }  # fmt: skip


def phases(source: Source) -> Iterator[Row]:
    """Yield every phase that began."""
    for recorded, fact in source.log.of(ev.PhaseEntered):
        yield source.where(recorded) | {
            "turn": fact.turn, "phase": fact.phase, "generation": fact.generation, "ends_at_ms": fact.ends_at_ms,
        }  # fmt: skip


def seats(source: Source) -> Iterator[Row]:
    """Yield the seats of the case in its order."""
    short = {seat.id: seat for seat in source.log.case.seats}
    for place, seat in enumerate(source.log.created.seats):
        now = source.state.seats[seat.id]
        yield {
            "game": source.game, "seat": seat.id, "place": place, "label": seat.label,
            "short": short[seat.id].short or seat.label, "team": seat.team, "side": seat.side, "role": seat.role,
            "signs": seat.signs, "budget": seat.budget, "open": seat.open, "policy_at_start": seat.policy,
            "policy_at_end": now.policy,
        }  # fmt: skip


def people(source: Source) -> Iterator[Row]:
    """Yield everybody who was ever in the game and allows to be told of, in the order they came."""
    joined = {fact.person: recorded for recorded, fact in source.log.of(ev.PersonJoined)}
    for person in source.state.people.values():
        if person.id in source.left_out:
            continue
        came = joined.get(person.id)
        yield {
            "game": source.game, "person": person.id, "name": person.display, "role": person.role,
            "seat": person.seat, "seats": list(person.held), "removed": person.removed,
            "joined_ms": None if came is None else came.at_ms, "consent": person.consent or None,
        }  # fmt: skip


def places(source: Source) -> Iterator[Row]:
    """Yield who came to and left which seat, and which bot took or left one."""
    for recorded, fact in source.of(
        ev.SeatTaken, ev.SeatLeft, ev.SeatHandedOver, ev.PenPassed, ev.PenTaken, ev.SeatBotSet, ev.SeatDropped,
        ev.SeatReturned,
    ):  # fmt: skip
        row = source.where(recorded) | {"seat": fact.seat, "what": recorded.kind, "by": source.person(recorded)}
        person, policy = getattr(fact, "person", None), getattr(fact, "policy", None)
        if person not in source.left_out:
            yield row | {"person": person, "to": getattr(fact, "to", None), "policy": policy}


def events(source: Source) -> Iterator[Row]:
    """Yield every event of the log, those a rewind took back too."""
    for recorded in source.whole:
        actor = recorded.actor
        about = {actor.person, getattr(recorded.payload, "person", "")}
        if about & source.left_out and recorded.kind not in SETTLED_BY:
            continue
        yield {
            "game": source.game, "seq": recorded.seq, "kind": recorded.kind, "v": recorded.v,
            "at_ms": recorded.at_ms, "game_date": recorded.game_date, "turn": source.log.turn_of.get(recorded.seq),
            "actor": actor.kind, "person": source.person(recorded), "seat": actor.seat, "cause": recorded.cause,
            "stands": recorded.seq in source.log.turn_of, "payload": payload_of(recorded, seeded=source.seeded),
        }  # fmt: skip


# --- as one seat was shown it -----------------------------------------------------------------
def games_seen(mine: SeatSource) -> Iterator[Row]:
    """Yield the game as everybody sees it."""
    for _, game in mine.sight.shown.all(e.GameSeen, "game"):
        yield {
            "game": mine.game, "title": game.title, "scenario": game.scenario, "case_title": game.case_title,
            "style": game.style, "seed": game.seed, "seed_hash": game.seed_hash or None, "status": game.status,
            "ended_reason": game.ended_reason or None, "last_turn": game.turns, "turns_played": None,
        }  # fmt: skip


def seats_seen(mine: SeatSource) -> Iterator[Row]:
    """Yield the seats as everybody sees them."""
    for _, seat in mine.sight.shown.all(e.SeatSeen, "seat"):
        yield {
            "game": mine.game, "seat": seat.id, "place": seat.place, "label": seat.label, "short": seat.short,
            "team": seat.team, "side": seat.side, "signs": seat.signs, "open": seat.open,
        }  # fmt: skip


def people_seen(mine: SeatSource) -> Iterator[Row]:
    """Yield the people as everybody sees them; what they allow nobody but Control is told."""
    for _, person in mine.sight.shown.all(e.PersonSeen, "person"):
        if person.id not in mine.left_out:
            yield {
                "game": mine.game, "person": person.id, "name": person.display, "role": person.role,
                "seat": person.seat, "removed": person.removed,
            }  # fmt: skip


def feed(mine: SeatSource) -> Iterator[Row]:
    """Yield everything the seat was shown, in order, as it was shown."""
    for row in mine.sight.shown.rows:
        gone = row.value == GONE
        value = None if gone else msgspec.json.decode(row.value)
        if value is None or value.get("display") != LEFT_OUT:
            yield {
                "game": mine.game, "n": row.n, "at_ms": row.at_ms, "kind": row.kind, "key": row.key, "gone": gone,
                "value": value,
            }  # fmt: skip


def payload_of(recorded: Recorded, *, seeded: bool = True) -> Json:
    """Return the facts of an event, without the state a rewind went back to: it follows from the events before.

    `seeded`: with the seed of the dice and its hash, where the event has them.
    """
    payload: Json = msgspec.to_builtins(recorded.payload)
    gone = {"state"} if recorded.kind == "game.rewound" else set[str]()
    return {name: value for name, value in payload.items() if name not in (gone if seeded else gone | SEEDS)}


SEEDS = {"seed", "seed_hash"}
SETTLED_BY = frozenset(kind for kind in REGISTRY if kind.partition(".")[0] in (
    "game", "turn", "phase", "orders", "order", "offer", "agreement", "obligation", "estimates", "line", "ruling",
    "mandate", "freemove", "clock", "inject",
))  # fmt: skip
"""What the outcome of a game rests on: it stays in the record, without the person who did it."""


TABLES: dict[str, Table] = {
    "games": Table(
        "The games of the export: one row each.",
        ("game",),
        (
            GAME, text("title", "What it was called."), text("scenario", "Id of the case."),
            text("scenario_hash", "Hash of the case's files."), text("case_title", "Title of the case."),
            text("preset", "Which way of playing the case."),
            text("style", "How turns are settled: rigid (by the rules), semi_rigid (with Control's yes), free."),
            text("lens", "The lens the rules were under; `all`: every rule."),
            text("forced", "historical: what the record fixes was forced; free: everything is rolled."),
            text("engine", "Release of the engine that settled it."),
            text("seed", "The seed of its dice; nothing while the game runs, and without names."),
            text("seed_hash", "What was published of the seed at the start; nothing without names."),
            text("status", "lobby, running, paused or ended."), text("ended_reason", "Why it ended."),
            count("first_turn", "Number of the first turn of the preset."),
            count("last_turn", "Number of its last turn."), count("turns_played", "Turns that were settled."),
            count("created_ms", "When it was set up.", "ms"), count("started_ms", "When the first turn began.", "ms"),
            count("ended_ms", "When it ended.", "ms"), count("events", "Events in its log."),
            text("head_hash", "Hash of the last event: it covers all before it. Not in a filtered export."),
            count("rewinds", "How often Control took it back."),
            text("origin", "The game it was copied from, if it goes on from a moment of another."),
            count("origin_seq", "Up to which event it was copied."),
            text("strain", "The variable that reads how near the parties are to blows."),
        ),
        games,
        games_seen,
    ),
    "turns": Table(
        "The turns that were opened.",
        ("game", "turn"),
        (
            GAME, TURN, LABEL, text("game_date", "Date inside the case as it began."),
            count("first_seq", "Its first event."), count("last_seq", "Its last event."),
            count("start_ms", "When it opened.", "ms"), count("end_ms", "Its last event.", "ms"),
            flag("settled", "Whether its outcome was released."),
            count("settled_seq", "The event that released it."), count("settled_ms", "When.", "ms"),
            number("p_clash", "probability", "Chance of a clash the turn carried."),
            number("p_war", "probability", "Chance of war the turn carried."),
            flag("war", "Whether the game became a war in it."),
            text("summit", "How a meeting of leaders ended: statement, text, walk_away."),
            text("summit_choice", "What was chosen to be put to it."),
            flag("summit_prepared", "Whether officials had prepared it."),
        ),
        turns,
    ),
    "phases": Table(
        "Every phase that began.",
        ("game", "seq"),
        (
            *EVENT, text("phase", "Id of the phase in the case."), count("generation", "Which running of its clock."),
            count("ends_at_ms", "When its clock was to run out; nothing: it had none.", "ms"),
        ),
        phases,
    ),
    "seats": Table(
        "The seats of the case, in its order.",
        ("game", "seat"),
        (
            GAME, SEAT, count("place", "Its place among the seats, from 0."), LABEL, text("short", "Its short name."),
            text("team", "Its team."), text("side", "The side it belongs to."), text("role", "Its role in the case."),
            flag("signs", "Whether it signs texts for its side."),
            count("budget", "Points for orders a turn."),
            flag("open", "Whether players could take it."), text("policy_at_start", "The bot that was to play it."),
            text("policy_at_end", "The bot that held it at the end."),
        ),
        seats,
        seats_seen,
    ),
    "people": Table(
        "Everybody who was ever in the game. Those who allow nothing to be exported are not in it.",
        ("game", "person"),
        (
            GAME, PERSON, text("name", "What they are called."), text("role", "control, player, observer or guest."),
            text("seat", "The seat they hold at the end."), many("seats", "Seats they ever held, in order."),
            flag("removed", "Whether Control took them out."), count("joined_ms", "When they came in.", "ms"),
            text("consent", "What they allow to be exported: words, figures, nothing; empty: not asked, or not told."),
        ),
        people,
        people_seen,
    ),
    "places": Table(
        "Who came to a seat, left it or took its pen, and which bot.",
        ("game", "seq"),
        (
            *EVENT, SEAT, text("what", "Kind of the event: seat.taken, seat.left, seat.handed_over, pen.passed ..."),
            PERSON, text("to", "Who took the person's place."), text("policy", "The bot that took the seat."),
            text("by", "Who did it, where that is somebody else."),
        ),
        places,
    ),
    "events": Table(
        "Every event of the log, those a rewind took back too. `payload` by kind: see the part on events.",
        ("game", "seq"),
        (
            GAME, SEQ, text("kind", "What happened: a stable name."), count("v", "Version of the payload's shape."),
            AT_MS, text("game_date", "Date inside the case."),
            count("turn", "Turn it belongs to; nothing for what a rewind took back."),
            text("actor", "person, control, seat_bot or system."), PERSON, SEAT,
            text("cause", "The command it followed from: events of one command share it."),
            flag("stands", "Whether it leads to where the game stands: no rewind took it back."),
            shape("payload", "The facts."),
        ),
        events,
    ),
}  # fmt: skip
FEED = Table(
    "Everything the seat was shown, in order: an entity by kind and key, as it was from then on.",
    ("game", "n"),
    (
        GAME, count("n", "Number of the row in the seat's own feed, from 1."), AT_MS,
        text("kind", "Kind of the entity."),
        text("key", "Which one."), flag("gone", "It was taken away."), shape("value", "The entity as it was shown."),
    ),
    lambda source: (),
    feed,
)  # fmt: skip
"""In the export of a seat alone."""
