"""Words what `manage.py up` says once everything serves: the links, the code and the QR code. Starts nothing."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import segno


class Links(msgspec.Struct, frozen=True, kw_only=True):
    """Hold every address a person needs; `join` is for other machines, all others for this one."""

    staff: str
    control: str = ""
    join: str = ""
    code: str = ""
    seats: Mapping[str, str] = msgspec.field(default_factory=dict)
    titles: Mapping[str, str] = msgspec.field(default_factory=dict)


def as_object(links: Links, *, url: str, public_url: str, data: Path, seconds: float) -> dict[str, Any]:
    """Return the ready line as the one object that `--json` prints."""
    return {
        "ready": True,
        "url": url,
        "public_url": public_url,
        "seconds": round(seconds, 2),
        "staff": links.staff,
        "control": links.control,
        "join": links.join,
        "code": links.code,
        "seats": dict(links.seats),
        "data": str(data),
        "logs": str(data / "log"),
    }


def as_text(links: Links, *, data: Path, seconds: float) -> str:
    """Return the ready line for people."""
    lines = ["", f"Track One is ready ({seconds:.1f} s).", ""]
    if links.control:
        lines.append(f"  Control   {links.control}")
    lines.append(f"  Staff     {links.staff}")
    if links.join:
        lines += [f"  Join      {links.join}   (code {links.code})", "", _qr(links.join)]
    if links.seats:
        lines += ["", "  To try seats alone, open each link in a tab of its own:"]
        width = max(len(links.titles.get(seat, seat)) for seat in links.seats)
        lines += [f"    {links.titles.get(seat, seat):<{width}}  {url}" for seat, url in links.seats.items()]
    lines += ["", f"  Data is kept in {data}, logs in {data / 'log'}. Ctrl-C stops everything.", ""]
    return "\n".join(lines)


def _qr(text: str) -> str:
    out = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out, compact=True, border=2)
    return "\n".join(f"  {line}" for line in out.getvalue().rstrip("\n").splitlines())
