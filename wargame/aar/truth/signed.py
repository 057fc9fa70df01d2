"""What each party thought it agreed to: the clause, and beside it what every party wrote down in private.

The words stand side by side; whether they say the same is for the reader. A party that wrote nothing is named.
"""

from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.truth.deals import clauses
from wargame.game import events as ev


def understandings(log: Chronicle) -> list[Json]:
    """Return a row for each clause of each version that was agreed by all, signed or paraphrased.

    `readings` by seat, in the order written; the last a seat wrote stands. `silent`: parties that wrote none.
    """
    texts = _texts(log)
    read: dict[tuple[str, int, str], dict[str, Json]] = {}
    for recorded, fact in log.of(ev.OfferParaphrased):
        read.setdefault((fact.offer, fact.version, fact.clause), {})[fact.seat] = {
            "seat": fact.seat, "text": fact.text, "turn": log.turn_of[recorded.seq], "at_ms": recorded.at_ms,
            "refs": [recorded.seq],
        }  # fmt: skip
    found = []
    for (offer, version), text in texts.items():
        for clause in clauses(log.case.negotiation, text["levels"]):
            readings = read.get((offer, version, clause["issue"]), {})
            if readings or (text["agreed"] and clause["level"]):
                found.append(
                    {
                        "offer": offer, "title": text["title"], "version": version, "turn": text["turn"],
                        "issue": clause["issue"], "label": clause["label"], "level": clause["level"],
                        "clause": clause["text"] or clause["level_label"], "agreed": text["agreed"],
                        "signed": text["signed"], "how": text["how"], "readings": list(readings.values()),
                        "silent": [seat for seat in text["parties"] if seat not in readings],
                        "refs": sorted({*text["refs"], *(ref for one in readings.values() for ref in one["refs"])}),
                    }
                )  # fmt: skip
    return found


def _texts(log: Chronicle) -> dict[tuple[str, int], Json]:
    """Return every version on a table: its clauses, who signed it, and how the text ended if it was the last."""
    drafts: dict[str, ev.OfferDrafted] = {}
    newest: dict[str, int] = {}
    found: dict[tuple[str, int], Json] = {}
    for recorded in log.events:
        fact = recorded.payload
        match fact:
            case ev.OfferDrafted():
                drafts[fact.offer] = fact
            case ev.OfferTabled() | ev.OfferCountered():
                draft = drafts[fact.offer]
                newest[fact.offer] = newest.get(fact.offer, 0) + 1
                levels = fact.levels if isinstance(fact, ev.OfferCountered) else draft.levels
                accepted = [] if isinstance(fact, ev.OfferCountered) and fact.ad_referendum else [
                    fact.seat if isinstance(fact, ev.OfferCountered) else draft.author
                ]  # fmt: skip
                found[fact.offer, newest[fact.offer]] = {
                    "title": draft.title, "parties": list(draft.parties), "levels": levels, "signed": [], "how": "",
                    "accepted": accepted, "agreed": False, "turn": log.turn_of[recorded.seq], "refs": [recorded.seq],
                }  # fmt: skip
            case ev.OfferAccepted() | ev.OfferSigned():
                text = found[fact.offer, fact.version]
                text["accepted" if isinstance(fact, ev.OfferAccepted) else "signed"].append(fact.seat)
                text["agreed"] = text["agreed"] or set(text["parties"]) <= {*text["accepted"], *text["signed"]}
                text["refs"].append(recorded.seq)
            case ev.OfferUnsigned() | ev.OfferEnded() if fact.offer in newest:
                text = found[fact.offer, newest[fact.offer]]
                if isinstance(fact, ev.OfferEnded):
                    text["how"] = fact.how
                else:
                    text["signed"] = []
                text["refs"].append(recorded.seq)
    return found
