"""What a package holds for its readers: how to read it, what every field means, the papers that went with injects.

All of it follows from the other members and the release; nothing is read back from it. Owns words and shapes only.
"""

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from wargame.game.entities import KINDS
from wargame.game.events import REGISTRY, InjectSent, Recorded
from wargame.store.chain import GENESIS

README, CODEBOOK, ATTACHMENTS = "README.txt", "codebook.json", "attachments"

_README = f"""A GAME PACKAGE

This file holds one game: the case it was played with, everything that happened in it, and what each view was told.
It holds secrets: the seed of the dice, every hidden value, every private message. Names of people are in it as they
gave them. No address of anybody, no password, no token and no link is.

manifest.json   which game this is, by which engine, and the length and SHA-256 of every other member
case/           the text of the case as the game was created with it; the file at the top is its root
log.jsonl       every event, one JSON object a line, in order, with its place in the hash chain
told.jsonl      every disclosure, one value a line: by which event, at what time, and to which views
attachments/    the papers that went with injects: EVENT-NUMBER.txt
codebook.json   the meaning and type of every field of log.jsonl and told.jsonl, as far as they occur here

TO CHECK IT            manage.py verify FILE
TO RESTORE IT          manage.py import_game FILE

WHAT THE CHECK DOES
1. The file is byte for byte what a package of its members is: a zip, members stored uncompressed and in order of
   their names, no time, no comment, no extra field. Every member has the length and the SHA-256 the manifest gives;
   the manifest has the SHA-256 it gives for itself, taken with that field empty.
2. The hash chain. The hash of an event is the SHA-256 of three parts, each after its length as 8 bytes, big end first:
   the hash before it in hex ({GENESIS[:4]}... before the first);
   the JSON list [game, seq, id, kind, v, actor, cause, at_ms, game_date, engine], where actor is a string that holds
   the JSON text of the actor as it stands in the line, written without spaces, as UTF-8;
   the SHA-256 (32 bytes) of the payload as it stands in the line.
3. Every event is applied again, every settlement is computed again with its dice, every disclosure is made again; each
   has to come out as it is written here.

WHAT IT CANNOT SHOW
Somebody who writes a whole new package, with new hashes throughout, has a package that is whole. Two things tell it
from the true one: the digest in manifest.json, if it was noted elsewhere, and the hash of the seed, which was shown to
everybody in the game from its start.
"""

LOG_FIELDS = {
    "seq": "Number of the event in its game, from 1, without gaps.",
    "id": "Name of the event; no other event of the game has it.",
    "kind": "What happened; `events` of this codebook says what each kind holds.",
    "v": "Version of the shape of the payload.",
    "actor": "Who did it: a person, the bot of a seat, Control, or the server itself.",
    "cause": "The command that made it; events of one command share it.",
    "at_ms": "When, in milliseconds since 1970-01-01 UTC.",
    "game_date": "The date in the story at that moment; empty before the first turn.",
    "engine": "Version of the rules' implementation that wrote it.",
    "payload": "What the kind holds.",
    "prev_hash": "Hash of the event before; 64 zeros before the first.",
    "hash": "SHA-256 over the hash before and this event; see README.txt.",
}
TOLD_FIELDS = {
    "seq": "The event that told it.",
    "at_ms": "When, in milliseconds since 1970-01-01 UTC; what a rewind told again keeps its first time.",
    "kind": "Kind of the entity; `entities` of this codebook says what each kind holds.",
    "key": "Which entity of its kind.",
    "value": "The entity as these views know it from now on; null: they have it no more.",
    "to": "List of [view, n, first_n]: the view, the number of this disclosure in it (from 1, without gaps), and the"
    " number of the first one of the same entity.",
}


def readme() -> bytes:
    """Return how to read and check a package."""
    return _README.encode()


def codebook(log: Iterable[Recorded], kinds_told: Iterable[str]) -> bytes:
    """Return the meaning and type (JSON Schema 2020-12) of what occurs in a log and in what its views were told."""
    events = {recorded.kind: REGISTRY[recorded.kind] for recorded in log}
    entities = {kind: KINDS[kind] for kind in set(kinds_told)}
    shapes: list[type] = [shape for _, shape in events.values()]
    shapes = sorted([*shapes, *entities.values()], key=lambda one: (one.__module__, one.__qualname__))
    made, defs = msgspec.json.schema_components(shapes, schema_hook=_anything, ref_template="#/$defs/{name}")
    schema = dict(zip(shapes, made, strict=True))
    book: dict[str, Any] = {
        "log.jsonl": LOG_FIELDS,
        "told.jsonl": TOLD_FIELDS,
        "events": {kind: _entry(shape, schema) | {"v": v} for kind, (v, shape) in events.items()},
        "entities": {kind: _entry(shape, schema) for kind, shape in entities.items()},
        "$defs": defs,
    }
    return json.dumps(book, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def _anything(kind: type) -> dict[str, Any]:
    """Return the schema of what may hold any JSON: the world of a case, parameters of a move."""
    if kind is object:
        return {"description": "Any JSON."}
    raise NotImplementedError


def _entry(shape: type, schemas: dict[type, dict[str, Any]]) -> dict[str, Any]:
    return {"words": " ".join((shape.__doc__ or "").split()), "shape": schemas[shape]}


def attachments(log: Iterable[Recorded]) -> dict[str, bytes]:
    """Return member name -> text of every paper that went with an inject: its title, a blank line, its words."""
    return {
        f"{ATTACHMENTS}/{recorded.seq:06d}-{number}.txt": f"{paper.title}\n\n{paper.text}\n".encode()
        for recorded in log
        if isinstance(recorded.payload, InjectSent)
        for number, paper in enumerate(recorded.payload.attachments, start=1)
    }
