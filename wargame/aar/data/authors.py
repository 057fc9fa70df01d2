"""Whose words a paper holds, and the events that let it out or hand it on under the name of whoever releases it.

Owns the hands a paper went through. What is said of one by its number in the log is never the releaser's alone.
"""

from collections.abc import Callable, Iterable

from wargame.game import events as ev
from wargame.game.events import Recorded

Hands = dict[str, bool]
"""By field: whether everybody who had a hand in its text allows their words."""


def joint_words(log: Iterable[Recorded], *, free: Callable[[Recorded], bool]) -> dict[int, dict[str, bool]]:
    """Return, by seq, the words of papers in events: each text, and whether everybody who wrote in it allows it.

    These are the edits of a text somebody else began, the statement a release puts on the press wall, and the requests
    it puts to its addressees. `free` tells whether whoever did an event allows their words.
    """
    papers: dict[str, Hands] = {}
    found: dict[int, dict[str, bool]] = {}
    out: str | None = None
    for one in log:
        fact, posted = one.payload, out
        out = None
        match fact:
            case ev.PaperDrafted():
                papers[fact.paper] = {field: free(one) for field, text in fact.fields.items() if text}
            case ev.PaperEdited():
                found[one.seq] = _edited(papers.setdefault(fact.paper, {}), fact, free=free(one))
            case ev.PaperReleased(public=True):
                out = fact.paper  # the next event says it on the press wall
            case ev.MessagePosted() if posted is not None:
                found[one.seq] = {fact.text: all(papers.get(posted, {}).values())}
            case ev.TaskingAsked() if fact.tasking.paper:
                found[one.seq] = {fact.tasking.text: all(papers.get(fact.tasking.paper, {}).values())}
            case _:
                pass
    return found


def _edited(hands: Hands, fact: ev.PaperEdited, *, free: bool) -> dict[str, bool]:
    """Keep who had a hand in each field that an edit changes; return the new texts with whether all allow them."""
    for change in fact.changes:
        hands[change.field] = free and (not change.before or hands.get(change.field, True))
        if not change.after:
            del hands[change.field]
    return {change.after: hands[change.field] for change in fact.changes if change.after}
