"""Signal and perception at this seat: what it meant by its own statements, what it took others' to mean."""

from wargame.aar.chronicle import Json
from wargame.aar.refs import merged
from wargame.aar.seen.sight import Sight
from wargame.game import entities as e


def perception(mine: Sight) -> list[Json]:
    """Return the public statements this seat read: what it meant by its own, what it took others' to mean."""
    shown = mine.shown
    meant = {one.paper: (key, one) for key, one in shown.all(e.MeaningSeen, "meaning")}
    taken = {one.paper: (key, one) for key, one in shown.all(e.StatementReadingSeen, "statement_reading")}
    found = []
    for key, paper in shown.all(e.PaperSeen, "paper"):
        if not paper.public or paper.status not in ("released", "received"):
            continue
        mark = taken.get(key)
        readings: list[Json] = []
        if mark is not None:
            refs = shown.refs("statement_reading", mark[0])
            readings = [
                {"seat": mark[1].seat, "text": mark[1].text, "turn": mark[1].turn, "at_ms": mark[1].at_ms, "refs": refs}
            ]
        own = shown.refs("meaning", meant[key][0]) if key in meant else []
        found.append(
            {
                "kind": "statement", "key": key, "turn": paper.turn, "seat": paper.seat, "label": paper.ref,
                "text": "\n".join(text for text in paper.fields.values() if text), "public": True,
                "meant": meant[key][1].text if key in meant else "", "read": readings, "beliefs": [],
                "refs": merged(shown.refs("paper", key), own, *(one["refs"] for one in readings)),
            }
        )  # fmt: skip
    return found
