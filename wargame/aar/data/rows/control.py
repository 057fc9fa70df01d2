"""What Control and the master list did: injects, the clock, notes, the debrief, the assessment, what was taken back."""

from collections.abc import Iterator

from wargame.aar.data.columns import Row, Table
from wargame.aar.data.rows.shared import EVENT, GAME, LABEL, PERSON, SEAT, count, flag, many, number, shape, text
from wargame.aar.data.seat import SeatSource
from wargame.aar.data.source import Source
from wargame.aar.seen import play as seen
from wargame.game import events as ev
from wargame.game.objectives import goals_now


def injects(source: Source) -> Iterator[Row]:
    """Yield every inject that went out, those taken back too."""
    undone = {fact.inject for _, fact in source.log.of(ev.InjectUndone)}
    for recorded, fact in source.log.of(ev.InjectSent):
        yield source.where(recorded) | {
            "inject": fact.inject, "msel": fact.msel, "source": fact.source, "to": list(fact.to), "title": fact.title,
            "text": fact.text, "precedence": fact.precedence, "channel": fact.channel, "effects": fact.effects,
            "variants": fact.variants or None, "person": source.person(recorded), "undone": fact.inject in undone,
            "p": None if fact.die is None else fact.die.threshold, "u": None if fact.die is None else fact.die.u,
        }  # fmt: skip


def injects_seen(mine: SeatSource) -> Iterator[Row]:
    """Yield what was sent to the seat, as it read it."""
    for one in seen.injects(mine.sight):
        yield {
            "game": mine.game, "seq": max(one["refs"], default=None), "at_ms": one["at_ms"], "turn": one["turn"],
            "inject": one["id"], "source": one["source"], "to": one["to"], "title": one["title"], "text": one["text"],
            "precedence": one["precedence"],
        }  # fmt: skip


def entries(source: Source) -> Iterator[Row]:
    """Yield every entry of the master list as it stood at the end."""
    case = source.log.case.inject
    for entry in source.state.msel.values():
        known = entry.own or case.get(entry.id)
        yield {
            "game": source.game, "msel": entry.id, "title": "" if known is None else known.title, "state": entry.state,
            "sent_turn": entry.sent_turn or None, "inject": entry.sent or None, "version": entry.version,
            "expected_seen": entry.expected_seen or None, "note": entry.note, "why": entry.why or None,
        }  # fmt: skip


def clock(source: Source) -> Iterator[Row]:
    """Yield every pause, extension, missed deadline and rewind."""
    for recorded, fact in source.log.of(ev.GamePaused):
        yield source.where(recorded) | {"what": "paused", "reason": fact.reason, "since_ms": fact.since_ms}
    for recorded, _ in source.log.of(ev.GameResumed):
        yield source.where(recorded) | {"what": "resumed"}
    for recorded, fact in source.log.of(ev.ClockExtended):
        yield source.where(recorded) | {"what": "extended", "by_ms": fact.by_ms}
    for recorded, fact in source.log.of(ev.SeatExtended):
        yield source.where(recorded) | {"what": "seats_extended", "by_ms": fact.by_ms, "seats": sorted(fact.extra)}
    for recorded, fact in source.log.of(ev.DeadlineMissed):
        yield source.where(recorded) | {"what": "deadline_missed", "seats": list(fact.seats)}
    for recorded, fact in source.log.of(ev.OvertimeEnded):
        yield source.where(recorded) | {"what": f"overtime_{fact.how}", "seats": [fact.seat]}


def rewinds(source: Source) -> Iterator[Row]:
    """Yield every time Control took the game back."""
    for recorded, fact in source.log.of(ev.GameRewound):
        yield source.where(recorded) | {
            "to_seq": fact.to_seq, "label": fact.label, "reason": fact.reason, "person": source.person(recorded),
            "pending": fact.pending,
        }  # fmt: skip


def notes(source: Source) -> Iterator[Row]:
    """Yield what Control pinned, as it was last written."""
    newest = {fact.note: (recorded, fact) for recorded, fact in source.of(ev.NotePinned)}
    for recorded, fact in newest.values():
        yield source.where(recorded) | {
            "turn": source.log.turn_of[recorded.seq] if fact.turn is None else fact.turn,
            "at_ms": recorded.at_ms if fact.since_ms is None else fact.since_ms, "note": fact.note,
            "person": source.person(recorded), "about": fact.event or None, "objective": fact.objective or None,
            "discuss": fact.discuss, "text": fact.text,
        }  # fmt: skip


def answers(source: Source) -> Iterator[Row]:
    """Yield what was answered in the debrief."""
    asked = {fact.number: fact.prompt for _, fact in source.log.of(ev.DebriefPosed)}
    for recorded, fact in source.of(ev.DebriefAnswered):
        yield source.where(recorded) | {
            "number": fact.number, "prompt": asked.get(fact.number), "seat": fact.seat or None, "person": fact.person,
            "text": fact.text,
        }  # fmt: skip


def objectives(source: Source) -> Iterator[Row]:
    """Yield what the exercise is to teach, in the order of the case."""
    for place, goal in enumerate(goals_now(source.log.case, source.state)):
        yield {
            "game": source.game, "objective": goal.id, "place": place, "label": goal.label,
            "competency": goal.competency or None,
        }  # fmt: skip


def ratings(source: Source) -> Iterator[Row]:
    """Yield how objectives were rated, as the ratings stand."""
    newest = {fact.objective: (recorded, fact) for recorded, fact in source.of(ev.ObjectiveRated)}
    for recorded, fact in newest.values():
        yield source.where(recorded) | {
            "objective": fact.objective, "label": fact.label, "rating": fact.rating or None,
            "strengths": fact.strengths, "improve": fact.improve, "person": source.person(recorded),
            "evidence": [str(seq) for seq in fact.seqs],
        }  # fmt: skip


def plan(source: Source) -> Iterator[Row]:
    """Yield the improvement plan as it stands."""
    dropped = {fact.item: recorded.seq for recorded, fact in source.log.of(ev.ImprovementDropped)}
    newest = {fact.item: (recorded, fact) for recorded, fact in source.of(ev.ImprovementPlanned)}
    for recorded, fact in newest.values():
        if dropped.get(fact.item, 0) < recorded.seq:
            yield source.where(recorded) | {
                "item": fact.item, "area": fact.area, "action": fact.action, "owner": fact.owner,
                "start": fact.start or None, "due": fact.due or None, "objective": fact.objective or None,
                "person": source.person(recorded),
            }  # fmt: skip


_MSEL = text("msel", "Entry of the master list: `msel`; nothing: sent by hand.")
TABLES: dict[str, Table] = {
    "injects": Table(
        "Every inject that went out.",
        ("game", "inject"),
        (
            *EVENT, text("inject", "Id of what was sent."), _MSEL, text("source", "Whom it is from."),
            many("to", "Seats it went to; empty: all."), text("title", "Its title."), text("text", "Its words."),
            text("precedence", "routine, priority, immediate or flash."), text("channel", "How it came."),
            flag("effects", "Whether it moves the world."), shape("variants", "What some read instead."), PERSON,
            flag("undone", "Taken back before anybody opened it."),
            number("p", "probability", "Its chance, if it had one."),
            number("u", "", "The die, in [0, 1)."),
        ),
        injects,
        injects_seen,
    ),
    "msel": Table(
        "The master scenario events list as it stood at the end.",
        ("game", "msel"),
        (
            GAME, _MSEL, text("title", "Its title."),
            text("state", "draft, waiting, held, sent, skipped, undone, passed."),
            count("sent_turn", "Turn it went out in."), text("inject", "What it went out as: `injects`."),
            count("version", "How often it was written."), text("expected_seen", "Whether what was expected was seen."),
            text("note", "What Control noted."), text("why", "Why it did not go out."),
        ),
        entries,
    ),
    "clock": Table(
        "Pauses, extensions, missed deadlines.",
        ("game", "seq"),
        (
            *EVENT, text("what", "paused, resumed, extended, seats_extended, deadline_missed, overtime_*."),
            text("reason", "Why."), count("by_ms", "By how much.", "ms"), count("since_ms", "Since when.", "ms"),
            many("seats", "Seats it is about; empty: all."),
        ),
        clock,
    ),
    "rewinds": Table(
        "When Control took the game back.",
        ("game", "seq"),
        (
            *EVENT, count("to_seq", "To the state after this event."), LABEL, text("reason", "Why."), PERSON,
            flag("pending", "A proposal waited and was dropped."),
        ),
        rewinds,
    ),
    "notes": Table(
        "Control's notes, as last written.",
        ("game", "note"),
        (
            *EVENT, text("note", "Id."), PERSON, text("about", "What it is about, as kind:key."),
            text("objective", "The objective it is on."), flag("discuss", "To be talked about."),
            text("text", "The words."),
        ),
        notes,
    ),
    "answers": Table(
        "What was answered in the debrief.",
        ("game", "seq"),
        (*EVENT, count("number", "Number of the question."), text("prompt", "The question."), SEAT, PERSON,
         text("text", "The answer.")),
        answers,
    ),
    "objectives": Table(
        "What the exercise is to teach.",
        ("game", "objective"),
        (
            GAME, text("objective", "Id."), count("place", "Place in the case, from 0."), LABEL,
            text("competency", "What it is part of."),
        ),
        objectives,
    ),
    "ratings": Table(
        "How objectives were rated: P, S, M or U (HSEEP: performed without, with some, with major challenges; unable).",
        ("game", "objective"),
        (
            *EVENT, text("objective", "Id."), LABEL, text("rating", "P, S, M or U."),
            text("strengths", "What went well."),
            text("improve", "What did not."), PERSON, many("evidence", "Events it rests on."),
        ),
        ratings,
    ),
    "plan": Table(
        "The improvement plan.",
        ("game", "item"),
        (
            *EVENT, text("item", "Id."), text("area", "Area for improvement."), text("action", "Corrective action."),
            text("owner", "Who sees to it."), text("start", "From when."), text("due", "By when."),
            text("objective", "The objective it serves."), PERSON,
        ),
        plan,
    ),
}  # fmt: skip
