"""The little a bot says: a line to whom it concerns, an answer when it is spoken to.

Owns when something is said and how a text is chosen; the words themselves are the case's, or the plain ones below. At
most one line a room and turn of its own accord, none twice while another is left. It must never say a number the seat
does not read, and decides nothing.
"""

from collections.abc import Sequence

from adjudication.policies.base import Chair
from adjudication.policies.knowing import Knowing
from adjudication.policies.view import CARRIED_OUT, Act, BotView, RoomSeen
from adjudication.scenario.bots import Speech

PLAIN = (
    Speech(
        answers=True,
        texts=(
            "We have read you. Tell us which step comes first, and who would check it.",
            "Received. We will judge by what is done this {turn}.",
            "Noted: {deed}. Say what you expect in return.",
            "That has gone up to those who decide. Give us until the orders are sealed.",
            "Understood. Put it in a text and we will look at every clause.",
        ),
    ),
    Speech(
        to=("side",),
        texts=(
            "Our sheet is nearly done. If anybody plans a surprise, say so now.",
            "Before the {turn} is sealed: who has heard something the rest of us have not?",
            "We can deliver what is asked, in the time it takes.",
        ),
    ),
)
"""What a bot says where its case has nothing better."""


def talk_room(one: str, two: str) -> str:
    """Return the key of the room two seats share."""
    return "talk:" + ".".join(sorted((one, two)))


def speech_acts(chair: Chair, view: BotView) -> list[Act]:
    """Return what the seat says now: answers first, then the line of the turn."""
    return [*_answers(chair, view), *_line_of_the_turn(chair, view)]


def lines(chair: Chair, view: BotView, *, answers: bool) -> list[Speech]:
    """Return what may be said now, the case's own first; the plain texts only where it has none of the kind."""
    knowing = Knowing(chair, view)
    own = [line for line in chair.case.speech if line.answers == answers and (not line.by or view.seat in line.by)]
    pool = own or [line for line in PLAIN if line.answers == answers]
    return [line for line in pool if knowing.holds(line.when)]


def _answers(chair: Chair, view: BotView) -> list[Act]:
    acts = []
    for room in view.rooms:
        if not room.unanswered or room.kind == "press":
            continue
        to = room.unanswered_from
        own = chair.case.seat[to].side == view.side if to in chair.case.seat else False
        for line in lines(chair, view, answers=True):
            if not line.to or to in line.to or (own and "side" in line.to):
                acts += _say(chair, view, room.id, line.texts, f"answer:{room.id}:{room.unanswered}", about=to)
                break
    return acts


def _line_of_the_turn(chair: Chair, view: BotView) -> list[Act]:
    """Say one thing of one's own accord: the first line that fits and that somebody has not just to be answered."""
    for line in lines(chair, view, answers=False):
        if "press" in line.to:
            press = next((room for room in view.rooms if room.kind == "press"), None)
            if press is not None:
                return _say(chair, view, press.id, line.texts, "press")
        elif "side" in line.to:
            if view.side_room:
                return _say(chair, view, view.side_room, line.texts, "home")
        else:
            partners = [seat for seat in line.to if seat != view.seat and seat in chair.case.seat]
            if partners:
                return _to_seat(chair, view, partners[view.turn % len(partners)], line.texts)
    return []


def _to_seat(chair: Chair, view: BotView, partner: str, texts: Sequence[str]) -> list[Act]:
    """Say it in the room the two share; where they have none, open one first and speak when it is there."""
    shared = next((room for room in view.rooms if sorted(room.seats) == sorted((view.seat, partner))), None)
    if shared is None:
        name = talk_room(view.seat, partner)
        return [Act("room.open", {"room": name, "seats": (partner,)}, f"open:{name}")]
    return _say(chair, view, shared.id, texts, "line", about=partner) if _quiet(shared) else []


def _quiet(room: RoomSeen) -> bool:
    """Tell whether the seat need not answer there first."""
    return room.unanswered == 0


def deed(chair: Chair, view: BotView, seat: str) -> str:
    """Return in words the last thing the seat saw another do within two turns, or nothing."""
    seen = [o for o in view.past if o.seat == seat and o.turn >= view.turn - 2 and o.status in CARRIED_OUT]
    if not seen:
        return ""
    text = chair.move(seen[-1].move).text.order
    return text[:1].lower() + text[1:]


def _say(
    chair: Chair, view: BotView, room: str, texts: Sequence[str], slug: str, *, about: str = ""
) -> list[Act]:  # fmt: skip
    last = deed(chair, view, about) if about else ""
    words = {"turn": chair.case.meta.turn_label, "deed": last}
    filled = [
        text.replace("{turn}", words["turn"]).replace("{deed}", words["deed"])
        for text in texts
        if last or "{deed}" not in text
    ]
    fresh = [text for text in filled if text not in view.said] or filled
    if not fresh:
        return []
    text = fresh[int(view.draw(f"say:{slug}") * len(fresh))]
    message = f"t{view.turn}-{len(slug)}"
    return [Act("message.post", {"message": message, "room": room, "text": text}, f"say:{slug}")]
