"""Decide about letters: who may write to whom by which channel, and what a letter brings when it arrives.

Owns the way of a text that travels with a letter: while it is under way the draft rests, on arrival it is tabled like
any other, or it stays a draft and the writer is told why. A channel one may not write by answers like none.
"""

from adjudication.scenario.schema import Channel, Scenario
from wargame.game import commands as c
from wargame.game.decide.base import Draft, check_seats, own_seat
from wargame.game.decide.texts import carried, check_tabling, find_text, gated, lay_open, put_on_table
from wargame.game.events import LetterArrived, LetterSent, OfferEnded
from wargame.game.rejections import Rejected, reject, sentence
from wargame.game.state import Letter

UNDER_WAY = 8
"""Most letters of one seat that have not arrived."""


def channel_of(scenario: Scenario, seat: str, name: str) -> Channel | None:
    """Return a channel the seat may write by."""
    return next((one for one in scenario.channels if one.id == name and seat in one.source), None)


def letter_send(draft: Draft, command: c.LetterSend) -> Rejected | None:
    """Send a letter on its way; by a channel without delay it arrives at once."""
    seat = own_seat(draft)
    channel = channel_of(draft.ctx.scenario, seat.id, command.channel)
    if channel is None:
        return reject("letter.no_channel")
    letter = f"{seat.id}:{draft.ctx.ids('letter')}"
    refused = check_seats(draft.state, (command.to,)) or _check(draft, seat.id, channel, command)
    if refused:
        return refused
    offer = ""
    if command.offer is not None:
        found = _check_text(draft, seat.id, channel, command)
        if isinstance(found, Rejected):
            return found
        offer = found
    draft.emit(
        LetterSent(
            letter=letter,
            channel=channel.id,
            seat=seat.id,
            person=draft.actor.person,
            display=_signature(draft, seat.label),
            to=command.to,
            text=command.text,
            offer=offer,
            arrives=draft.state.turn + channel.delay,
        )
    )
    if not channel.delay:
        _deliver(draft, draft.state.post[letter])
    return None


def deliver_what_is_due(draft: Draft) -> None:
    """Deliver the letters that arrive with the turn that opens, in the order they were due, and clear old texts."""
    _let_old_texts_lapse(draft)
    due = [letter for letter in draft.state.post.values() if letter.arrives <= draft.state.turn]
    for letter in sorted(due, key=lambda one: (one.arrives, one.turn, one.at_ms, one.id)):
        _deliver(draft, letter)


def _deliver(draft: Draft, letter: Letter) -> None:
    refused = None
    if letter.offer:
        offer = draft.state.offers.get(letter.offer)
        refused = reject("letter.text_lapsed") if offer is None else check_tabling(draft, offer, letter.seat)
        if offer is not None and refused is None and gated(draft):
            put_on_table(draft, offer)
            refused = reject("letter.text_held")
    draft.emit(LetterArrived(letter=letter.id, held_back=sentence(refused) if refused else ""))
    if letter.offer and refused is None:
        lay_open(draft, draft.state.offers[letter.offer])
        _replace_older(draft, letter)


def _replace_older(draft: Draft, letter: Letter) -> None:
    """Let the texts lapse that this author sent this reader by this channel before."""
    new = draft.state.offers[letter.offer]
    for key, channel in sorted(draft.state.brought.items()):
        old = draft.state.offers.get(key)
        if old is None or key == new.id or channel != letter.channel or old.status != "tabled":
            continue
        if old.author == new.author and old.parties == new.parties:
            draft.emit(OfferEnded(offer=key, how="lapsed", by=new.author, reason="Replaced by a newer text."))


def _let_old_texts_lapse(draft: Draft) -> None:
    lasts = {channel.id: channel.expires for channel in draft.ctx.scenario.channels}
    for key, channel in sorted(draft.state.brought.items()):
        offer, turns = draft.state.offers.get(key), lasts.get(channel, 0)
        if offer is not None and turns and offer.status == "tabled" and draft.state.turn - offer.turn >= turns:
            draft.emit(OfferEnded(offer=key, how="lapsed", by="", reason=f"Not taken up for {turns} turns."))


def _signature(draft: Draft, label: str) -> str:
    person = draft.state.people.get(draft.actor.person)
    return person.display if person and draft.actor.kind != "seat_bot" else label


def _check(draft: Draft, seat: str, channel: Channel, command: c.LetterSend) -> Rejected | None:
    if command.to == seat or command.to not in channel.to:
        return reject("letter.not_reached", allowed=tuple(one for one in channel.to if one != seat))
    if not command.text.strip():
        return reject("text.empty")
    under_way = sum(one.seat == seat for one in draft.state.post.values())
    return reject("letter.too_many", limit=UNDER_WAY) if under_way >= UNDER_WAY else None


def _check_text(draft: Draft, seat: str, channel: Channel, command: c.LetterSend) -> str | Rejected:
    assert command.offer is not None, "asked before"
    offer = find_text(draft, seat, command.offer)
    if offer is None:
        return reject("offer.unknown")
    if not channel.carries_offers:
        return reject("letter.carries_none")
    if carried(draft.state, offer.id) is not None:
        return reject("offer.under_way")
    if command.to not in offer.parties:
        return reject("letter.not_a_party", parties=offer.parties)
    return check_tabling(draft, offer, seat) or offer.id
