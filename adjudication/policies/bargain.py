"""How a bot bargains: by its own side's value of a text, with falling claims, through the same protocol as people.

Owns opening, countering, accepting, signing and leaving. It judges with what the seat reads and, for the other
side, with the published starting values: it must never know the other's beliefs.
"""

from collections.abc import Mapping

import numpy as np
from msgspec import Struct

from adjudication.policies.base import Chair, echo
from adjudication.policies.knowing import Knowing
from adjudication.policies.view import Act, BotView, OfferOnTable
from negotiation.analysis import Analysis, analyse
from negotiation.hints import needs
from negotiation.package import increments, named, raised, row
from negotiation.ratification import refusals
from negotiation.terms import Negotiation
from negotiation.valuation import Bools, Floats, holds

BELIEVED_TOLERANCE = -0.03
"""How far below waiting the other side may be, as far as one knows, for a text to be worth tabling."""
WORTH_TABLING = -0.02
CONCESSION = 0.25
LAST_VERSION = 7
PATIENCE = 3


class Judgement(Struct, frozen=True):
    """The seat's own picture of the bargaining problem: surplus over waiting of itself and, as believed, the other."""

    party: str
    whole: Analysis
    own: Floats
    other: Floats
    allowed: Bools

    def surplus(self, terms: Negotiation, levels: Mapping[str, int], banked: Mapping[str, int]) -> float:
        """Return the own surplus of a text, or minus infinity if it undoes what is in force or cannot be done."""
        package = row(terms, levels, banked)
        if any(level < low for level, low in zip(package, self.whole.space.low, strict=True)):
            return float("-inf")
        place = self.whole.space.index(package)
        return float(self.own[place]) if self.allowed[place] else float("-inf")

    def claim(self, version: int) -> float:
        """Return what the seat still insists on at a version: its best realistic text, less with every round."""
        realistic = self.allowed & (self.other >= BELIEVED_TOLERANCE)
        best = float(self.own[realistic].max()) if realistic.any() else 0.0
        return max(0.0, best * (1 - CONCESSION * version))

    def opening(self) -> int | None:
        """Return the flat index of the text to table first, if any is worth it."""
        score = np.where(self.allowed & (self.other >= BELIEVED_TOLERANCE), self.own, -np.inf)
        place = int(np.argmax(score))
        if score[place] < WORTH_TABLING:
            place = int(np.argmax(np.where(self.allowed, np.minimum(self.own, self.other), -np.inf)))
        return place if self.own[place] >= WORTH_TABLING else None

    def answer(self, version: int) -> int | None:
        """Return the flat index of the text that gives the other most while keeping the claim."""
        score = np.where(self.allowed & (self.own >= self.claim(version)), self.other, -np.inf)
        place = int(np.argmax(score))
        return place if np.isfinite(score[place]) else None


def judgement(chair: Chair, view: BotView, party: str) -> Judgement:
    """Analyse the space with the seat's readings; what it cannot read has the published starting value.

    `trust_threshold_shift` asks for that much more trust before a promise counts the same.
    """
    terms = view.terms
    names = frozenset().union(*(needs(terms, side.id) for side in terms.parties))
    values = {name: believed(view, name) for name in names}
    trust = terms.party(party).trust
    if trust in values:
        values[trust] = min(0.97, max(0.02, values[trust] - chair.number("trust_threshold_shift", 0.0)))
    whole = analyse(terms, values, view.banked)
    first = terms.parties[0].id == party
    own, other = (whole.first, whole.second) if first else (whole.second, whole.first)
    return Judgement(party, whole, own, other, whole.allowed)


def believed(view: BotView, name: str) -> float:
    """Return what the seat takes a quantity of the bargaining problem to be."""
    head, _, flag = name.partition(".")
    return float(view.flags.get(flag, False)) if head == "flag" else view.reads(name)


def bargain_acts(chair: Chair, view: BotView) -> list[Act]:
    """Return what the seat does about the texts on the table, or the text it brings itself."""
    live = [offer for offer in view.offers if offer.status in ("tabled", "agreed") and view.seat in offer.parties]
    party = view.terms.party_of_seat(view.seat)
    if party is None:
        return [act for offer in live for act in _witness(chair, view, offer)]
    if live:
        waiting = [offer for offer in live if _needs_answer(view, offer)]
        if not waiting:
            return []
        mind = judgement(chair, view, party.id)
        return [act for offer in waiting for act in _respond(chair, view, offer, mind)]
    return _open(chair, view, judgement(chair, view, party.id)) if _wants_to_open(chair, view) else []


def _needs_answer(view: BotView, offer: OfferOnTable) -> bool:
    if offer.status == "agreed":
        return view.seat not in offer.signed
    return view.seat not in offer.accepted


def _witness(chair: Chair, view: BotView, offer: OfferOnTable) -> list[Act]:
    """A party that does not sign accepts what it can live with and brackets what it cannot."""
    if offer.status != "tabled" or view.seat in offer.accepted:
        return []
    values = {name: believed(view, name) for name in needs(view.terms, view.terms.parties[0].id)}
    players = refusals(view.terms, offer.levels, values, view.banked)
    unhappy = bool({chair.seat.side, chair.seat.role, chair.seat.id.upper()} & set(players))
    slug = f"{offer.id}@{offer.version}"
    if unhappy:
        marks = {
            issue: "bracket" for issue in increments(view.terms, offer.levels, view.banked) if issue in offer.levels
        }
        args: dict[str, object] = {"offer": offer.id, "version": offer.version, "marks": marks}
        return [Act("offer.mark", args, f"mark:{slug}")] if marks else []
    return [Act("offer.accept", {"offer": offer.id, "version": offer.version}, f"accept:{slug}")]


def _prepared(view: BotView) -> bool:
    """Tell whether officials have done the groundwork a detailed text needs, as the seat reads it (rule R-I08)."""
    bound = view.terms.prepared
    return bound is None or bool(holds(bound, {bound.var: view.reads(bound.var)}))


def _headlines(view: BotView) -> list[dict[str, int]]:
    """Return the statements leaders can sign without preparation, as texts: what rises, and the sequence."""
    texts = []
    for choice in view.terms.menus:
        if choice.form == "statement":
            full = raised(view.terms, choice.levels, view.banked)
            rises = increments(view.terms, full, view.banked)
            texts.append({i.id: full[i.id] for i in view.terms.issues if i.id in rises or i.kind == "sequence"})
    return [text for text in texts if increments(view.terms, text, view.banked)]


def _fall_back(chair: Chair, view: BotView, offer: OfferOnTable, mind: Judgement, slug: str) -> list[Act] | None:
    """Without groundwork no detailed text is signed: after a round bring a headline if leaders meet, or leave."""
    if _prepared(view):
        return None
    headlines = _headlines(view)
    if offer.levels in headlines:
        return None
    if offer.version < 2:
        return None if mind.answer(offer.version) is not None else _reject(view, offer, slug)
    for levels in headlines if chair.meetings & set(view.sheet) else ():
        if mind.surplus(view.terms, levels, view.banked) >= 0:
            note = "Our officials are not ready for a detailed text. This much we could sign."
            args: dict[str, object] = {"offer": offer.id, "against": offer.version, "levels": levels, "note": note}
            return [*_mark(view, offer, levels, slug), Act("offer.counter", args, f"counter:{slug}")]
    return [_leave(offer, slug, "There is no groundwork for a text like this, and a statement is not worth it.")]


def _respond(chair: Chair, view: BotView, offer: OfferOnTable, mind: Judgement) -> list[Act]:
    slug = f"{offer.id}@{offer.version}"
    worth = mind.surplus(view.terms, offer.levels, view.banked)
    if offer.status != "agreed" and (instead := _fall_back(chair, view, offer, mind, slug)) is not None:
        return instead
    if offer.status == "agreed":
        if worth < 0:
            return [_leave(offer, slug, "On a second look the text is worth less to us than waiting.")]
        venue = offer.venue or ("summit" if chair.meetings & set(view.sheet) else "exchange")
        return [Act("offer.sign", {"offer": offer.id, "version": offer.version, "venue": venue}, f"sign:{slug}")]
    late = offer.version >= LAST_VERSION
    ready = _prepared(view)
    enough = 0.0 if late or not ready else mind.claim(offer.version)
    if worth >= enough and (ready or offer.levels in _headlines(view)):
        return [Act("offer.accept", {"offer": offer.id, "version": offer.version}, f"accept:{slug}")]
    if late:
        return [_leave(offer, slug, "We have gone as far as we can on this text.")]
    place = mind.answer(offer.version)
    if place is None:
        if offer.version >= PATIENCE:
            return [_leave(offer, slug, "Nothing on this table is better for us than waiting.")]
        return _reject(view, offer, slug)
    levels = _levels(view, mind, place)
    if levels == offer.levels and not ready:
        return []
    if levels == offer.levels:
        return [Act("offer.accept", {"offer": offer.id, "version": offer.version}, f"accept:{slug}")]
    note = "We keep what both can live with and put the rest in a form we can carry."
    args: dict[str, object] = {"offer": offer.id, "against": offer.version, "levels": levels, "note": note}
    return [*_mark(view, offer, levels, slug), Act("offer.counter", args, f"counter:{slug}")]


def _mark(view: BotView, offer: OfferOnTable, wanted: Mapping[str, int], slug: str) -> list[Act]:
    """State clause by clause what stands and what is still open before answering."""
    marks = {i: "accept" if wanted.get(i) == level else "bracket" for i, level in offer.levels.items()}
    args: dict[str, object] = {"offer": offer.id, "version": offer.version, "marks": marks}
    return [Act("offer.mark", args, f"mark:{slug}")] if marks else []


def _reject(view: BotView, offer: OfferOnTable, slug: str) -> list[Act]:
    rises = increments(view.terms, offer.levels, view.banked)
    marks = {issue: "reject" for issue in offer.levels if issue in rises}
    args: dict[str, object] = {"offer": offer.id, "version": offer.version, "marks": marks}
    return [Act("offer.mark", args, f"mark:{slug}")] if marks else []


def _leave(offer: OfferOnTable, slug: str, reason: str) -> Act:
    return Act("offer.walk_away", {"offer": offer.id, "reason": reason}, f"leave:{slug}")


def _wants_to_open(chair: Chair, view: BotView) -> bool:
    """Bring a text once a turn at most: at a meeting of leaders, else the sides take turns while they talk at all."""
    if any(offer.author == view.seat and offer.turn == view.turn for offer in view.offers):
        return False
    if any(offer.turn == view.turn and offer.status == "walked_away" for offer in view.offers):
        return False
    if chair.meetings & set(view.sheet):
        return True
    first = view.terms.parties[0].signatory == view.seat
    own_turn = view.turn % 2 == (0 if first else 1)
    return own_turn and _talking(chair, view)


def _talking(chair: Chair, view: BotView) -> bool:
    """Tell whether there is somebody to bring a text to: as the case says, else when the others cooperate."""
    if chair.spec.opens is not None:
        return Knowing(chair, view).holds(chair.spec.opens)
    return bool(view.deals) or (echo(chair, view) or 0.0) >= 1


def _open(chair: Chair, view: BotView, mind: Judgement) -> list[Act]:
    place = mind.opening()
    if place is None:
        return []
    levels = _levels(view, mind, place)
    if not increments(view.terms, levels, view.banked):
        return []
    name = f"t{view.turn}"
    parties = tuple(party.signatory for party in view.terms.parties)
    args: dict[str, object] = {
        "offer": name, "parties": parties, "levels": levels, "readers": (),
        "title": f"Working text, {chair.case.turn_name(view.turn)}",
        "note": "A text both capitals could explain at home.",
    }  # fmt: skip
    return [
        Act("offer.draft", args, f"draft:{name}"),
        Act("offer.table", {"offer": name}, f"table:{name}"),
    ]


def _levels(view: BotView, mind: Judgement, place: int) -> dict[str, int]:
    """Return what a text would say: the clauses that rise, and the sequence."""
    full = named(view.terms, mind.whole.space.package(place))
    rises = increments(view.terms, full, view.banked)
    order = {issue.id: full[issue.id] for issue in view.terms.issues if issue.kind == "sequence"}
    return {issue: full[issue] for issue in rises} | order
