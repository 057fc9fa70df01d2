"""What a seat saw itself and others do, one act a row: the raw material of its participation.

The same kinds of acts as in the truth (`wargame/aar/truth/acts.py`), from the seat's own rows: of others only what
reached it. A row knows a writer by the name it was signed with.
"""

from collections.abc import Iterator

from negotiation.rooms import PRESS
from wargame.aar.seen.sight import Sight
from wargame.aar.truth.acts import Act
from wargame.game import entities as e


def acts_seen(mine: Sight) -> list[Act]:
    """Return every act this seat knows of, by the number of the row that tells it; `person` is a display name."""
    found = [*_talk(mine), *_table(mine), *_asking(mine), *_desk(mine)]
    return sorted(found, key=lambda act: (act.at_ms, act.seq))


def _act(mine: Sight, kind: str, key: str, what: str, seat: str, turn: int, at_ms: int | None = None, text: str = "",
         person: str = "") -> Act:  # fmt: skip
    refs = mine.shown.refs(kind, key)
    return Act(
        refs[0] if refs else 0, mine.shown.first_ms(kind, key) if at_ms is None else at_ms, turn, seat, person, what,
        len(text.split()),
    )  # fmt: skip


def _talk(mine: Sight) -> Iterator[Act]:
    shown = mine.shown
    wired = {(one.seat, one.at_ms) for _, one in shown.all(e.PaperSeen, "paper") if one.public}
    for key, said in shown.all(e.MessageSeen, "message"):
        of_a_paper = said.room == PRESS and (said.seat, said.at_ms) in wired
        if said.seat in mine.case.seat and not said.leaked_from and not of_a_paper:
            yield _act(mine, "message", key, "messages", said.seat, said.turn, said.at_ms, said.text, said.display)
    for key, held in shown.all(e.HeldSeen, "held"):
        if not held.number:
            yield _act(mine, "held", key, "messages", held.seat, held.turn, held.at_ms, held.text)
    for key, sent in shown.all(e.LetterSeen, "letter"):
        yield _act(mine, "letter", key, "letters", sent.seat, sent.turn, sent.at_ms, sent.text, sent.display)
    for key, reading in shown.all(e.ReadingSeen, "reading"):
        if reading.briefed_by:
            yield _act(mine, "reading", key, "briefings", reading.briefed_by, reading.turn, None, reading.note)


def _table(mine: Sight) -> Iterator[Act]:
    shown = mine.shown
    for key, v in shown.all(e.OfferVersionSeen, "offer_version"):
        kind = "texts" if v.version else "drafts"
        yield _act(mine, "offer_version", key, kind, v.by or v.author, v.turn, v.at_ms, v.note)
    turns = {key: v.turn for key, v in shown.all(e.OfferVersionSeen, "offer_version")}
    for key, stance in shown.all(e.StanceSeen, "stance"):
        turn = turns.get(f"{stance.offer}@{stance.version}", 0)
        yield _act(mine, "stance", key, "texts", stance.by or stance.seat, turn)
    for key, read in shown.all(e.ParaphraseSeen, "paraphrase"):
        yield _act(mine, "paraphrase", key, "readings", read.seat, read.turn, read.at_ms, read.text)


def _asking(mine: Sight) -> Iterator[Act]:
    shown = mine.shown
    for key, asked in shown.all(e.TaskingSeen, "tasking"):
        yield _act(mine, "tasking", key, "requests", asked.seat, asked.turn, asked.at_ms, asked.text)
        if asked.state in ("answered", "declined"):
            at = shown.since(e.TaskingSeen, "tasking", key, lambda one: one.state in ("answered", "declined"))
            yield _act(mine, "tasking", key, "answers", asked.to, asked.turn, at and at[1], asked.answer)
    for key, consent in shown.all(e.ConsentSeen, "consent"):
        yield _act(mine, "consent", key, "requests", consent.seat, consent.turn, None, consent.note)
        if consent.status in ("given", "refused"):
            at = shown.since(e.ConsentSeen, "consent", key, lambda one: one.status in ("given", "refused"))
            yield _act(mine, "consent", key, "answers", consent.to, consent.turn, at and at[1], consent.reply)


def _desk(mine: Sight) -> Iterator[Act]:
    shown = mine.shown
    for key, order in shown.all(e.OrderSeen, "order"):
        if order.status != "withdrawn":
            yield _act(mine, "order", key, "orders", order.seat, order.turn)
    for key, move in shown.all(e.FreeMoveSeen, "freemove"):
        yield _act(mine, "freemove", key, "free_moves", move.seat, move.turn, None, move.action)
        for line in move.arguments:
            if line.seat != move.seat:
                yield _act(mine, "freemove", key, "arguments", line.seat, move.turn, None, line.text)
    for key, paper in shown.all(e.PaperSeen, "paper"):
        kind = "papers" if paper.status in ("released", "received") else "drafts"
        text = " ".join(paper.fields.values())
        yield _act(mine, "paper", key, kind, paper.seat, paper.turn, paper.at_ms, text)
    for key, meant in shown.all(e.MeaningSeen, "meaning"):
        yield _act(mine, "meaning", key, "readings", meant.seat, meant.turn, meant.at_ms, meant.text)
    for key, taken in shown.all(e.StatementReadingSeen, "statement_reading"):
        yield _act(mine, "statement_reading", key, "readings", taken.seat, taken.turn, taken.at_ms, taken.text)
    for key, opened in shown.all(e.OpenedSeen, "opened"):
        yield _act(mine, "opened", key, "opened", opened.seat, mine.turn_at(opened.at_ms), opened.at_ms)
