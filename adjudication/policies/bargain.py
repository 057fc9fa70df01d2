"""How a bot bargains: by its own side's value of a text, with falling claims, through the same protocol as people.

Owns opening, countering, marking, accepting, initialling, signing and leaving for good. What texts are worth is
`judging`, how claims fall `concession`, who deals for whom and who has left the room `sitting`.
"""

from collections.abc import Mapping

from adjudication.policies.base import Chair, echo
from adjudication.policies.concession import bargaining_of, claim, is_last
from adjudication.policies.judging import Judgement, believed, judgement
from adjudication.policies.knowing import Knowing
from adjudication.policies.sitting import Place, come_back, invitations, place_of, walk_out
from adjudication.policies.view import Act, BotView, OfferOnTable
from negotiation.hints import needs
from negotiation.package import increments, raised
from negotiation.ratification import refusals
from negotiation.valuation import holds

PATIENCE = 3
"""Versions after which a bot that can answer nothing leaves."""


def bargain_acts(chair: Chair, view: BotView, *, tried: frozenset[str] = frozenset()) -> list[Act]:
    """Return what the seat does about the texts on the table, or the text it brings itself.

    `tried`: what it has done in this phase; who has walked out once does not do it again.
    """
    acts = invitations(chair, view)
    live = [(offer, place_of(view, offer)) for offer in view.offers if offer.status in ("tabled", "agreed")]
    dealing = [(offer, place) for offer, place in live if place is not None and place.party is not None]
    acts += [
        act
        for offer, place in live
        if place is not None and place.party is None
        for act in _witness(chair, view, offer)
    ]
    own = view.terms.party_of_seat(view.seat)
    if dealing:
        waiting = [(offer, place) for offer, place in dealing if _needs_answer(view, offer, place)]
        for offer, place in waiting:
            assert place.party is not None, "only a party or its delegate deals"
            mind = judgement(chair, view, place.party)
            acts += place.allowed(view, offer, _respond(chair, view, offer, mind, place, tried))
        return acts
    if own is not None and _wants_to_open(chair, view):
        acts += _open(chair, view, judgement(chair, view, own.id))
    return acts


def _needs_answer(view: BotView, offer: OfferOnTable, place: Place) -> bool:
    if offer.out:
        return place.seat in offer.out
    if offer.recess:
        return False
    if offer.status == "agreed":
        return place.seat not in offer.signed
    return place.seat not in offer.accepted


def _witness(chair: Chair, view: BotView, offer: OfferOnTable) -> list[Act]:
    """A party that does not sign accepts what it can live with and brackets what it cannot."""
    if offer.status != "tabled" or view.seat in offer.accepted or offer.out or offer.recess or offer.brackets:
        return []
    values = {name: believed(view, name) for name in needs(view.terms, view.terms.parties[0].id)}
    players = refusals(view.terms, offer.levels, values, view.banked)
    unhappy = bool({chair.seat.side, chair.seat.role, chair.seat.id.upper()} & set(players))
    slug = f"{offer.id}@{offer.version}"
    if unhappy and not offer.package:
        marks = {clause: "bracket" for clause in rises(view, offer.levels) if clause in offer.levels}
        args: dict[str, object] = {"offer": offer.id, "version": offer.version, "marks": marks}
        return [Act("offer.mark", args, f"mark:{slug}")] if marks else []
    if unhappy:
        return []
    return [Act("offer.accept", {"offer": offer.id, "version": offer.version}, f"accept:{slug}")]


def rises(view: BotView, levels: Mapping[str, int]) -> tuple[str, ...]:
    """Return the clauses of a text that rise over what is in force, side clauses last."""
    sides = (c.id for c in view.terms.sides if levels.get(c.id, 0) > view.banked.get(c.id, 0))
    return (*increments(view.terms, levels, view.banked), *sides)


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
            up = increments(view.terms, full, view.banked)
            texts.append({i.id: full[i.id] for i in view.terms.issues if i.id in up or i.kind == "sequence"})
    return [text for text in texts if increments(view.terms, text, view.banked)]


# --- answering --------------------------------------------------------------------------------
def _claim(chair: Chair, offer: OfferOnTable, mind: Judgement, place: Place) -> float:
    """Return what the seat still insists on, by its strategy and by how far the other's versions have come."""
    theirs = [one.levels for one in offer.before if one.proposer != place.seat]
    worths = [worth.own for worth in mind.of(theirs)] if theirs else []
    seen = [worth for worth in worths if worth > float("-inf")]
    return claim(bargaining_of(chair), mind.best(), offer.version, seen)


def _respond(
    chair: Chair, view: BotView, offer: OfferOnTable, mind: Judgement, place: Place, tried: frozenset[str]
) -> list[Act]:  # fmt: skip
    slug = f"{offer.id}@{offer.version}"
    if offer.out:
        return come_back(view, offer, place, worth_it=mind.opening(sides=False) is not None)
    worth = mind.surplus(offer.levels)
    how = bargaining_of(chair)
    if offer.status == "agreed":
        return _conclude(chair, view, offer, worth - how.reserve, place, slug)
    if (stormed := walk_out(chair, view, offer, worth, place)) and stormed.slug not in tried:
        return [stormed]
    if (instead := _fall_back(chair, view, offer, mind, place, slug)) is not None:
        return instead
    ready, late = _prepared(view), is_last(how, offer.version)
    insists = _claim(chair, offer, mind, place)
    enough = how.reserve if late or not ready else insists
    if worth >= enough and (ready or offer.levels in _headlines(view)):
        return [_take(view, offer, slug)]
    if late:
        return [_leave(offer, slug, "We have gone as far as we can on this text.")]
    theirs = (clause.id for clause in view.terms.sides if offer.levels.get(clause.id, 0))
    levels = mind.answer(insists, sides=ready, theirs=theirs)
    if levels is None:
        if offer.version >= PATIENCE:
            return [_leave(offer, slug, "Nothing on this table is better for us than waiting.")]
        return _bracket(view, offer, mind, slug) if ready and not offer.package else _reject(view, offer, slug)
    if levels == offer.levels:
        return [_take(view, offer, slug)] if ready else []
    return [*_mark(offer, levels, slug), _counter(offer, levels, slug, NOTE)]


NOTE = "We keep what both can live with and put the rest in a form we can carry."


def _conclude(
    chair: Chair, view: BotView, offer: OfferOnTable, left: float, place: Place, slug: str
) -> list[Act]:  # fmt: skip
    """Initial and sign what is agreed, unless on a second look it is worth less than waiting."""
    if left < 0:
        return [_leave(offer, slug, "On a second look the text is worth less to us than waiting.")]
    args: dict[str, object] = {"offer": offer.id, "version": offer.version}
    acts = [] if place.seat in offer.initialled else [Act("offer.initial", args, f"initial:{slug}")]
    venue = offer.venue or ("summit" if chair.meetings & set(view.sheet) else "exchange")
    return [*acts, Act("offer.sign", {**args, "venue": venue}, f"sign:{slug}")]


def _take(view: BotView, offer: OfferOnTable, slug: str) -> Act:
    """Accept a text; where clauses stand in brackets, put it forward without them first."""
    if offer.brackets:
        return _counter(offer, offer.levels, slug, "We can live with what stands in brackets.")
    return Act("offer.accept", {"offer": offer.id, "version": offer.version}, f"accept:{slug}")


def _fall_back(
    chair: Chair, view: BotView, offer: OfferOnTable, mind: Judgement, place: Place, slug: str
) -> list[Act] | None:
    """Without groundwork no detailed text is signed: after a round bring a headline if leaders meet, or leave."""
    if _prepared(view):
        return None
    headlines = _headlines(view)
    if offer.levels in headlines:
        return None
    if offer.version < 2:
        insists = _claim(chair, offer, mind, place)
        return None if mind.answer(insists, sides=False) is not None else _reject(view, offer, slug)
    for levels in headlines if chair.meetings & set(view.sheet) else ():
        if mind.surplus(levels) >= bargaining_of(chair).reserve:
            note = "Our officials are not ready for a detailed text. This much we could sign."
            return [*_mark(offer, levels, slug), _counter(offer, levels, slug, note)]
    return [_leave(offer, slug, "There is no groundwork for a text like this, and a statement is not worth it.")]


def _counter(
    offer: OfferOnTable, levels: dict[str, int], slug: str, note: str, *, bracketed: frozenset[str] = frozenset()
) -> Act:
    """Return an answer that keeps what the text says of clauses that stay, in brackets only what is named."""
    details: dict[str, dict[str, object]] = {}
    for clause in sorted(levels):
        said = offer.details.get(clause)
        kept: dict[str, object] = {}
        if said is not None:
            kept = {
                "due": said.due, "tranches": said.tranches, "verified_by": said.verified_by,
                "after": said.after if said.after in levels else "", "secret": said.secret, "wording": said.wording,
            }  # fmt: skip
        if clause in bracketed:
            kept["bracketed"] = True
        if kept:
            details[clause] = kept
    args: dict[str, object] = {
        "offer": offer.id, "against": offer.version, "levels": levels, "note": note, "details": details,
    }  # fmt: skip
    return Act("offer.counter", args, f"counter:{slug}")


def _bracket(view: BotView, offer: OfferOnTable, mind: Judgement, slug: str) -> list[Act]:
    """Give the text back with brackets around what costs the seat most, rather than an answer it does not have."""
    up = rises(view, offer.levels)
    if offer.brackets or not up:
        return _reject(view, offer, slug)
    whole, *less = (w.own for w in mind.of([offer.levels, *(_without(view, offer.levels, name) for name in up)]))
    costly = frozenset(name for name, left in zip(up, less, strict=True) if left > max(whole, -10.0))
    if not costly:
        return _reject(view, offer, slug)
    note = "What stands in brackets we cannot agree to as it is."
    return [_counter(offer, dict(offer.levels), slug, note, bracketed=costly)]


def _without(view: BotView, levels: Mapping[str, int], name: str) -> dict[str, int]:
    return {clause: level for clause, level in levels.items() if clause != name}


def _mark(offer: OfferOnTable, wanted: Mapping[str, int], slug: str) -> list[Act]:
    """State clause by clause what stands and what is still open before answering."""
    marks = {clause: "accept" if wanted.get(clause) == level else "bracket" for clause, level in offer.levels.items()}
    marks = {clause: mark for clause, mark in marks.items() if mark != "accept" or clause not in offer.brackets}
    if offer.package or not marks:
        return []
    args: dict[str, object] = {"offer": offer.id, "version": offer.version, "marks": marks}
    return [Act("offer.mark", args, f"mark:{slug}")]


def _reject(view: BotView, offer: OfferOnTable, slug: str) -> list[Act]:
    up = rises(view, offer.levels)
    marks = {clause: "reject" for clause in offer.levels if clause in up}
    if offer.package or not marks:
        return []
    args: dict[str, object] = {"offer": offer.id, "version": offer.version, "marks": marks}
    return [Act("offer.mark", args, f"mark:{slug}")]


def _leave(offer: OfferOnTable, slug: str, reason: str) -> Act:
    return Act("offer.walk_away", {"offer": offer.id, "reason": reason}, f"leave:{slug}")


# --- opening ----------------------------------------------------------------------------------
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
    levels = mind.opening(sides=_prepared(view))
    if levels is None or not rises(view, levels):
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
