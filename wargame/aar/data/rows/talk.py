"""What was said and written, and what was opened of it: rooms, messages, letters, papers, requests, readings."""

from collections.abc import Iterator
from typing import Any

from wargame.aar.data.columns import Row, Table
from wargame.aar.data.rows.shared import AT_MS, EVENT, GAME, PERSON, SEAT, TURN, count, flag, many, shape, text
from wargame.aar.data.seat import SeatSource
from wargame.aar.data.source import Source
from wargame.aar.data.terms import LEFT_OUT
from wargame.aar.seen import play as seen
from wargame.aar.truth import papers as chains
from wargame.aar.truth import play
from wargame.game import entities as e
from wargame.game import events as ev
from wargame.game.events import Recorded


def rooms(source: Source) -> Iterator[Row]:
    """Yield every conversation there was."""
    for room in source.log.rooms.values():
        yield {
            "game": source.game, "room": room.id, "kind": room.kind, "title": room.title, "seats": list(room.seats),
            "opened_by": room.opened_by or None,
        }  # fmt: skip


def messages(source: Source) -> Iterator[Row]:
    """Yield all that was said in rooms and sent as letters, as it was heard."""
    for recorded, said in source.of(ev.MessagePosted):
        if said.person in source.left_out:
            continue
        room = source.log.rooms.get(said.room)
        yield _message(source, recorded, f"{said.room}:{said.number}", said.text) | {
            "channel": "room", "room": said.room, "number": said.number, "seat": said.seat,
            "person": said.person or None, "name": said.display,
            "audience": [] if room is None else [seat for seat in room.seats if seat != said.seat],
            "reply_to": said.reply_to or None, "mentions": list(said.mentions), "held": bool(said.held),
            "spoken_by": said.spoken_by or None, "arrived_turn": source.log.turn_of[recorded.seq],
        }  # fmt: skip
    arrived = {fact.letter: source.log.turn_of[one.seq] for one, fact in source.log.of(ev.LetterArrived)}
    for recorded, sent in source.of(ev.LetterSent):
        yield _message(source, recorded, sent.letter, sent.text) | {
            "channel": "letter", "room": f"letter:{sent.channel}", "seat": sent.seat, "person": sent.person or None,
            "name": sent.display, "audience": [sent.to], "held": True, "arrived_turn": arrived.get(sent.letter),
        }  # fmt: skip


def _message(source: Source, recorded: Recorded, name: str, words: str) -> dict[str, Any]:
    return source.where(recorded) | {"message": name, "text": words, "characters": len(words)}


def messages_seen(mine: SeatSource) -> Iterator[Row]:
    """Yield what the seat heard and read, as it did."""
    for one in seen.messages(mine.sight):
        if one["display"] == LEFT_OUT:
            continue
        yield {
            "game": mine.game, "seq": max(one["refs"], default=None), "at_ms": one["at_ms"], "turn": one["turn"],
            "message": one["id"], "channel": "letter" if str(one["room"]).startswith("letter:") else "room",
            "room": one["room"], "seat": one["seat"], "name": one["display"], "audience": one["audience"],
            "text": one["text"], "characters": len(one["text"]),
        }  # fmt: skip


def crossings(source: Source) -> Iterator[Row]:
    """Yield what reached others than it was meant for."""
    for recorded, fact in source.of(ev.MessageIntercepted, ev.MessageLeaked):
        leaked = isinstance(fact, ev.MessageLeaked)
        yield source.where(recorded) | {
            "what": "leaked" if leaked else "intercepted", "room": fact.room,
            "number": fact.source_number if leaked else fact.number, "seat": fact.seat,
            "by": None if leaked else fact.by, "line": fact.line or None, "rule": fact.rule or None, "text": fact.text,
        }  # fmt: skip


def reads(source: Source) -> Iterator[Row]:
    """Yield every opening of something a seat was sent, and how far a room was read."""
    for recorded, fact in source.of(ev.ItemOpened, ev.RoomWasRead):
        if fact.person in source.left_out:
            continue
        room = isinstance(fact, ev.RoomWasRead)
        yield source.where(recorded) | {
            "kind": "room" if room else fact.kind, "item": fact.room if room else fact.key, "seat": fact.seat,
            "person": fact.person or None, "upto": fact.upto if room else None,
        }  # fmt: skip


def reads_seen(mine: SeatSource) -> Iterator[Row]:
    """Yield what the seat itself was told of as opened."""
    for key, fact in mine.sight.shown.all(e.OpenedSeen, "opened"):
        refs = mine.sight.shown.refs("opened", key)
        yield {
            "game": mine.game, "seq": refs[-1], "at_ms": fact.at_ms, "kind": fact.kind, "item": fact.key,
            "seat": fact.seat,
        }  # fmt: skip


def papers(source: Source) -> Iterator[Row]:
    """Yield every paper in the order it was begun, as it stood at the end."""
    who = {fact.paper: (recorded, fact) for recorded, fact in source.log.of(ev.PaperDrafted)}
    for one in chains.papers(source.log):
        recorded, fact = who[one["paper"]]
        if fact.person in source.left_out:
            continue
        yield source.where(recorded) | {
            "paper": one["paper"], "template": one["template"], "seat": one["seat"], "person": fact.person or None,
            "to": one["to"], "ref": one["ref"] or None, "public": one["public"], "fields": one["fields"],
            "version": one["version"], "status": one["status"], "released_turn": one["released_turn"],
            "released_ms": one["released_ms"], "reply_to": one["reply_to"] or None,
        }  # fmt: skip


def clearances(source: Source) -> Iterator[Row]:
    """Yield every step of a paper's way out, and every tracked change of one that was on its way."""
    for one in chains.papers(source.log):
        for place, step in enumerate(one["steps"]):
            yield {
                "game": source.game, "paper": one["paper"], "place": place, "what": step["what"], "seat": step["seat"],
                "at_ms": step["at_ms"], "text": step["text"],
            }  # fmt: skip
        for place, edit in enumerate(one["edits"], start=len(one["steps"])):
            yield {
                "game": source.game, "paper": one["paper"], "place": place, "what": "edited", "seat": edit["seat"],
                "field": edit["field"], "before": edit["before"], "text": edit["after"],
            }  # fmt: skip


def readings(source: Source) -> Iterator[Row]:
    """Yield what statements were meant to say, and what others took them to mean."""
    for recorded, fact in source.of(ev.StatementMeant, ev.StatementWasRead):
        yield source.where(recorded) | {
            "paper": fact.paper, "seat": fact.seat, "person": fact.person or None, "text": fact.text,
            "what": "meant" if isinstance(fact, ev.StatementMeant) else "read",
        }  # fmt: skip


def taskings(source: Source) -> Iterator[Row]:
    """Yield every request for information and tasking, with how it ended."""
    asked = {fact.tasking.id: (recorded, fact) for recorded, fact in source.log.of(ev.TaskingAsked)}
    for one in chains.requests(source.log):
        recorded, fact = asked[one["tasking"]]
        if fact.person in source.left_out:
            continue
        yield source.where(recorded) | {
            "tasking": one["tasking"], "kind": one["kind"], "ref": one["ref"], "seat": one["seat"], "to": one["to"],
            "person": fact.person or None, "text": one["text"], "due": one["due"], "paper": one["paper"] or None,
            "taken_ms": one["taken_ms"], "late": one["late"], "state": one["state"], "answer": one["answer"],
            "closed_ms": one["closed_ms"], "closed_turn": one["closed_turn"],
        }  # fmt: skip


def pairs(source: Source) -> Iterator[Row]:
    """Yield how often each pair of seats was in one conversation, a turn."""
    for one in play.dyads(play.messages(source.log)):
        for turn, times in one["by_turn"].items():
            yield {"game": source.game, "a": one["a"], "b": one["b"], "turn": int(turn), "messages": times}


_WORDS = text("text", "The words.")
TABLES: dict[str, Table] = {
    "rooms": Table(
        "Every conversation there was.",
        ("game", "room"),
        (
            GAME, text("room", "Id of the room."), text("kind", "team, bilateral, multi, press, control, conference."),
            text("title", "What it is called."), many("seats", "Its members."), text("opened_by", "Who opened it."),
        ),
        rooms,
    ),
    "messages": Table(
        "All that was said in rooms and sent as letters.",
        ("game", "message"),
        (
            *EVENT, text("message", "Id: the room and the number in it, or the letter."),
            text("channel", "room or letter."), text("room", "The room; of a letter its channel."),
            count("number", "Its number in the room."), SEAT, PERSON, text("name", "Whom it was signed by."),
            many("audience", "Seats that could read it, beside its own."), count("reply_to", "Number it answers."),
            many("mentions", "Seats it named."), flag("held", "Whether it was on its way for a while."),
            text("spoken_by", "The facilitator who spoke as the seat, if one did."),
            count("arrived_turn", "Turn it was heard in; nothing: a letter that never arrived."),
            _WORDS, count("characters", "Length of the words.", "characters"),
        ),
        messages,
        messages_seen,
    ),
    "crossings": Table(
        "Messages that were overheard, or came out.",
        ("game", "seq"),
        (
            *EVENT, text("what", "intercepted or leaked."), text("room", "Where it was said."),
            count("number", "Its number there."), text("seat", "Whose words."), text("by", "Who read along."),
            text("line", "The line of the case it was on."), text("rule", "By which rule."), _WORDS,
        ),
        crossings,
    ),
    "reads": Table(
        "What was opened: by which seat and person, when.",
        ("game", "seq"),
        (
            *EVENT, text("kind", "brief, inject, letter, paper, outcome, estimate or room."),
            text("item", "What: its id in its own table."), SEAT, PERSON,
            count("upto", "Of a room: up to which message."),
        ),
        reads,
        reads_seen,
    ),
    "papers": Table(
        "Every paper as it stood at the end.",
        ("game", "paper"),
        (
            *EVENT, text("paper", "Id."), text("template", "The form it was written on."), SEAT, PERSON,
            many("to", "Addressees."), text("ref", "Reference number once it was out."),
            flag("public", "For all to read."),
            shape("fields", "Its text by field."), count("version", "Number of its texts."),
            text("status", "open, released or withdrawn."), count("released_turn", "Turn it went out in."),
            count("released_ms", "When.", "ms"), text("reply_to", "The paper it answers."),
        ),
        papers,
    ),
    "clearances": Table(
        "The way of papers through their clearance chain: steps, then tracked changes.",
        ("game", "paper", "place"),
        (
            GAME, text("paper", "`papers`."), count("place", "Place among the steps and changes of the paper, from 0."),
            text("what", "sent, cleared, returned or edited."), SEAT, AT_MS,
            text("field", "The field that was changed."),
            text("before", "Its words before."), text("text", "The note or reason; of a change, the words after."),
        ),
        clearances,
    ),
    "readings": Table(
        "What a statement was meant to signal, and what a seat took it to mean.",
        ("game", "seq"),
        (*EVENT, text("paper", "The statement: `papers`."), SEAT, PERSON, text("what", "meant or read."), _WORDS),
        readings,
    ),
    "taskings": Table(
        "Requests for information and taskings.",
        ("game", "tasking"),
        (
            *EVENT, text("tasking", "Id."), text("kind", "rfi or tasking."), text("ref", "Reference number."), SEAT,
            PERSON, text("to", "Who was asked."), _WORDS, count("due", "Turn by whose end it is due."),
            text("paper", "The paper it is about."), count("taken_ms", "When its owner took it up.", "ms"),
            flag("late", "Whether it was late."), text("state", "open, answered, declined or withdrawn."),
            text("answer", "The answer, or the reason."), count("closed_ms", "When it ended.", "ms"),
            count("closed_turn", "In which turn."),
        ),
        taskings,
    ),
    "pairs": Table(
        "How often two seats were in one conversation, a turn. Press statements are none.",
        ("game", "a", "b", "turn"),
        (
            GAME, text("a", "A seat."), text("b", "Another, later in the alphabet."), TURN,
            count("messages", "Messages of either that the other could read.", "messages"),
        ),
        pairs,
    ),
}  # fmt: skip
