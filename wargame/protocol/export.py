"""Build the published description of the wire from the types that the server itself decodes with.

Owns nothing but the translation: JSON Schemas of frames, commands and entities, the catalogue of
rejections, and an AsyncAPI document over them. It must never describe anything by hand that a type
can say; what the types cannot say (who sends what, when) stands in their docstrings.
"""

import json
from typing import Any, get_args

import msgspec

from wargame.game import commands, entities
from wargame.protocol import frames
from wargame.protocol.errors import catalogue

DIALECT = "https://json-schema.org/draft/2020-12/schema"
REF = "#/$defs/{name}"

Doc = dict[str, Any]


def client_commands() -> dict[str, type[msgspec.Struct]]:
    """Return wire name -> type of every command that a client may send."""
    return {name: kind for name, kind in all_commands().items() if name not in commands.SERVER_ONLY}


def all_commands() -> dict[str, type[msgspec.Struct]]:
    """Return wire name -> type of the whole closed set."""
    return {str(kind.__struct_config__.tag): kind for kind in get_args(commands.Command)}


def frames_schema() -> Doc:
    """Describe the WebSocket frames of both directions."""
    client, server = get_args(frames.ClientFrame), get_args(frames.ServerFrame)
    _, defs = msgspec.json.schema_components([*client, *server], ref_template=REF)
    for name, kinds in (("ClientFrame", client), ("ServerFrame", server)):
        defs[name] = {
            "description": "What the server accepts." if name == "ClientFrame" else "What the server sends.",
            "anyOf": [{"$ref": REF.format(name=kind.__name__)} for kind in kinds],
            "discriminator": {
                "propertyName": "t",
                "mapping": {str(k.__struct_config__.tag): REF.format(name=k.__name__) for k in kinds},
            },
        }
    return _document("frames", "Frames of /ws/game/{game}", defs, anyOf=[
        {"$ref": REF.format(name="ClientFrame")}, {"$ref": REF.format(name="ServerFrame")},
    ])  # fmt: skip


def commands_schema() -> Doc:
    """Describe the arguments of each command a client may send: property = name, value = `args`."""
    kinds = client_commands()
    _, defs = msgspec.json.schema_components(kinds.values(), ref_template=REF)
    for kind in kinds.values():  # the name travels in the frame, not in the arguments
        shape = defs[kind.__name__]
        shape["properties"].pop("name", None)
        shape["required"] = [field for field in shape.get("required", ()) if field != "name"]
    return _map_document("commands", "Arguments by command name", kinds, defs)


def entities_schema() -> Doc:
    """Describe the value of each kind of entity: property = kind, value = the `v` of an item."""
    _, defs = msgspec.json.schema_components(entities.KINDS.values(), ref_template=REF)
    document = _map_document("entities", "Values by kind of entity", entities.KINDS, defs)
    document["required"] = sorted(entities.KINDS)
    document["x-paged"] = sorted(entities.PAGED)
    document["x-page"] = entities.PAGE
    return document


def asyncapi() -> Doc:
    """Describe the socket as an AsyncAPI 3 document over the schemas above."""
    client, server = get_args(frames.ClientFrame), get_args(frames.ServerFrame)
    _, schemas = msgspec.json.schema_components([*client, *server], ref_template="#/components/schemas/{name}")
    messages = {
        kind.__name__: {
            "name": str(kind.__struct_config__.tag),
            "title": kind.__name__,
            "summary": (kind.__doc__ or "").strip().splitlines()[0],
            "contentType": "application/json",
            "payload": {"$ref": f"#/components/schemas/{kind.__name__}"},
        }
        for kind in (*client, *server)
    }

    def operation(action: str, kinds: tuple[Any, ...], summary: str) -> Doc:
        return {
            "action": action,
            "summary": summary,
            "channel": {"$ref": "#/channels/game"},
            "messages": [{"$ref": f"#/channels/game/messages/{kind.__name__}"} for kind in kinds],
        }

    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Game socket",
            "version": "1",
            "description": "One socket a reader. Say hello, keep the newest value per (kind, id), acknowledge n.",
        },
        "defaultContentType": "application/json",
        "channels": {
            "game": {
                "address": "/ws/game/{game}",
                "parameters": {"game": {"description": "Id of the game."}},
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
            }
        },
        "operations": {
            "fromClient": operation("receive", client, "What a client may say."),
            "toClient": operation("send", server, "What the server says."),
        },
        "components": {"messages": messages, "schemas": schemas},
    }


def rejections() -> Doc:
    """List every stable code with its English sentence; `{name}` stands for a parameter."""
    return {"$comment": "code -> sentence; {name} stands for params.name", "rejections": catalogue()}


def documents() -> dict[str, bytes]:
    """Return file name -> bytes of everything that is published, stable to the byte."""
    made = {
        "frames.schema.json": frames_schema(),
        "commands.schema.json": commands_schema(),
        "entities.schema.json": entities_schema(),
        "asyncapi.json": asyncapi(),
        "rejections.json": rejections(),
    }
    return {name: json.dumps(doc, indent=2, sort_keys=True).encode() + b"\n" for name, doc in made.items()}


def _document(name: str, title: str, defs: Doc, **top: Any) -> Doc:
    return {"$schema": DIALECT, "$id": f"{name}.schema.json", "title": title, **top, "$defs": defs}


def _map_document(name: str, title: str, kinds: dict[str, Any], defs: Doc) -> Doc:
    properties = {key: {"$ref": REF.format(name=kind.__name__)} for key, kind in kinds.items()}
    return _document(name, title, defs, type="object", properties=properties, additionalProperties=False)
