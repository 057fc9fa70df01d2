"""Typesetting with typst: which faces there are, and how data gets in and a file comes out.

Owns the one call of the compiler. No face of the machine is used, no package, no clock and no file but the template:
the same data gives the same bytes everywhere. Text comes in as JSON and is never part of the markup.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import typst

HERE = Path(__file__).parent
FACES = HERE / "fonts"
PAPERS = {"a4": "a4", "letter": "us-letter"}
PNG_PPI = 220.0
"""Twice the pixels a drawing has on the page: sharp on a projector."""
AT_ONCE = 2
"""Pictures made in one go: eight at a time take twice the memory and no less time."""
_LONG = re.compile(r"[^\s\u200b]{25,}")
_EVERY = 8
BREAK = "\u200b"
_SHEETS = b"""
#let drawings = json(bytes(sys.inputs.data))
#set page(margin: 0pt, width: auto, height: auto, fill: white)
#set text(font: ("IBM Plex Sans", "IBM Plex Sans KR", "IBM Plex Sans Arabic", "Noto Emoji"))
#for d in drawings { page(image(bytes(d.svg), format: "svg", width: d.width * .75pt, alt: d.title)) }
"""


def breakable(value: Any) -> Any:
    """Return JSON whose very long words may be broken: a line of print would run off its page."""
    if isinstance(value, str):
        if len(value) <= _EVERY or value.startswith("<svg"):
            return value
        return _LONG.sub(lambda word: BREAK.join(_pieces(word[0])), value)
    if isinstance(value, dict):
        return {name: breakable(inner) for name, inner in value.items()}
    return [breakable(inner) for inner in value] if isinstance(value, list) else value


def _pieces(word: str) -> list[str]:
    return [word[at : at + _EVERY] for at in range(0, len(word), _EVERY)]


def pdf(template: str, data: Any, *, paper: str) -> bytes:
    """Return the PDF a template makes of data: tagged, of the paper `a4` or `letter`."""
    made = _compile((HERE / template).read_bytes(), breakable(msgspec.to_builtins(data)), "pdf", paper)
    assert isinstance(made, bytes)
    return made


def pictures(drawings: Sequence[tuple[str, str, float]]) -> list[bytes]:
    """Return each drawing (title, SVG, width in CSS pixels) as a PNG."""
    return [png for at in range(0, len(drawings), AT_ONCE) for png in _pictures(drawings[at : at + AT_ONCE])]


def _pictures(drawings: Sequence[tuple[str, str, float]]) -> list[bytes]:
    rows = [{"title": title, "svg": svg, "width": width} for title, svg, width in drawings]
    made = _compile(_SHEETS, rows, "png", "a4")
    return [made] if isinstance(made, bytes) else list(made)


def _compile(template: bytes, data: Any, form: Literal["pdf", "png"], paper: str) -> bytes | list[bytes]:
    inputs = {"data": msgspec.json.encode(data).decode(), "paper": PAPERS[paper]}
    compiler = typst.Compiler(root=str(HERE), font_paths=_faces(), ignore_system_fonts=True)
    made = compiler.compile(input=template, format=form, ppi=PNG_PPI, sys_inputs=inputs)
    if made is None:
        raise RuntimeError("typst made nothing")
    return made


@cache
def _faces() -> typst.Fonts:
    """Return the faces of the documents, read once a process."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FACES)])
