"""What a bot does at its desk: clear what its side drafts, and answer or decline what it is asked.

A bot holds nobody's paper up, and it tells what it reads to its own side alone. It writes no papers of its own.
"""

from adjudication.policies.view import Act, BotView, RequestAsked

FIGURES_AN_ANSWER = 3
_SHORT = 3
"""Words of a label this short or shorter say nothing about what a question is about."""


def desk_acts(view: BotView) -> list[Act]:
    """Return the clearances and answers the seat owes."""
    acts = []
    for one in view.to_clear:
        args: dict[str, object] = {"paper": one.id, "version": one.version, "note": "Cleared."}
        acts.append(Act("paper.clear", args, f"clear:{one.id}@{one.version}"))
    return acts + [_answer(view, one) for one in view.requests]


def _answer(view: BotView, asked: RequestAsked) -> Act:
    slug = f"answer:{asked.id}"
    if not asked.own_side:
        reason = "We do not share that in this form. Raise it in a room."
        return Act("tasking.decline", {"tasking": asked.id, "reason": reason}, slug)
    if asked.kind == "tasking":
        reason = "We act by orders that are ours to give. Tell us which, in a room."
        return Act("tasking.decline", {"tasking": asked.id, "reason": reason}, slug)
    found = [line for label, line in sorted(view.figures.items()) if _about(asked.text, label)]
    if not found:
        reason = "We hold no estimate that answers this."
        return Act("tasking.decline", {"tasking": asked.id, "reason": reason}, slug)
    return Act("tasking.answer", {"tasking": asked.id, "text": " ".join(found[:FIGURES_AN_ANSWER])}, slug)


def _about(text: str, label: str) -> bool:
    """Tell whether a question names what an estimate is of: every telling word of its label, or the first two."""
    words = [word for word in label.lower().replace(",", " ").split() if len(word) > _SHORT][:2]
    asked = text.lower()
    return bool(words) and all(word in asked for word in words)
