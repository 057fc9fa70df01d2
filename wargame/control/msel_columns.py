"""The columns of a master list in a spreadsheet: how each is headed, read and written (docs/msel-spreadsheet.md).

The first nine are the published layout of such lists; the others carry what this game knows besides. Every reader is
the way back of its writer. A reader raises ValueError with a sentence for what it cannot make sense of; nothing here
knows of files.
"""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

import msgspec
import yaml
from msgspec import Struct

from adjudication.scenario import Scenario
from wargame.game.commands import EntryAttachment, EntryWords, SeatAction, When

_HOUR, _MINUTE, _SECOND = 3_600_000, 60_000, 1_000
_SPAN = re.compile(r"\+\s*(?:(\d+):)?(\d{1,3}):(\d{2})(?:\.(\d{1,3}))?")
_ALL = ("all", "everyone", "everybody", "all players", "all teams", "all seats", "*")
CHANNELS = {
    "e-mail": "cable", "email": "cable", "mail": "cable", "telegram": "cable", "letter": "cable", "news": "press",
    "media": "press", "tv": "press", "social media": "press", "intelligence": "intel", "report": "intel",
    "popup": "flash", "pop-up": "flash", "phone": "room", "call": "room", "chat": "room",
}  # fmt: skip
"""Words other lists use for a channel of ours."""


class Words(Struct, frozen=True):
    """The names a case has for those who are addressed, by what a person may write for them (in lower case)."""

    meant: Mapping[str, str]
    known: tuple[str, ...]

    def name(self, text: str) -> str | None:
        """Return the id a person means, None for nobody."""
        return text if text in self.known else self.meant.get(text.casefold())


def words_of(case: Scenario) -> Words:
    """Return every word for a seat, role, team or side of a case: its id, and labels that are not ambiguous."""
    ids = dict.fromkeys([
        *(seat.id for seat in case.seats), *(seat.role for seat in case.seats), *(team.id for team in case.teams),
        *(seat.side for seat in case.seats),
    ])  # fmt: skip
    labels: dict[str, set[str]] = {}
    for label, name in [
        *((label, seat.id) for seat in case.seats for label in (seat.label, seat.short, seat.office) if label),
        *((team.label, team.id) for team in case.teams),
    ]:
        labels.setdefault(label.casefold(), set()).add(name)
    meant = {label: next(iter(names)) for label, names in labels.items() if len(names) == 1}
    folded: dict[str, str] = {}
    for name in ids:
        folded.setdefault(name.casefold(), name)  # of ids that differ in case alone, the seat's
    return Words({**meant, **folded}, ("all", *ids))


# --- cells ----------------------------------------------------------------------------------------
def read_to(text: str, words: Words) -> tuple[str, ...]:
    """Return who is addressed; names are separated by commas, semicolons, slashes or lines."""
    found: list[str] = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;/\n]", text))):
        if part.casefold() in _ALL:
            return ("all",)
        name = words.name(part)
        if name is None:
            near = get_close_matches(part.casefold(), words.meant, n=1)
            hint = f" Did you mean {words.meant[near[0]]}?" if near else f" Write one of: {', '.join(words.known)}."
            raise ValueError(f"Nobody here is called {part!r}.{hint}")
        found.append(name)
    if not found:
        raise ValueError(f"Say who gets it: {', '.join(words.known)}.")
    return tuple(dict.fromkeys(found))


def span_text(ms: int) -> str:
    """Return a span of time as +h:mm:ss, milliseconds only where there are any."""
    rest = f".{ms % _SECOND:03d}" if ms % _SECOND else ""
    return f"+{ms // _HOUR}:{ms // _MINUTE % 60:02d}:{ms // _SECOND % 60:02d}{rest}"


def read_span(text: str) -> int:
    """Return the milliseconds of +h:mm:ss or +mm:ss."""
    found = _SPAN.fullmatch(text.strip())
    if found is None or int(found[3]) > 59 or (found[1] is not None and int(found[2]) > 59):
        raise ValueError(f"{text.strip()!r} is no span of time. Write +h:mm:ss, for example +1:05:00.")
    hours, minutes, seconds, rest = found.groups()
    return int(hours or 0) * _HOUR + int(minutes) * _MINUTE + int(seconds) * _SECOND + int((rest or "0").ljust(3, "0"))


def action_text(action: SeatAction | None) -> str:
    """Return what a seat does in one line: {kind: sign, by: [one]}."""
    if action is None:
        return ""
    plain: dict[str, Any] = msgspec.to_builtins(action)
    short = {key: list(value) if isinstance(value, tuple | list) else value for key, value in plain.items() if value}
    text: str = yaml.safe_dump(short, default_flow_style=True, width=10**9, sort_keys=False, allow_unicode=True)
    return text.strip()


def read_action(text: str) -> SeatAction | None:
    """Return what a seat does; none for an empty cell."""
    if not text.strip():
        return None
    try:
        return msgspec.convert(yaml.safe_load(text), type=SeatAction)
    except (yaml.YAMLError, RecursionError):
        raise ValueError("This is no action. Write for example {kind: sign, by: [one], to: [other]}.") from None
    except msgspec.ValidationError as odd:
        raise ValueError(f"This is no action: {odd}. Write for example {{kind: sign, by: [one]}}.") from None


def when_text(when: When) -> str:
    """Return what sets an entry off, in parts: `turn 3; phase plan; +0:10:00; if {ge: [x, 1]}`; the condition last."""
    span = when.offset_ms or when.delay_ms
    parts = [
        f"turn {when.turn}" if when.turn is not None else "",
        f"phase {when.phase}" if when.phase else "",
        f"on {action_text(when.on)}" if when.on is not None else "",
        f"silence {when.silence}" if when.silence else "",
        f"after {when.after}" if when.after else "",
        span_text(span) if span else "",
        "by hand" if when.hand or when == When() else "",
        f"if {when.condition}" if when.condition else "",
    ]
    return "; ".join(part for part in parts if part)


def read_when(text: str) -> When:
    """Return what sets an entry off; an empty cell means Control alone."""
    if not text.strip():
        return When(hand=True)
    fields: dict[str, Any] = {}
    rest = text.strip()
    while rest:
        part, rest = _first_part(rest)
        key, value = _when_part(part)
        if key in fields:
            raise ValueError(f"{part!r} says a second time what sets it off. Leave one.")
        fields[key] = value
    span = fields.pop("span", 0)
    late = any(key in fields for key in ("on", "silence", "after"))
    if span:
        fields["delay_ms" if late else "offset_ms"] = span
    return When(**fields)


def _first_part(text: str) -> tuple[str, str]:
    """Split off the first part; semicolons inside braces or brackets and after `if` separate nothing."""
    if text.casefold().startswith("if "):
        return text, ""
    depth = 0
    for place, char in enumerate(text):
        depth += (char in "{[") - (char in "}]")
        if char == ";" and depth <= 0:
            return text[:place].strip(), text[place + 1 :].strip()
    return text, ""


def _when_part(part: str) -> tuple[str, Any]:
    word, _, rest = part.partition(" ")
    rest = rest.strip()
    match word.casefold():
        case "turn" if rest.isdecimal() and len(rest) <= 3 and int(rest):
            return "turn", int(rest)
        case "phase" | "silence" | "after" if rest:
            return word.casefold(), rest
        case "on" if rest:
            return "on", read_action(rest)
        case "if" if rest:
            return "condition", rest
        case "by" if rest.casefold() == "hand":
            return "hand", True
        case _ if part.startswith("+"):
            return "span", read_span(part)
        case _:
            raise ValueError(
                f"{part!r} sets nothing off. Write for example: turn 3; phase plan; +0:10:00, or: after I-03; +0:05:00,"
                " or: by hand."
            )


def blocks_text(blocks: Mapping[str, str] | list[tuple[str, str]], mark: str) -> str:
    """Return named texts one below the other, each under a line `<mark> name`; lines that look like one are escaped."""
    pairs = list(blocks.items()) if isinstance(blocks, Mapping) else blocks
    return "\n".join(
        "\n".join([f"{mark} {name}", *("\\" + line if line[:1] in (mark, "\\") else line for line in text.split("\n"))])
        for name, text in pairs
    )


def read_blocks(text: str, mark: str) -> list[tuple[str, str]]:
    """Return the named texts of a cell. A text above the first name is an error."""
    found: list[tuple[str, list[str]]] = []
    for line in text.split("\n"):
        if line.startswith(f"{mark} "):
            found.append((line[2:].strip(), []))
        elif found:
            found[-1][1].append(line.removeprefix("\\"))
        elif line.strip():
            raise ValueError(f"Begin with a line `{mark} name`; what follows is the text under that name.")
    return [(name, "\n".join(lines)) for name, lines in found]


def read_attachments(text: str) -> tuple[EntryAttachment, ...]:
    """Return the papers of a cell; a cell without a line `# title` is one paper named by its first line."""
    if not text.strip():
        return ()
    if not text.startswith("# "):
        return (EntryAttachment(title=text.strip().split("\n")[0][:200], text=text),)
    found = read_blocks(text, "#")
    for title, body in found:
        if not title or not body.strip():
            raise ValueError(f"The attachment {title!r} needs a title and a text.")
    return tuple(EntryAttachment(title=title, text=body) for title, body in found)


def read_variants(text: str, words: Words) -> dict[str, str]:
    """Return what some read instead, by who they are."""
    if not text.strip():
        return {}
    found: dict[str, str] = {}
    for name, body in read_blocks(text, "@"):
        meant = words.name(name)
        if meant is None:
            raise ValueError(f"Nobody here is called {name!r}. Write one of: {', '.join(words.known)}.")
        if meant in found:
            raise ValueError(f"{name!r} has two variants. Leave one.")
        found[meant] = body
    return found


def chance_text(chance: float) -> str:
    """Return a chance as a number; nothing for certainty."""
    return "" if chance == 1 else f"{chance!r}"


def read_chance(text: str) -> float:
    """Return a chance written as 0.25 or as 25 %."""
    plain = text.strip().replace(" ", "")
    try:
        value = float(plain[:-1]) / 100 if plain.endswith("%") else float(plain or 1)
    except ValueError:
        raise ValueError(f"{text!r} is no chance. Write 0.25 or 25 %.") from None
    if not 0 <= value <= 1:
        raise ValueError(f"A chance lies between 0 and 1; {text!r} does not.")
    return value


def read_word(text: str, allowed: tuple[str, ...], also: Mapping[str, str]) -> str:
    """Return one of a closed set of words, whatever its case."""
    plain = text.strip().casefold()
    found = also.get(plain, plain)
    if found not in allowed:
        raise ValueError(f"{text.strip()!r} is none of: {', '.join(allowed)}.")
    return found


# --- columns --------------------------------------------------------------------------------------
class Column(Struct, frozen=True):
    """A column: its heading, other headings it is known by, the field it fills, how it is written and read."""

    name: str
    field: str
    write: Callable[[EntryWords], str]
    read: Callable[[str, Words], Any]
    aliases: tuple[str, ...] = ()
    width: int = 16
    help: str = ""


def _plain(name: str, field: str, *aliases: str, width: int = 16, help_: str = "") -> Column:
    return Column(name, field, lambda e: getattr(e, field), lambda text, _: text, aliases, width, help_)


def _word(name: str, allowed: tuple[str, ...], also: Mapping[str, str], *aliases: str, help_: str) -> Column:
    return Column(
        name, name, lambda e: getattr(e, name), lambda t, _: read_word(t, allowed, also), aliases, 11, help_
    )  # fmt: skip


NUMBER = _plain("number", "number", "#", "no", "nr", "event", "event number", "inject number", "inject", width=8,
                help_="The number of the entry in the list.")  # fmt: skip
SUBJECT = _plain(
    "subject", "title", "title", "headline", "inject title", width=28, help_="What it is about, in a line."
)
FROM = _plain("from", "source", "sender", "source", width=18, help_="Who it seems to come from.")
PLAYER = Column(
    "player", "to", lambda e: ", ".join(e.to), read_to, ("to", "recipient", "recipients", "players", "audience"), 18,
    "Who gets it: ids or labels of seats, roles, teams or sides, or `all`.",
)  # fmt: skip
SCRIPT = _plain("script", "text", "text", "message", "body", "description", "content", width=60,
                help_="What is sent.")  # fmt: skip
ATTACHMENT = Column(
    "attachment", "attachments", lambda e: blocks_text([(a.title, a.text) for a in e.attachments], "#"),
    lambda text, _: read_attachments(text), ("attachments", "enclosure", "enclosures"), 24,
    "Papers that go with it: each under a line `# title`.",
)  # fmt: skip
WHEN = Column(
    "when", "when", lambda e: when_text(e.when), lambda text, _: read_when(text), ("trigger", "timing"), 26,
    "What sets it off: `turn 3; phase plan; +0:10:00`, `on {kind: sign}`, `silence I-07`, `after I-03; +0:05:00`, "
    "`if {ge: [x, 1]}`, `by hand`. It counts before `real time`.",
)  # fmt: skip
REAL_TIME, DATE = "real time", "date"
PLANNED = {
    REAL_TIME: ("time", "realtime", "clock", "exercise time", "local time", "dtg"),
    DATE: ("day", "game date", "scenario date"),
}
"""Columns of the published layout that say when, by the clock on the wall; read only where `when` is empty."""
IDENTITY, STATE, PROFILE = "id", "state", "profile"
COLUMNS: tuple[Column, ...] = (
    NUMBER, SUBJECT, FROM, PLAYER, SCRIPT, ATTACHMENT,
    _word("channel", ("room", "cable", "press", "intel", "flash"), CHANNELS, "delivery", "method", "medium", "means",
          help_="room, cable, press, intel or flash."),
    _plain("room", "room", help_="The room, where the channel is `room`."),
    _word("precedence", ("routine", "priority", "immediate", "flash"), {"urgent": "immediate"}, "priority", "urgency",
          help_="routine, priority, immediate or flash."),
    Column("variants", "variants", lambda e: blocks_text(e.variants, "@"), read_variants, ("variant",), 24,
           "What some read instead of the script: each under a line `@ seat`."),
    _plain("expected action", "expected", "expected", "expected response", "expected outcome", width=30,
           help_="What its readers are expected to do, in words."),
    _plain("expects", "expects", help_="A condition by which the game sees the expected action."),
    Column("seen on", "seen_on", lambda e: action_text(e.seen_on), lambda text, _: read_action(text), (), 20,
           "What a seat does that is the expected action: `{kind: sign, by: [one]}`."),
    _plain("objective", "objective", "learning objective", "training objective", width=24, help_="What it teaches."),
    _plain("owner", "owner", "responsible", "controller", help_="Who of Control looks after it."),
    WHEN,
    Column("chance", "chance", lambda e: chance_text(e.chance), lambda text, _: read_chance(text), ("probability",), 8,
           "The chance that it goes out when its moment comes: 0.25 or 25 %."),
    _plain("effects", "effects", width=24, help_="What it does to the world, as a scenario file writes it."),
    Column("kind", "kind", lambda e: e.kind, lambda text, _: text.strip().upper(), (), 6,
           "H follows the record, C opens a branch, S is structural."),
)  # fmt: skip
REQUIRED = (SUBJECT, PLAYER, SCRIPT)
BY_NAME = {column.name: column for column in COLUMNS}
ORDER = (
    "number", REAL_TIME, DATE, "subject", "from", "player", "script", "attachment", PROFILE, IDENTITY, "channel",
    "room", "precedence", "variants", "expected action", "expects", "seen on", "objective", "owner", "when", "chance",
    "effects", "kind", STATE,
)  # fmt: skip
"""The columns as they are written: the published layout first. What a list has besides follows."""


def squeezed(heading: str) -> str:
    """Return a heading without what people vary: case, points, underscores, blanks at the ends."""
    return re.sub(r"[\s_.:*-]+", " ", heading.replace("#", " number ")).strip().casefold()


NAMES: dict[str, str] = {
    squeezed(alias): name
    for name, aliases in [
        *((column.name, column.aliases) for column in COLUMNS), *PLANNED.items(), (IDENTITY, ("inject id",)),
        (STATE, ("status",)),
    ]
    for alias in (name, *aliases)
}  # fmt: skip
"""Squeezed heading -> column."""
