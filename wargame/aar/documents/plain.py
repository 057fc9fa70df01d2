"""How numbers, moments, references and people's own words are written in every document.

Owns signs, digits, dates and what is taken out of typed text before it is laid out anywhere. It escapes nothing: each
form of document does that itself, by its own library.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

MINUS = "\u2212"
DASH = "\u2013"
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (2.2, Characters) cannot hold, and the control characters it discourages."""
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows (UAX 9, explicit formatting): typed into a name, they rewrite a line.
Scripts that run from right to left need none of them; the algorithm orders them by their letters."""
MOST_REFS = 3


def clean(text: str) -> str:
    """Return typed text without what no document can hold and without marks that turn the direction of a line."""
    return _DIRECTION.sub("", _UNWRITABLE.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")


def short(text: str, most: int) -> str:
    """Return a text of at most `most` characters, cut with an ellipsis: between words where there are any."""
    text = " ".join(clean(text).split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > most * 0.7 else cut).rstrip(" ,;:") + "\u2026"


def opening(text: str, most: int) -> str:
    """Return the first sentences of a text that together have at most `most` characters; a longer one is cut."""
    held = ""
    for words in re.split(r"(?<=[.!?])\s+", " ".join(clean(text).split())):
        longer = f"{held} {words}".strip()
        if len(longer) > most:
            break
        held = longer
    return held or short(text, most)


def figure(value: float, digits: int = 1) -> str:
    """Return a number with at most `digits` decimals, grouped in thousands, with a true minus."""
    rounded = round(float(value), digits)
    if rounded == 0:
        return "0"
    text = f"{abs(rounded):,.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return (MINUS if rounded < 0 else "") + text


def signed(value: float, digits: int = 1) -> str:
    """Return a change: always with its sign; one that rounds to nothing is a plain 0."""
    rounded = round(float(value), digits)
    return "0" if rounded == 0 else ("+" if rounded > 0 else MINUS) + f"{abs(rounded):.{digits}f}"


def percent(share: float) -> str:
    """Return a share of one as a percentage; small chances keep one decimal."""
    value = share * 100
    return f"{figure(value, 1 if abs(value) < 10 and value != 0 else 0)}%"


def small_percent(share: float) -> str:
    """Return a small chance as a percentage with two decimals."""
    return f"{figure(share * 100, 2)}%"


def day(at_ms: int | None) -> str:
    """Return the day of a moment, as 22 Nov 2026 (UTC)."""
    if not at_ms:
        return ""
    at = datetime.fromtimestamp(at_ms / 1000, UTC)
    return f"{at.day} {at:%b %Y}"


def clock(at_ms: int | None) -> str:
    """Return the time of a moment, as 14:52 (UTC)."""
    return "" if not at_ms else f"{datetime.fromtimestamp(at_ms / 1000, UTC):%H:%M}"


def moment(at_ms: int | None) -> str:
    """Return day and time of a moment (UTC)."""
    return "" if not at_ms else f"{day(at_ms)}, {clock(at_ms)}"


def span(ms: int | None) -> str:
    """Return a length of time in words: 45 s, 12 min, 2 h 50 min, 3 d 4 h."""
    if ms is None:
        return ""
    seconds = round(ms / 1000)
    if seconds < 60:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def case_day(text: str) -> str:
    """Return a day inside the case, as 27 Feb 2019; anything else as it is."""
    try:
        at = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return text
    return f"{at.day} {at:%b %Y}"


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: 1 turn, 3 turns."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str], most: int = 0) -> str:
    """Return words in a row with commas and `and`; past `most`, how many more there are."""
    shown = list(words[:most] if most and len(words) > most else words)
    if len(shown) < len(words):
        return f"{', '.join(shown)} and {len(words) - len(shown)} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else ""


def refs(numbers: Iterable[int] | None) -> str:
    """Return references into the log: runs are joined, and past `MOST_REFS` groups the rest is counted."""
    groups: list[list[int]] = []
    for number in sorted(set(numbers or ())):
        if groups and number == groups[-1][1] + 1:
            groups[-1][1] = number
        else:
            groups.append([number, number])
    words = [str(a) if a == b else f"{a}{DASH if b > a + 1 else ', '}{b}" for a, b in groups]
    more = len(words) - MOST_REFS
    return ", ".join(words[:MOST_REFS]) + (f" +{more}" if more > 0 else "")


def sentence(words: str) -> str:
    """Return words with a capital letter first and underscores as spaces."""
    words = words.replace("_", " ")
    return words[:1].upper() + words[1:]


def lower(label: str) -> str:
    """Return a label as it reads inside a sentence; an abbreviation keeps its capitals."""
    return label if re.match(r"[A-Z]{2}|[A-Z]\b", label) else label[:1].lower() + label[1:]
