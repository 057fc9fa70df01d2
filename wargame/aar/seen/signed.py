"""What this seat thought it agreed to: the clauses of its texts beside its own words, never another's."""

from wargame.aar.chronicle import Json
from wargame.aar.refs import merged
from wargame.aar.seen.sight import Sight
from wargame.aar.truth.deals import clauses
from wargame.game import entities as e


def understandings(mine: Sight) -> list[Json]:
    """Return the clauses this seat wrote its own understanding of, or agreed to without writing one."""
    shown, seat = mine.shown, mine.seat
    read = {(one.offer, one.version, one.clause): (key, one) for key, one in shown.all(e.ParaphraseSeen, "paraphrase")}
    offers = dict(shown.all(e.OfferSeen, "offer"))
    found = []
    for key, v in shown.all(e.OfferVersionSeen, "offer_version"):
        text = offers.get(v.offer)
        if not v.version or text is None or seat not in text.parties:
            continue
        agreed = v.version == text.version and set(text.parties) <= {*text.accepted, *text.signed}
        for clause in clauses(mine.case.negotiation, v.levels):
            mark = read.get((v.offer, v.version, clause["issue"]))
            if mark is None and not (agreed and clause["level"]):
                continue
            refs = merged(shown.refs("offer_version", key), shown.refs("offer", v.offer))
            own: list[Json] = []
            if mark is not None:
                told = shown.refs("paraphrase", mark[0])
                own = [{"seat": seat, "text": mark[1].text, "turn": mark[1].turn, "at_ms": mark[1].at_ms, "refs": told}]
                refs = merged(refs, told)
            found.append(
                {
                    "offer": v.offer, "title": text.title, "version": v.version, "turn": v.turn,
                    "issue": clause["issue"], "label": clause["label"], "level": clause["level"],
                    "clause": clause["text"] or clause["level_label"], "agreed": agreed, "signed": list(text.signed),
                    "how": text.status if text.status in ("in_force", "lapsed", "walked_away", "struck") else "",
                    "readings": own, "silent": [] if own else [seat],
                    "refs": refs,
                }
            )  # fmt: skip
    return found
