"""What people did as xAPI statements: who did what to which thing, when.

Owns the table of verbs and how a row of a table becomes a statement (Experience API 1.0.3, part two, 2.2-2.4; IEEE
9274.1.1-2023, called xAPI 2.0, keeps these properties). An actor is an account of the game or, where nobody in
particular did it, of the seat; HOME stands for the server, whose own address would make the same data other bytes.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from msgspec import Struct

from wargame.aar.data.columns import Row

Statement = dict[str, Any]
HOME = "https://game.invalid"
"""A name that never resolves (RFC 2606): replace it by the server's address before sending statements to a store."""
_ADL = "http://adlnet.gov/expapi/verbs/"
_STREAM = "http://activitystrea.ms/schema/1.0/"
_OWN = f"{HOME}/xapi/verbs/"
_TYPE = f"{HOME}/xapi/types/"
_MORE = f"{HOME}/xapi/extensions/"
_SPACE = UUID("9f6f2f0c-6a0b-5b1e-9a38-3f2b64a1c0de")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Verb(Struct, frozen=True):
    """A verb and what it is done to: `object` is the column of its id, `words` that of what was written, if any."""

    iri: str
    display: str
    type: str
    object: str
    words: str = ""


VERBS: dict[str, tuple[Verb, str]] = {
    "messages": (Verb(_ADL + "commented", "commented", "message", "message", "text"),
    "said something in a room or letter"),
    "reads": (Verb(_ADL + "experienced", "experienced", "item", "item"), "opened something they were sent"),
    "journals": (Verb(_OWN + "planned", "planned", "order", "order", "rationale"), "drafted an order, with the reason"),
    "sheets": (Verb(_STREAM + "submit", "submitted", "sheet", "seat"), "submitted a sheet of orders"),
    "offers": (Verb(_OWN + "tabled", "tabled", "text", "offer", "note"), "put a version of a text on the table"),
    "acts": (Verb(_ADL + "responded", "responded", "text", "offer", "text"), "did something about a text"),
    "papers": (Verb(_STREAM + "author", "authored", "paper", "paper"), "began a paper"),
    "readings": (Verb(_OWN + "interpreted", "interpreted", "statement", "paper", "text"),
    "wrote what a statement means"),
    "taskings": (Verb(_ADL + "asked", "asked", "request", "tasking", "text"), "asked for information or an action"),
    "consents": (Verb(_STREAM + "request", "requested", "consent", "request", "note"), "asked a seat to consent"),
    "free_moves": (Verb(_OWN + "proposed", "proposed", "move", "move", "action"), "proposed a move of their own"),
    "arguments": (Verb(_OWN + "argued", "argued", "argument", "about", "text"), "argued for or against"),
    "appeals": (Verb(_STREAM + "disagree", "disagreed", "outcome", "order", "text"), "appealed against an outcome"),
    "answers": (Verb(_ADL + "answered", "answered", "question", "number", "text"), "answered in the debrief"),
    "rulings": (Verb(_OWN + "ruled", "ruled", "outcome", "target", "reason"), "ruled on a proposal"),
    "notes": (Verb(_STREAM + "tag", "tagged", "note", "note", "text"), "pinned a note"),
}  # fmt: skip
"""By table: the verb of its rows, and what it says a person did."""


def statements(tables: Mapping[str, Iterable[Row]]) -> Iterator[Statement]:
    """Yield the statements of tables, by time. Rows of what nobody and no seat did are left out."""
    found = [
        (int(row.get("at_ms") or 0), int(row.get("seq") or 0), place, name, row)
        for place, name in enumerate(VERBS)
        for row in tables.get(name, ())
        if (row.get("person") or row.get("seat") or row.get("author")) and row.get("what") != "orders.locked"
    ]
    names = {str(row["person"]): str(row["name"]) for row in tables.get("people", ())}
    for *_, name, row in sorted(found, key=lambda one: one[:3]):
        yield _statement(name, row, names)


def _statement(name: str, row: Row, names: Mapping[str, str]) -> Statement:
    verb = VERBS[name][0]
    game, thing = str(row["game"]), str(row.get(verb.object) or "")
    person, seat = row.get("person"), row.get("seat") or row.get("author")
    account = f"{game}/people/{person}" if person else f"{game}/seats/{seat}"
    actor: Statement = {"objectType": "Agent", "account": {"homePage": HOME, "name": account}}
    if person and names.get(str(person)):
        actor["name"] = names[str(person)]
    more = {
        _MORE + column: row[column]
        for column in ("turn", "seat", "seq", "channel", "act", "clause", "version", "kind", "side", "audience")
        if row.get(column) is not None
    }
    made: Statement = {
        "id": str(uuid5(_SPACE, f"{game}/{name}/{row.get('seq')}/{thing}/{row.get('clause') or ''}")),
        "actor": actor,
        "verb": {"id": verb.iri, "display": {"en": verb.display}},
        "object": {
            "objectType": "Activity",
            "id": f"{HOME}/games/{game}/{verb.type}s/{_path(thing)}",
            "definition": {"type": _TYPE + verb.type, "name": {"en": thing}},
        },
        "timestamp": (_EPOCH + timedelta(milliseconds=int(row.get("at_ms") or 0))).isoformat().replace("+00:00", "Z"),
        "context": {
            "registration": str(uuid5(_SPACE, game)), "extensions": more,
            "contextActivities": {"parent": [{"objectType": "Activity", "id": f"{HOME}/games/{game}"}]},
        },
    }  # fmt: skip
    words = row.get(verb.words) if verb.words else None
    if words:
        made["result"] = {"response": words}
    return made


def _path(thing: str) -> str:
    """Return an id as a part of an IRI: letters and digits as they are, everything else percent-encoded."""
    return "".join(one if one.isascii() and (one.isalnum() or one in "-._~") else _encoded(one) for one in thing)


def _encoded(one: str) -> str:
    return "".join(f"%{byte:02X}" for byte in one.encode("utf-8", "replace"))
