"""What was owed under what was signed, and whether it was kept: every clause from signature to the end, turn by turn.

Owns the reading of the engine's account of each clause (`adjudication.agreed.Owed`) over the game. It judges nothing:
`kept` says whether the last known state is that the clause was carried out.
"""

from adjudication.agreed import Agreement, Owed
from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.refs import merged, settled
from wargame.game import events as ev

KEPT: dict[str, bool | None] = {
    "pending": None, "fulfilled": True, "withheld": False, "late": False, "suspended": False, "breached": False,
    "struck": None, "ended": None,
}  # fmt: skip
"""State of a clause -> whether it is kept; None: it was not due yet, fell away, or nobody owes it any more."""


def obligations(log: Chronicle) -> list[Json]:
    """Return every clause somebody owed, in the order in which it came to be owed.

    `history`: each change of state, with the rule that says why. `choices`: what its side chose to do. `unseen`: it was
    withheld for so many turns and nobody noticed.
    """
    found: dict[tuple[str, str], Json] = {}
    for turn in log.turns:
        for agreement in () if turn.resolution is None else turn.resolution.agreements:
            for owed in agreement.owed:
                if owed.side:
                    row = found.setdefault((agreement.id, owed.clause), _row(log, agreement, owed))
                    _told(log, row, owed, turn.number)
    for recorded, fact in log.of(ev.ObligationChosen):
        if (fact.agreement, fact.clause) in found:
            choice = {"turn": log.turn_of[recorded.seq], "choice": fact.choice, "refs": [recorded.seq]}
            found[fact.agreement, fact.clause]["choices"].append(choice)
    return [_closed(row) for row in found.values()]


def _row(log: Chronicle, agreement: Agreement, owed: Owed) -> Json:
    issue = log.case.negotiation.deal_issue.get(owed.clause)
    signed = [recorded.seq for recorded, fact in log.of(ev.OfferSigned) if fact.offer == agreement.id]
    return {
        "agreement": agreement.id, "title": agreement.title, "clause": owed.clause,
        "label": owed.clause if issue is None else issue.label, "obligor": log.case.principals.get(owed.side, ""),
        "turn": agreement.turn, "from_level": owed.from_level, "level": owed.level,
        "level_label": issue.levels[owed.level].label if issue and owed.level < len(issue.levels) else "",
        "verified_by": owed.verified_by, "detection": owed.detection, "secret": owed.secret, "history": [],
        "choices": [], "unseen": 0, "refs": merged(signed, settled(log, agreement.turn)),
    }  # fmt: skip


def _told(log: Chronicle, row: Json, owed: Owed, turn: int) -> None:
    """Add how a clause stood after a turn, where it stood otherwise before."""
    row |= {"due": owed.due, "state": owed.state}
    row["unseen"] += owed.state == "withheld"
    if not row["history"] or row["history"][-1]["state"] != owed.state:
        row["history"].append(
            {"turn": turn, "state": owed.state, "why": owed.why, "rule": owed.rule, "refs": settled(log, turn)}
        )


def _closed(row: Json) -> Json:
    refs = merged(row["refs"], *(one["refs"] for one in (*row["history"], *row["choices"])))
    return row | {"kept": KEPT[row["state"]], "refs": refs}
