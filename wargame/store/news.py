"""What a view came to know since a moment, by kind: for somebody who was away, or who takes a seat over.

Reads the rows of the one view it names and no others; what was taken away from the view since is not in it.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Max

from wargame.store.feed import Row, seq_at
from wargame.store.models import Current, Disclosure

KINDS: tuple[str, ...] = (
    "outcome", "inject", "letter", "paper", "offer", "agreement", "message", "tasking", "consent", "order", "fact",
    "appeal", "nudge",
)  # fmt: skip
"""What is worth telling, the weightiest first."""
SHOWN = 20


class News(NamedTuple):
    """Things of a kind: how many changed, how many of them are new, and the newest of them, newest first."""

    kind: str
    changed: int
    new: int
    rows: list[Row]


class Missed(NamedTuple):
    """Everything since a moment. `said`: room -> messages that are new there."""

    n: int
    news: list[News]
    said: dict[str, int]


def news_since(game_id: str, *, view: str, since_ms: int, kinds: Sequence[str] = KINDS) -> Missed:
    """Return what changed in a view after `since_ms`, at most `SHOWN` values of a kind."""
    told = Disclosure.objects.filter(game_id=game_id, view=view, seq__lte=seq_at(game_id, since_ms))
    known = told.aggregate(n=Max("n"))["n"] or 0
    mine = Current.objects.filter(game_id=game_id, view=view)
    found = mine.filter(kind__in=kinds, n__gt=known).order_by("-n").values_list("pk", "kind", "key", "n", "first_n")
    by_kind: dict[str, list[tuple[int, str, int, int]]] = {kind: [] for kind in kinds}
    for pk, kind, key, n, first in found:
        by_kind[kind].append((pk, key, n, first))
    shown = [pk for some in by_kind.values() for pk, *_ in some[:SHOWN]]
    rows = {
        pk: Row(n, kind, key, at_ms, bytes(value))
        for pk, n, kind, key, at_ms, value in mine.filter(pk__in=shown).values_list(
            "pk", "n", "kind", "key", "at_ms", "value"
        )
    }
    news = [
        News(kind, len(some), sum(first > known for *_, first in some), [rows[pk] for pk, *_ in some[:SHOWN]])
        for kind, some in by_kind.items()
        if some
    ]
    said = Counter(key.rpartition(":")[0] for _, key, _, first in by_kind.get("message", []) if first > known)
    return Missed(max((n for some in by_kind.values() for _, _, n, _ in some), default=known), news, dict(said))
