"""What is written in a pad, byte by byte: it reaches those who may see the draft, whole or in parts, and no other."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest

from tests.support.drafting import Writer, words
from tests.support.games import Table, a_game
from tests.support.sockets import Reader, in_thread, live
from wargame.play.answers import Refused
from wargame.play.people import join
from wargame.realtime.hub import Hub
from wargame.store.feed import standings

pytestmark = pytest.mark.django_db(transaction=True)
SEATS = ("potus", "state", "defense", "intel", "dprk", "rok", "jpn")
PAD = "potus:o"


def tokens_of(table: Table) -> dict[str, str]:
    tokens = {"control": table.control.token, **{seat: p.token for seat, p in table.people.items()}}
    for who, role in (("observer", "observer"), ("stranger", "player")):
        joined = join(table.game, display=who, role=role, now_ms=table.now_ms)
        tokens[who] = joined.token  # type: ignore[union-attr]
    return tokens


def bytes_of(reader: Reader) -> bytes:
    """Return all a socket got, with what is wrapped in base64 laid open."""
    got = "".join(reader.raw).encode()
    for frame in reader.frames:
        for item in frame.get("items", ()):
            for name in ("state", "update"):
                if item["k"] in ("pad", "pad_edit") and name in item["v"]:
                    got += b64decode(item["v"][name])
    return got


def written(table: Table) -> dict[str, set[str]]:
    """Let a draft and two answers be written; return who may know of what."""
    table.must("control", "phase.end", expect="brief")
    table.must(
        "potus", "offer.draft", offer="o", parties=["potus", "dprk"], levels={"test": 1}, readers=["state", "defense"]
    )
    table.must("potus", "pad.share", offer="o", editors=["state"])
    table.must("potus", "pad.edit", offer="o", update=words("test", "CANARY-draft", client=3))
    table.must("state", "pad.edit", offer=PAD, update=words("sec", "CANARY-colleague", client=4))
    writer = Writer(5)
    update = writer.write("fac", 0, "CANARY-cut")
    table.must("potus", "pad.edit", offer="o", update=update)
    table.must("potus", "pad.edit", offer="o", update=writer.cut("fac", 0, 10))
    table.must("control", "phase.end", expect="plan")
    table.must("potus", "offer.table", offer="o")
    table.must("dprk", "pad.share", offer=PAD)
    table.must("dprk", "pad.edit", offer=PAD, update=words("test", "CANARY-north", client=6))
    table.must("potus", "pad.share", offer=PAD, editors=["state"])
    table.must("state", "pad.edit", offer=PAD, of="potus", update=words("test", "CANARY-answer", client=7))
    own = {"potus", "state"}
    return {
        "CANARY-draft": {*own, "defense", "dprk"},  # the wording that was tabled
        "CANARY-colleague": {*own, "defense"},  # of a clause that is not in the text
        "CANARY-cut": {*own, "defense"},
        "CANARY-north": {"dprk"},
        "CANARY-answer": own,
        f"{PAD}@dprk": {"dprk"},
        f"{PAD}@potus": own,
    }


def test_what_is_written_together_reaches_those_who_may_see_it_and_no_other() -> None:
    table = a_game(seats=SEATS, started=True)
    tokens = tokens_of(table)

    async def run(hub: Hub) -> None:
        readers = {who: await Reader(table.game, token=token).open() for who, token in tokens.items()}
        for reader in readers.values():
            await reader.until(lambda f: f["t"] == "snapshot" and not f["more"])
        allowed = await in_thread(lambda: written(table))
        heads = (await in_thread(lambda: standings([table.game])))[table.game].heads
        for reader in readers.values():
            await reader.level(heads.get(reader.view, 0), within_s=30)
        for canary, seats in allowed.items():
            reached = {who for who, reader in readers.items() if canary.encode() in bytes_of(reader)}
            assert reached == {*seats, "control"}, canary
        fresh = await Reader(table.game, token=tokens["dprk"]).open()
        await fresh.until(lambda f: f["t"] == "snapshot" and not f["more"])
        assert b"CANARY-answer" not in bytes_of(fresh)
        assert b"CANARY-colleague" not in bytes_of(fresh)

    live(run, poll_s=600.0)


def test_a_hidden_pad_and_none_at_all_are_refused_alike_over_the_wire() -> None:
    table = a_game(seats=SEATS, started=True)
    written(table)

    def answers(who: str, **args: Any) -> tuple[str, dict[str, Any]]:
        answer = table.say(who, "pad.edit", update=words("test", "Knock.", client=9), **args)
        assert isinstance(answer, Refused)
        return answer.code, answer.params

    assert answers("dprk", offer=PAD, of="potus") == answers("dprk", offer=PAD, of="jpn")
    assert answers("jpn", offer=PAD) == answers("jpn", offer="potus:none")
    assert answers("defense", offer=PAD, of="potus") == answers("defense", offer=PAD, of="defense")
