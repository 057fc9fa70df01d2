"""Signal and perception: what a statement or a move was meant to say, how others took it, and what beliefs did.

What was meant and how it was taken are the seats' own words, written in private. What beliefs did is the ledger's: the
rows on beliefs whose cause is the move (Jervis 1970 on signals; rules R-R01 to R-R03 of the engine). A statement is
words without an order; beside it stand the belief rows of the same seat's moves of that turn.
"""

from math import fsum

from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.refs import merged, of_order, settled
from wargame.aar.truth.papers import statements
from wargame.aar.words import move_name
from wargame.game import events as ev

METHOD: Json = {
    "beliefs": "Ledger rows on beliefs whose cause is the move; beside a statement those of the same seat's moves of "
    "that turn, since words without an order move no belief by themselves.",
}
"""How the rows are made, for the page and the documents."""


def perception(log: Chronicle) -> list[Json]:
    """Return every public statement, and every move that moved a belief, in order of turn.

    `meant` and `read` are words; `beliefs` rows: variable, label, about (the side that was judged), amount, rule.
    """
    beliefs = _beliefs(log)
    found = [*_statements(log, beliefs), *_moves(log, beliefs)]
    return sorted(found, key=lambda one: (one["turn"], one["kind"] != "statement", one["refs"][0], one["key"]))


def _beliefs(log: Chronicle) -> dict[tuple[int, str], list[Json]]:
    """Return by turn and order the rows on beliefs, one a variable and rule."""
    about = {name: side for told in (log.case.beliefs.trust, log.case.beliefs.resolve) for side, name in told.items()}
    sums: dict[tuple[int, str, str, str], list[float]] = {}
    for turn in log.turns:
        for row in () if turn.resolution is None else turn.resolution.ledger:
            variable = log.case.variable.get(row.var or "")
            if variable is not None and variable.kind == "belief" and row.cause.kind == "order":
                sums.setdefault((turn.number, row.cause.id, variable.id, row.rule_id), []).append(row.applied)
    found: dict[tuple[int, str], list[Json]] = {}
    for (number, order, name, rule), parts in sums.items():
        known = log.case.rule.get(rule)
        amount = round(fsum(parts), 6)
        if amount:
            found.setdefault((number, order), []).append(
                {
                    "variable": name, "label": log.case.variable[name].label, "about": about.get(name, ""),
                    "amount": amount, "rule": rule, "say": "" if known is None else known.say,
                    "refs": settled(log, number),
                }
            )  # fmt: skip
    return found


def _moves(log: Chronicle, beliefs: dict[tuple[int, str], list[Json]]) -> list[Json]:
    found = []
    for turn in log.turns:
        if turn.resolution is None:
            continue
        done = [(o.id, o.seat, move_name(log, o.move), o.public) for o in turn.resolution.orders]
        done += [(one.id, one.seat, one.title, one.public) for one in turn.resolution.free]
        for key, seat, label, public in done:
            rows = beliefs.get((turn.number, key))
            if rows:
                found.append(
                    {
                        "kind": "move", "key": key, "turn": turn.number, "seat": seat, "label": label, "text": "",
                        "public": public, "meant": _meant(log, key), "read": [], "beliefs": rows,
                        "refs": of_order(log, key, turn.number),
                    }
                )  # fmt: skip
    return found


def _meant(log: Chronicle, key: str) -> str:
    """Return what its writer expected a move to do: that is what it was meant to be taken as."""
    if key in log.drafted_by:
        return log.drafted_by[key][1].expects
    return log.proposed_by[key][1].effect if key in log.proposed_by else ""


def _statements(log: Chronicle, beliefs: dict[tuple[int, str], list[Json]]) -> list[Json]:
    meant = {fact.paper: recorded.seq for recorded, fact in log.of(ev.StatementMeant)}
    read: dict[str, dict[str, Json]] = {}
    for recorded, fact in log.of(ev.StatementWasRead):
        read.setdefault(fact.paper, {})[fact.seat] = {
            "seat": fact.seat, "text": fact.text, "turn": log.turn_of[recorded.seq], "at_ms": recorded.at_ms,
            "refs": [recorded.seq],
        }  # fmt: skip
    found = []
    for one in statements(log):
        turn = log.turn(one["turn"])
        resolution = None if turn is None else turn.resolution
        mine = [o.id for o in (() if resolution is None else resolution.orders) if o.seat == one["seat"]]
        rows = [row for order in mine for row in beliefs.get((one["turn"], order), ())]
        readings = [read.get(one["paper"], {})[seat] for seat in sorted(read.get(one["paper"], {}))]
        own = [meant[one["paper"]]] if one["paper"] in meant else []
        found.append(
            {
                "kind": "statement", "key": one["paper"], "turn": one["turn"], "seat": one["seat"],
                "label": one["ref"], "text": "\n".join(text for text in one["fields"].values() if text),
                "public": True, "meant": one["meant"], "read": readings, "beliefs": rows,
                "refs": merged(one["refs"], own, *(r["refs"] for r in readings)),
            }
        )  # fmt: skip
    return found
