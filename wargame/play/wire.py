"""Commands as they come from outside: name and arguments to a typed value, or a reason that says where."""

import re
from typing import Any

import msgspec

from wargame.game.commands import SERVER_ONLY, Command
from wargame.play.answers import Refused
from wargame.protocol.export import all_commands

_KINDS: dict[str, Any] = dict(all_commands())
_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {name: msgspec.json.Decoder(kind) for name, kind in _KINDS.items()}
_AT = re.compile(r"^(?P<expected>.*?)(?: - at `(?P<at>[^`]*)`)?$", re.DOTALL)


def read_command(name: str, args: bytes | dict[str, object], *, from_client: bool) -> Command | Refused:
    """Return the command, or why it is none. A client cannot name what only the server sends."""
    if name not in _DECODERS or (from_client and name in SERVER_ONLY):
        return Refused("command.unknown", {"name": name[:40]})
    try:
        if isinstance(args, bytes):
            command: Command = _DECODERS[name].decode(args)
        else:
            command = msgspec.convert(args, type=_KINDS[name])
    except msgspec.ValidationError as error:
        return malformed("command.malformed", error)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Refused("command.malformed", {"at": "$", "expected": "JSON"})
    return command


def malformed(code: str, error: msgspec.ValidationError) -> Refused:
    """Return where a value went wrong and what stands there instead of an error's prose."""
    found = _AT.match(str(error))
    at = (found and found["at"]) or "$"
    return Refused(code, {"at": at, "expected": (found["expected"] if found else str(error))[:200]})
