"""The little a bot says: a line to whom it concerns, an answer when it is spoken to.

Owns phrases and when they are used; at most one line a room and turn of its own accord. It must never say a
number the seat does not read, and decides nothing.
"""

from adjudication.policies.base import pivoted, tested_lately
from adjudication.policies.view import Act, BotView, RoomSeen

ANSWERS = {
    "pressed": (
        "We have read you. Under these conditions there is little to add; tell us what would change on your side.",
        "Noted. We will judge by what is done this quarter, not by what is said.",
        "Your message has gone up. Expect no answer while the present course continues.",
    ),
    "open": (
        "Received, and taken seriously. Put it in a text we can both sign and we will look at every clause.",
        "That is worth exploring. Which step could you take first, and who would check it?",
        "We can work with the direction. The order of the steps is what we would have to talk about.",
    ),
}
TO_ADVERSARY = (
    "We propose that our officials compare texts this quarter. One page, dated steps, one way to check each.",
    "If you pause, we can pause. Tell us in this room before it is in the papers.",
    "Our leader is ready to decide if your side comes with something to decide on.",
)
TO_FRIEND = (
    "For your planning: our line this quarter is unchanged. Please tell us before anything new becomes public.",
    "We would like to compare notes before the orders are sealed. Where do you stand?",
    "Keep us in the room when steps are traded. A promise made over our heads will not hold here.",
)
HOME = (
    "Our sheet is nearly done. If anybody plans a surprise, say so now.",
    "Our estimate for this quarter is in. It is an estimate; read the range, not the middle.",
    "We can deliver what is asked, in the time it takes. Please order less and mean it.",
)
WARNING = (
    "Any attack will be met at once and in full. Nobody should doubt it.",
    "Those who threaten us should count what they would lose.",
)
ENTITLED = {"potus": ("dprk", "rok"), "dprk": ("potus", "rok"), "rok": ("dprk", "potus"), "jpn": ("potus", "rok")}


def talk_room(one: str, two: str) -> str:
    """Return the key of the room two seats share."""
    return "talk:" + ".".join(sorted((one, two)))


def speech_acts(view: BotView) -> list[Act]:
    """Return what the seat says now: answers first, then the line of the turn."""
    return [*_answers(view), *_line_of_the_turn(view)]


def _answers(view: BotView) -> list[Act]:
    mood = "open" if pivoted(view) and not tested_lately(view) else "pressed"
    acts = []
    for room in view.rooms:
        if room.unanswered and room.kind != "press":
            texts = ANSWERS[mood] if room.kind in ("bilateral", "multi", "summit") else HOME
            acts.append(_say(view, room.id, texts, f"answer:{room.id}:{room.unanswered}"))
    return acts


def _line_of_the_turn(view: BotView) -> list[Act]:
    if {"threat", "d_threat", "ultimatum"} & set(view.sheet):
        press = next((room for room in view.rooms if room.kind == "press"), None)
        return [_say(view, press.id, WARNING, "press")] if press is not None else []
    partners = ENTITLED.get(view.seat)
    if partners is None:
        return [_say(view, view.side_room, HOME, "home")] if view.side_room and view.turn % 2 == 1 else []
    partner = partners[view.turn % len(partners)]
    if {view.seat, partner} == {"potus", "dprk"} and not pivoted(view) and view.reads("tension") < 75:
        return []
    name = talk_room(view.seat, partner)
    texts = TO_ADVERSARY if "dprk" in (view.seat, partner) else TO_FRIEND
    opened = next((room for room in view.rooms if room.id == name), None)
    if opened is None:
        return [Act("room.open", {"room": name, "seats": (partner,)}, f"open:{name}"), _say(view, name, texts, "line")]
    return [_say(view, name, texts, "line")] if _quiet(opened) else []


def _quiet(room: RoomSeen) -> bool:
    """Tell whether the seat need not answer there first."""
    return room.unanswered == 0


def _say(view: BotView, room: str, texts: tuple[str, ...], slug: str) -> Act:
    text = texts[int(view.draw(f"say:{slug}") * len(texts))]
    return Act("message.post", {"message": f"t{view.turn}-{len(slug)}", "room": room, "text": text}, f"say:{slug}")
