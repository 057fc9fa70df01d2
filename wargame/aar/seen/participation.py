"""Who took part, as this seat saw it: itself in full, the others as far as what they did reached it."""

from wargame.aar.chronicle import Json
from wargame.aar.seen.acts import acts_seen
from wargame.aar.seen.desk import read_upto
from wargame.aar.seen.sight import FRAME_ROW, Sight
from wargame.aar.truth.acts import KINDS, WORDS, Act
from wargame.aar.truth.participation import SHOWN_REFS, counts, silence
from wargame.game import entities as e


def participation(mine: Sight) -> Json:
    """Return what this seat did, what it saw the others do, and who of its own delegation put a name to words."""
    done = acts_seen(mine)
    by_seat: dict[str, list[Act]] = {seat.id: [] for seat in mine.case.seats}
    for act in done:
        by_seat.setdefault(act.seat, []).append(act)
    return {
        "played_ms": mine.hours.total, "kinds": list(KINDS), "words": sorted(WORDS),
        "seats": [_seat(mine, seat.id, by_seat[seat.id]) for seat in mine.case.seats],
        "people": _people(mine, by_seat[mine.seat]), "refs": [FRAME_ROW],
    }  # fmt: skip


def _seat(mine: Sight, seat: str, done: list[Act]) -> Json:
    turns = [int(turn["turn"]) for turn in mine.turns]
    by_turn: dict[int, list[Act]] = {turn: [] for turn in turns}
    for act in done:
        by_turn.setdefault(act.turn, []).append(act)
    return {
        "seat": seat, "counts": counts(done), "silence": silence(mine.hours, done, turns),
        "sent": None, "opened": None, "heard": None, "read": None,
        "turns": [{"turn": t, "counts": counts(by_turn[t]), "refs": _refs(by_turn[t])} for t in turns],
        "first_ms": done[0].at_ms if done else None, "last_ms": done[-1].at_ms if done else None, "refs": _refs(done),
    } | (_reading(mine) if seat == mine.seat else {})  # fmt: skip


def _reading(mine: Sight) -> Json:
    """Return how much this seat was sent and opened, heard and read."""
    shown = mine.shown
    opened = {(one.kind, one.key) for _, one in shown.all(e.OpenedSeen, "opened") if one.seat == mine.seat}
    upto = read_upto(mine, mine.hours.ends[1])
    others = [
        one for _, one in shown.all(e.MessageSeen, "message") if one.seat != mine.seat and mine.seat in one.audience
    ]
    sent = {
        *(("inject", key) for key, one in shown.all(e.InjectSeen, "inject") if mine.seat in one.to),
        *(("letter", key) for key, one in shown.all(e.LetterSeen, "letter") if one.to == mine.seat),
        *(
            ("paper", key)
            for key, one in shown.all(e.PaperSeen, "paper")
            if one.status == "received" and mine.seat in one.to
        ),
    }
    return {
        "sent": len(sent), "opened": len(sent & opened),
        "heard": len(others), "read": sum(one.number <= upto.get(one.room, 0) for one in others),
    }  # fmt: skip


def _people(mine: Sight, done: list[Act]) -> list[Json]:
    by_name: dict[str, list[Act]] = {}
    for act in done:
        if act.person:
            by_name.setdefault(act.person, []).append(act)
    names = {one.display: one for _, one in mine.shown.all(e.PersonSeen, "person")}
    turns = [int(turn["turn"]) for turn in mine.turns]
    return [
        {
            "person": names[name].id if name in names else "", "display": name,
            "role": names[name].role if name in names else "player", "seats": [], "counts": counts(acts), "read": None,
            "silence": silence(mine.hours, acts, turns), "turns": sorted({act.turn for act in acts}),
            "joined_ms": None, "first_ms": acts[0].at_ms, "last_ms": acts[-1].at_ms, "refs": _refs(acts),
        }
        for name, acts in sorted(by_name.items())
    ]  # fmt: skip


def _refs(done: list[Act]) -> list[int]:
    return sorted({act.seq for act in done[-SHOWN_REFS:] if act.seq}) or [FRAME_ROW]
