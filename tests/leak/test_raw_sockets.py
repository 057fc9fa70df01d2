"""What goes over the wire, byte by byte: a secret reaches the sockets of those who may know it and no other."""

import asyncio
import json

import pytest

from tests.support.games import CASE, Table, a_game, fresh_id
from tests.support.sockets import Reader, in_thread, live
from wargame.bots.theatre import play_out, stage
from wargame.game.commands import GameCreate
from wargame.game.events import MessagePosted
from wargame.play.people import join
from wargame.realtime.hub import Hub
from wargame.store.cases import case_now
from wargame.store.log import recorded_events

pytestmark = pytest.mark.django_db(transaction=True)
SEATS = ("potus", "state", "defense", "intel", "dprk", "rok", "jpn")
CONTROL_ONLY = {"proposal", "ruling", "msel", "sheetstate", "log", "note", "freeframe", "grant", "line", "plan_item"}


async def recorders(game: str, tokens: dict[str, str]) -> dict[str, Reader]:
    readers = {who: await Reader(game, token=token).open() for who, token in tokens.items()}
    for reader in readers.values():
        await reader.until(lambda f: f["t"] == "snapshot" and not f["more"])
    return readers


async def drained(game: str, readers: dict[str, Reader]) -> None:
    from wargame.store.feed import standings

    reached = (await in_thread(lambda: standings([game])))[game].heads
    for reader in readers.values():
        await reader.level(reached.get(reader.view, 0), within_s=30)


def reached_by(canary: str, readers: dict[str, Reader]) -> set[str]:
    return {who for who, reader in readers.items() if any(canary in text for text in reader.raw)}


def everybody(table: Table) -> dict[str, str]:
    tokens = {"control": table.control.token, **{seat: p.token for seat, p in table.people.items()}}
    for who, role in (("observer", "observer"), ("stranger", "player")):
        joined = join(table.game, display=who, role=role, now_ms=table.now_ms)
        tokens[who] = joined.token  # type: ignore[union-attr]
    return tokens


def test_each_secret_reaches_the_sockets_of_those_who_may_know_it_and_no_other() -> None:
    table = a_game(seats=SEATS, started=True, style="semi_rigid", seed="canary-seed-7f3a")
    tokens = everybody(table)

    def secrets_are_made() -> dict[str, set[str]]:
        moves = {seat: _a_move(seat) for seat in ("potus", "dprk")}
        table.must("control", "phase.end", expect="brief")
        table.must(
            "dprk",
            "order.draft",
            order="o1",
            move=moves["dprk"],
            rationale="CANARY-rationale",
            expects="CANARY-expects",
        )
        table.must("dprk", "room.open", room="r", seats=["jpn"], title="CANARY-title")
        table.must("dprk", "message.post", message="m", room="talk:dprk.jpn", text="CANARY-bilateral")
        table.must(
            "potus", "offer.draft", offer="t1", parties=["potus", "dprk"], levels={"test": 1}, note="CANARY-draft"
        )
        table.must("control", "note.pin", note="n1", text="CANARY-note")
        table.must("control", "assess.plan", item="i1", action="CANARY-plan")
        table.must("control", "inject.send", inject="i1", to=["jpn"], title="CANARY-inject", text="For Tokyo only.")
        table.must("potus", "message.post", message="m", room="press", text="CANARY-press")
        return {
            "CANARY-rationale": {"dprk"}, "CANARY-expects": {"dprk"}, "CANARY-title": {"dprk", "jpn"},
            "CANARY-bilateral": {"dprk", "jpn"}, "CANARY-draft": {"potus"}, "CANARY-note": set(),
            "CANARY-plan": set(),
            "CANARY-inject": {"jpn"}, "CANARY-press": {*SEATS, "observer", "stranger"},
        }  # fmt: skip

    async def run(hub: Hub) -> None:
        readers = await recorders(table.game, tokens)
        allowed = await in_thread(secrets_are_made)
        await drained(table.game, readers)
        for canary, seats in allowed.items():
            reached = reached_by(canary, readers)
            assert reached - {"observer", "control"} == seats - {"observer"}, (canary, reached)
            assert "control" in reached, canary
            assert "observer" not in reached or "observer" in seats, canary
        assert reached_by("canary-seed-7f3a", readers) == set(), "the seed is secret until the game has ended"
        for token in tokens.values():
            assert reached_by(token, readers) == set(), "no token is ever shown"

    live(run, poll_s=600.0)


def test_what_is_said_at_a_table_reaches_those_who_sit_there_and_no_other() -> None:
    table = a_game(seats=SEATS, started=True, style="semi_rigid", seed="canary-seed-4c")
    tokens = everybody(table)
    key = "potus:t1"

    def secrets_are_made() -> dict[str, set[str]]:
        secret = _a_clause_that_may_be_secret()
        parties, readers = {"potus", "dprk"}, {"rok"}
        table.must("control", "phase.end", expect="brief")
        table.must(
            "potus", "offer.draft", offer="t1", parties=sorted(parties), levels={"test": 1, secret: 1}, readers=["rok"],
            details={
                "test": {"wording": "CANARY-draft-words"}, secret: {"secret": True, "wording": "CANARY-secret-words"},
            },
            annexes=[{"id": "a", "title": "Annex", "text": "CANARY-annex"}],
        )  # fmt: skip
        table.must("potus", "offer.table", offer="t1")
        table.must("dprk", "offer.paraphrase", offer=key, version=1, clause="test", text="CANARY-reading")
        table.must("potus", "mandate.give", seat="state", offer=key, may=["mark"], note="CANARY-mandate")
        table.must("potus", "offer.widen", offer=key, readers=["jpn"])
        table.must("dprk", "offer.walk_out", offer=key, reason="CANARY-walk-out")
        return {
            "CANARY-draft-words": {*parties, *readers, "state", "jpn"}, "CANARY-secret-words": {*parties, "state"},
            "CANARY-annex": {*parties, *readers, "state", "jpn"}, "CANARY-reading": {"dprk"},
            "CANARY-mandate": {"potus", "state"}, "CANARY-walk-out": {*parties, *readers, "state", "jpn"},
        }  # fmt: skip

    async def run(hub: Hub) -> None:
        readers = await recorders(table.game, tokens)
        allowed = await in_thread(secrets_are_made)
        await drained(table.game, readers)
        for canary, seats in allowed.items():
            assert reached_by(canary, readers) == {one for one in seats if one in readers} | {"control"}, canary
        items = {who: [i for f in r.frames for i in f.get("items", ())] for who, r in readers.items()}
        seen_by = {
            who: {reader for item in found if item["k"] == "offer" for reader in item["v"]["readers"]}
            for who, found in items.items()
        }
        assert seen_by["dprk"] == set(), "the other side is not told who reads along"
        for who, found in items.items():
            for item in found:
                _may_hear(who, item)

    live(run, poll_s=600.0)


def _a_clause_that_may_be_secret() -> str:
    case = case_now(CASE)
    assert case is not None
    return next(clause.id for clause in case.negotiation.sides if clause.secret_ok)


def test_free_moves_estimates_and_appeals_reach_those_control_let_in_and_no_other() -> None:
    table = a_game(seats=SEATS, started=True, style="semi_rigid", seed="canary-seed-2b")
    tokens = everybody(table)
    move = "dprk:f1"

    def secrets_are_made() -> dict[str, set[str]]:
        table.must("control", "phase.end", expect="brief")
        table.must("dprk", "order.draft", order="o1", move=_a_move("dprk"), argument="CANARY-order-argument")
        table.must("control", "argument.grant", order="dprk:o1", net=1, reason="CANARY-grant")
        table.must(
            "dprk", "freemove.propose", move="f1", title="CANARY-free", action="Send an envoy.", effect="A door opens.",
            arguments=["CANARY-why"], public=False,
        )  # fmt: skip
        table.must("control", "freemove.circulate", move=move, seats=["rok"])
        table.must("rok", "freemove.argue", move=move, side="against", text="CANARY-against")
        table.must("control", "freemove.ask", move=move, seats=["jpn"])
        table.must("jpn", "freemove.estimate", move=move, percent=37)
        table.must("control", "freemove.estimate", move=move, percent=59)
        table.must("control", "freemove.frame", move=move, seat="dprk", severity="de", effects={"rapport": 1.25})
        table.must("control", "freemove.refuse", move=move, reason="CANARY-refused")
        for phase in ("plan", "negotiate"):
            table.must("control", "phase.end", expect=phase)
        table.must("control", "ruling.accept", turn=1)
        table.must("dprk", "appeal.lodge", order="dprk:o1", text="CANARY-appeal")
        appeal = next(iter(table.state().appeals))
        table.must("control", "appeal.answer", appeal=appeal, verdict="declined", text="CANARY-answer")
        return {
            "CANARY-order-argument": {"dprk"}, "CANARY-grant": set(), "CANARY-free": {"dprk", "rok", "jpn"},
            "CANARY-why": {"dprk", "rok", "jpn"}, "CANARY-against": {"dprk", "rok", "jpn"},
            "CANARY-refused": {"dprk", "rok"}, "CANARY-appeal": {"dprk"}, "CANARY-answer": {"dprk"},
        }  # fmt: skip

    async def run(hub: Hub) -> None:
        readers = await recorders(table.game, tokens)
        allowed = await in_thread(secrets_are_made)
        await drained(table.game, readers)
        for canary, seats in allowed.items():
            assert reached_by(canary, readers) == seats | {"control"}, canary
        for who, reader in readers.items():
            items = [item for frame in reader.frames for item in frame.get("items", ())]
            odds = {item["id"] for item in items if item["k"] == "freeodds"}
            wanted = {"jpn": {f"{move}:jpn"}, "control": {f"{move}:jpn", f"{move}:control"}}
            assert odds == wanted.get(who, set()), who
            assert who == "control" or not CONTROL_ONLY & {item["k"] for item in items}, who
            for item in items:
                if item["k"] == "freemove" and who != "control":
                    assert "asked" not in item["v"], "who was asked is Control's"

    live(run, poll_s=600.0)


def test_refusals_do_not_tell_what_is_hidden_from_what_is_missing() -> None:
    table = a_game(seats=SEATS, started=True)

    async def run(hub: Hub) -> None:
        reader = (await recorders(table.game, {"jpn": table.people["jpn"].token}))["jpn"]
        await in_thread(lambda: table.must("dprk", "room.open", room="r", seats=["rok"]))
        await in_thread(
            lambda: table.must("potus", "offer.draft", offer="t1", parties=["potus", "dprk"], levels={"test": 1})
        )
        await in_thread(lambda: table.must("dprk", "conference.call", conference="c", title="C", seats=["rok"]))
        await in_thread(lambda: table.must("dprk", "conference.open", conference="dprk:c"))
        await in_thread(lambda: table.must("control", "phase.end", expect="brief"))
        await in_thread(
            lambda: table.must(
                "potus", "freemove.propose", move="f1", title="A letter", action="Write it.", effect="An answer."
            )
        )
        for name, hidden, missing in (
            (
                "message.post", {"message": "m", "room": "talk:dprk.rok", "text": "x"},
                {"message": "m", "room": "talk:jpn.zzz", "text": "x"},
            ),
            ("room.read", {"room": "talk:dprk.rok", "upto": 1}, {"room": "talk:none", "upto": 1}),
            ("message.pin", {"room": "talk:dprk.rok", "number": 1}, {"room": "talk:none", "number": 1}),
            ("conference.open", {"conference": "dprk:c"}, {"conference": "dprk:none"}),
            (
                "room.open", {"room": "x", "seats": ["rok"], "at": "dprk:c"},
                {"room": "x", "seats": ["rok"], "at": "dprk:none"},
            ),
            ("offer.accept", {"offer": "potus:t1", "version": 1}, {"offer": "potus:none", "version": 1}),
            ("offer.table", {"offer": "potus:t1"}, {"offer": "potus:none"}),
            ("offer.widen", {"offer": "potus:t1", "readers": ["rok"]}, {"offer": "potus:none", "readers": ["rok"]}),
            ("offer.sponsor", {"offer": "potus:t1", "stands": True}, {"offer": "potus:none", "stands": True}),
            ("offer.walk_out", {"offer": "potus:t1"}, {"offer": "potus:none"}),
            (
                "offer.paraphrase", {"offer": "potus:t1", "version": 1, "clause": "test", "text": "Is it there?"},
                {"offer": "potus:none", "version": 1, "clause": "test", "text": "Is it there?"},
            ),
            (
                "freemove.argue", {"move": "potus:f1", "side": "for", "text": "Let me in."},
                {"move": "potus:none", "side": "for", "text": "Let me in."},
            ),
            ("freemove.estimate", {"move": "potus:f1", "percent": 5}, {"move": "potus:none", "percent": 5}),
            ("appeal.lodge", {"order": "potus:o1", "text": "Why?"}, {"order": "potus:none", "text": "Why?"}),
            ("item.open", {"kind": "brief", "key": "dprk"}, {"kind": "brief", "key": "nobody"}),
        ):  # fmt: skip
            first = await reader.command(name, fresh_id(), **hidden)
            second = await reader.command(name, fresh_id(), **missing)
            assert first["t"] == second["t"] == "reject", (name, first, second)
            assert first["code"] == second["code"], (name, first, second)
            strip = lambda f: json.dumps(f["params"]).replace("talk:dprk.rok", "*").replace("talk:jpn.zzz", "*")  # noqa: E731
            assert strip(first).replace("t1", "*").replace("dprk", "*").replace("talk:none", "*") == strip(
                second
            ).replace("none", "*").replace("nobody", "*").replace("talk:*", "*"), (name, first, second)

    live(run, poll_s=600.0)


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.one_store
def test_over_a_whole_bot_game_every_socket_hears_its_own_view_only() -> None:
    case = case_now(CASE)
    assert case is not None
    bots = {seat: bot.policy for seat, bot in case.bots.items()}
    order = GameCreate(title="Leak", scenario=CASE, preset=case.presets[0].id, seed="leak-seed-91c2", style="rigid",
                       open_seats=(), bots=bots)  # fmt: skip
    staged = stage(order, game_id="leak-game")
    tokens = {}
    for who in ("observer", "stranger"):
        role = "observer" if who == "observer" else "player"
        tokens[who] = join(staged.game, display=who, role=role, now_ms=staged.clock.tick()).token  # type: ignore[union-attr]
    control = join(staged.game, display="x", role="control", now_ms=staged.clock.tick(), person="control").token  # type: ignore[union-attr]

    async def run(hub: Hub) -> None:
        readers = await recorders(staged.game, {**tokens, "control": control})
        for seat in SEATS:
            readers[seat] = await Reader(staged.game, token=control).open(as_view=f"seat:{seat}")
            await readers[seat].until(lambda f: f["t"] == "snapshot" and not f["more"])
        await in_thread(lambda: play_out(staged))
        await drained(staged.game, readers)
        told = await in_thread(lambda: _messages(staged.game))
        for who, reader in readers.items():
            heard = [item for frame in reader.frames for item in frame.get("items", ())]
            for item in heard:
                _may_hear(who, item)
            if who != "control":
                ids = {item["id"] for item in heard if item["k"] == "message"}
                wanted = {key for key, seats in told.items() if who in seats or seats == {"*"}}
                assert ids <= wanted, (who, sorted(ids - wanted)[:3])
            before_end = [text for text in reader.raw if '"status":"ended"' not in text]
            assert not any("leak-seed-91c2" in text for text in before_end), who

    async def bounded(hub: Hub) -> None:
        async with asyncio.timeout(200):
            await run(hub)

    live(bounded, poll_s=600.0, presence_s=600.0, within_s=220)


def _may_hear(who: str, item: dict[str, object]) -> None:
    kind, value = str(item["k"]), item["v"]
    assert isinstance(value, dict)
    if who == "control":
        return
    assert kind not in CONTROL_ONLY, (who, kind, item["id"])
    if who not in SEATS:
        assert kind not in {"brief", "sheet", "order", "move", "hint", "offer_version", "stance", "read", "opened",
            "conference", "held", "intercept", "line", "mandate", "paraphrase", "held_answer"}, (
            who, kind, item["id"]
        )  # fmt: skip
        assert kind != "inject" or set(SEATS) <= set(value["to"]) or "all" in value["to"], (who, value)
        return
    if kind in ("brief", "sheet", "order", "score"):
        assert value["seat"] == who, (who, kind, item["id"])
    if kind == "opened":
        assert value["seat"] == who, (who, kind, item["id"])
    if kind == "read":
        assert _side(str(value["seat"])) == _side(who), (who, item["id"])
    if kind in ("held", "intercept"):
        assert who in (value.get("by"), value["seat"]), (who, kind, item["id"])
    if kind == "conference":
        assert who in value["seats"], (who, item["id"])
    if kind == "room":
        assert value["kind"] == "press" or who in value["seats"], (who, value)
    if kind == "paraphrase":
        assert value["seat"] == who, (who, kind, item["id"])
    if kind == "mandate":
        assert who in (value["principal"], value["seat"]), (who, kind, item["id"])
    if kind == "held_answer":
        assert who in (value["seat"], value["by"]), (who, kind, item["id"])
    if kind == "offer":
        assert who in (value["author"], *value["parties"], *value["readers"]), (who, value)


def _side(seat: str) -> str:
    case = case_now(CASE)
    assert case is not None
    return case.seat[seat].side


def _messages(game: str) -> dict[str, set[str]]:
    """Message key -> seats in its room, from the log itself and not from what was disclosed."""
    from wargame.play import cache
    from wargame.store.models import Game

    rooms = cache.state_at_head(Game.objects.get(pk=game)).rooms
    told: dict[str, set[str]] = {}
    for recorded in recorded_events(game):
        if isinstance(recorded.payload, MessagePosted):
            room = rooms[recorded.payload.room]
            told[f"{recorded.payload.room}:{recorded.payload.number}"] = (
                {"*"} if room.kind == "press" else set(room.seats)
            )
    return told


def _a_move(seat: str) -> str:
    case = case_now(CASE)
    assert case is not None
    return next(move.id for move in case.moves if seat in move.seats and not move.params and move.require is None)
