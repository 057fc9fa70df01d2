"""Where a seat is reached by letter only: a bot's texts go by post.

Owns the way of a text, never its words: what the bargaining wants to table or answer with becomes a draft that travels
with a letter. One text is under way at a time; the next is written when the last has arrived.
"""

from collections.abc import Sequence

from adjudication.policies.view import Act, BotView

TABLES = frozenset({"offer.table", "offer.counter"})
LINE = "The text that goes with this is what we could sign."


def by_post(view: BotView, acts: Sequence[Act]) -> list[Act]:
    """Return the acts with every text that cannot be put on the table sent by letter instead."""
    found: list[Act] = []
    drafted = {str(one.args["offer"]): one for one in acts if one.name == "offer.draft"}
    for one in acts:
        parties = _parties(view, drafted, str(one.args.get("offer", "")))
        reader = next((seat for seat in parties if seat in view.by_letter and seat != view.seat), "")
        if not reader or (one.name not in TABLES and one.name != "offer.draft"):
            found.append(one)
        elif view.letters_out:
            continue
        elif one.name == "offer.draft":
            found.append(one)
        else:
            found += _letter(view, one, reader, parties)
    return found


def _parties(view: BotView, drafted: dict[str, Act], offer: str) -> tuple[str, ...]:
    if offer in drafted:
        parties = drafted[offer].args["parties"]
        assert isinstance(parties, tuple), "drafts name their parties"
        return parties
    return next((one.parties for one in view.offers if one.id == offer), ())


def _letter(view: BotView, one: Act, reader: str, parties: tuple[str, ...]) -> list[Act]:
    """Return a letter with the drafted text, or with a new draft that answers theirs."""
    name = str(one.args["offer"])
    acts: list[Act] = []
    if one.name == "offer.counter":
        name = f"a{view.turn}"
        draft: dict[str, object] = {
            "offer": name, "parties": parties, "levels": one.args["levels"], "readers": (),
            "title": "Answer", "note": one.args.get("note", ""),
        }  # fmt: skip
        acts.append(Act("offer.draft", draft, f"draft:{name}"))
    text = str(one.args.get("note") or LINE)
    args: dict[str, object] = {"channel": view.by_letter[reader], "to": reader, "text": text, "offer": name}
    return [*acts, Act("letter.send", args, f"letter:{name}")]
