"""Decide about Control's private notes. Nobody else ever learns of one."""

from wargame.game import commands as c
from wargame.game.decide.base import Draft
from wargame.game.events import NotePinned
from wargame.game.rejections import Rejected, reject


def note_pin(draft: Draft, command: c.NotePin) -> Rejected | None:
    """Keep a note, pinned to now, to an event of the log or to something Control sees; a known one is written anew.

    Pinned to an event it belongs to that event's turn: who flags a moment of a review means then, not now.
    """
    if not command.text.strip():
        return reject("text.empty")
    kind, _, key = command.event.partition(":")
    moment = int(key) if kind == "event" and key.isascii() and key.isdigit() and len(key) < 16 else 0
    if kind == "event":
        known_event = 1 <= moment <= draft.ctx.head
    else:
        known_event = not command.event or bool(key and draft.ctx.recall(kind, key) is not None)
    if not known_event:
        return reject("note.event_unknown")
    known = draft.ctx.recall("note", command.note)
    again = known is not None and bool(known["by"])
    draft.emit(
        NotePinned(
            note=command.note if again else draft.ctx.ids("note"),
            text=command.text,
            event=command.event,
            objective=command.objective,
            discuss=command.discuss,
            turn=int(str(known["turn"])) if again and known else draft.ctx.at(moment).turn if moment else None,
            since_ms=int(str(known["at_ms"])) if again and known else None,
        )
    )
    return None
