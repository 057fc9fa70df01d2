"""Show channels to those they join, a letter on its way to its writer, and an arrived one to whoever it reached."""

from collections.abc import Iterable

from adjudication.scenario.schema import Channel, Scenario
from wargame.game.entities import ChannelSeen, LetterSeen
from wargame.game.events import LetterArrived, LetterSent, Recorded
from wargame.game.ids import CONTROL, View, seat_view
from wargame.game.state import Letter, State
from wargame.game.visibility.base import Disclosure, Rows, everyone, seats_and_control, show


def channel_rows(state: State, scenario: Scenario) -> Rows:
    """Yield each channel to those who write or read by it, and to Control."""
    for channel in scenario.channels:
        for view in seats_and_control({*channel.source, *channel.to} & set(state.seats)):
            yield Disclosure(view, "channel", channel.id, _channel_seen(channel, view))


def _channel_seen(channel: Channel, view: View) -> ChannelSeen:
    writes = view == CONTROL or view.removeprefix("seat:") in channel.source
    return ChannelSeen(
        id=channel.id,
        label=channel.label,
        to=tuple(seat for seat in channel.to if writes and seat_view(seat) != view),
        delay=channel.delay,
        public=channel.public,
        carries_offers=channel.carries_offers,
        only=channel.only,
        say=channel.say,
        sources=channel.sources,
    )


def _seen(letter: Letter, *, arrived: bool, offer: str, arrives: int | None = None, held_back: str = "") -> LetterSeen:
    return LetterSeen(
        id=letter.id,
        channel=letter.channel,
        seat=letter.seat,
        display=letter.display,
        to=letter.to,
        text=letter.text,
        offer=offer,
        turn=letter.turn,
        game_date=letter.game_date,
        at_ms=letter.at_ms,
        state="arrived" if arrived else "on_its_way",
        arrives=arrives,
        held_back=held_back,
    )


def letter_sent(recorded: Recorded, fact: LetterSent, before: State, after: State) -> Rows:
    """Yield a letter on its way to its writer and Control; nobody else learns that one was written."""
    letter = after.post[fact.letter]
    seen = _seen(letter, arrived=False, offer=letter.offer, arrives=letter.arrives)
    yield from show(seats_and_control([letter.seat]), "letter", letter.id, seen)


def letter_arrived(recorded: Recorded, fact: LetterArrived, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield an arrived letter to its reader, or to everybody if it was broadcast; its text follows by itself."""
    letter = before.post[fact.letter]
    writer = seats_and_control([letter.seat])
    full = _seen(letter, arrived=True, offer=letter.offer, arrives=letter.arrives, held_back=fact.held_back)
    yield from show(writer, "letter", letter.id, full)
    for view in _readers(after, letter, scenario):
        if view not in writer:
            brings = view == seat_view(letter.to) and not fact.held_back
            yield Disclosure(
                view, "letter", letter.id, _seen(letter, arrived=True, offer=letter.offer if brings else "")
            )


def _readers(state: State, letter: Letter, scenario: Scenario) -> Iterable[View]:
    public = any(channel.id == letter.channel and channel.public for channel in scenario.channels)
    return everyone(state) if public else seats_and_control([letter.to])
