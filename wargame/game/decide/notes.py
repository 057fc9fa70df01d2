"""Decide about Control's private notes. Nobody else ever learns of one."""

from wargame.game import commands as c
from wargame.game.decide.base import Draft
from wargame.game.events import NotePinned
from wargame.game.rejections import Rejected, reject


def note_pin(draft: Draft, command: c.NotePin) -> Rejected | None:
    """Keep a note, pinned to the moment or to something Control sees; under the name of a known one, write it anew."""
    if not command.text.strip():
        return reject("text.empty")
    kind, _, key = command.event.partition(":")
    if command.event and (not key or draft.ctx.recall(kind, key) is None):
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
            turn=int(str(known["turn"])) if again and known else None,
            since_ms=int(str(known["at_ms"])) if again and known else None,
        )
    )
    return None
