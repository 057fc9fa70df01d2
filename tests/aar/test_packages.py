"""A game in one file: it verifies without a database, comes back the same elsewhere, and no byte of it can change."""

from collections.abc import Callable, Iterator
from hashlib import blake2b
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.management import CommandError, call_command
from msgspec.structs import replace

from tests.support.odd_games import HOSTILE, SHORT_CASE, Acts, odd_game
from wargame.aar import jobs
from wargame.aar.package.check import check_package
from wargame.aar.package.container import Damaged, Opened, opened, sealed
from wargame.aar.package.export import package_of
from wargame.aar.package.job import PACKAGE, NoParams
from wargame.aar.package.lines import LOG, LogLine
from wargame.aar.package.restore import CannotRestore, import_package
from wargame.aar.work import Reader, Result, Work
from wargame.bots.theatre import throwaway_store
from wargame.game.commands import GameCreate
from wargame.game.state import State
from wargame.lobby.services import game_links
from wargame.play.answers import Refused
from wargame.play.create import Created, create_game
from wargame.store.log import fold
from wargame.store.models import Current, Disclosure, Event, Game, Membership, Timer
from wargame.store.verify import verify_game

pytestmark = pytest.mark.one_store

NOW, START = 1_800_000_000_000, 1_700_000_000_000
OVER = ("no_humans", "rewound")


class Kept(msgspec.Struct):
    """What a store said of a game before it was left behind."""

    raw: bytes
    state: State
    rows: dict[str, list[tuple[Any, ...]]]


def rows_of(game: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of a game that follows from its log, but for tokens and for what counts within a server."""
    return {
        "events": list(Event.objects.filter(game_id=game).order_by("seq").values_list("seq", "hash", "payload")),
        "told": list(Disclosure.objects.filter(game_id=game).order_by("view", "n").values_list(
            "view", "n", "first_n", "seq", "at_ms", "kind", "key", "value")),
        "held": sorted(Current.objects.filter(game_id=game).values_list(
            "view", "kind", "key", "n", "first_n", "at_ms", "value")),
        "people": sorted(Membership.objects.filter(game_id=game).values_list(
            "person", "display", "role", "seat", "removed", "link")),
        "deadlines": sorted(Timer.objects.filter(game_id=game).values_list("key", "generation", "remaining_ms")),
        "game": list(Game.objects.filter(pk=game).values_list(
            "title", "scenario", "scenario_hash", "preset", "head", "head_hash", "heads", "status", "running_ms",
            "away_ms", "engine", "created_ms", "at_ms")),
    }  # fmt: skip


def begun(game: str) -> Acts:
    """Start a game of the short case with people in two seats, and let them type what a log must carry unharmed."""
    order = GameCreate(
        title="=1+1 <b>", scenario=SHORT_CASE, preset="full", seed="packed", style="semi_rigid",
        open_seats=("upriver", "downriver", "works", "broker"), bots={},
        phase_ms={"brief": None, "plan": 60_000, "negotiate": None, "lock": None, "outcome": None},
    )  # fmt: skip
    assert isinstance(create_game(order=order, now_ms=START, game_id=game), Created)
    acts = Acts(game, START).seated("upriver", "downriver").started()
    for number, text in enumerate(HOSTILE):
        acts.do("upriver", "message.post", message=f"m{number}", room="press", text=text[:2000])
    paper = {"title": HOSTILE[0][:80], "text": HOSTILE[9]}
    return acts.do(
        "control", "inject.send", inject="i", to=("upriver",), title="=1+1", text="News.", attachments=(paper,)
    )  # fmt: skip


def rewound(game: str) -> None:
    """Take a game back over a settled turn, go on otherwise, and end it."""
    acts = begun(game)
    mark = acts.marked("Before the first orders")
    acts.do("downriver", "message.post", message="x", room="press", text="Said and taken back.")
    acts.to("brief", turn=2).do("control", "game.rewind", checkpoint=mark, reason="The wrong sheet.")
    acts.do("control", "game.resume").to("brief", turn=2).do("control", "game.end", reason="Enough of it.")


@pytest.fixture(scope="module")
def kept(django_db_blocker: Any) -> dict[str, Kept]:
    """Play three games somewhere (ended, ended after a rewind, still going), pack them, and leave that store."""
    with django_db_blocker.unblock(), throwaway_store():
        rewound("rewound")
        begun("going").to("plan")
        games = {"no_humans": odd_game("no_humans"), "rewound": "rewound", "going": "going"}
        return {name: Kept(package_of(game), fold(game)[1], rows_of(game)) for name, game in games.items()}


@pytest.fixture(scope="module")
def elsewhere(kept: dict[str, Kept], django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """Restore all packages in an empty store; yield name -> id."""
    with django_db_blocker.unblock(), throwaway_store():
        yield {name: import_package(one.raw, now_ms=NOW).game for name, one in kept.items()}


@pytest.fixture(scope="module")
def small(kept: dict[str, Kept]) -> Opened:
    """Return the package of the shortest game, opened."""
    found = opened(kept["no_humans"].raw)
    assert isinstance(found, Opened)
    return found


# --- whole --------------------------------------------------------------------------------------------------------
def test_a_package_verifies_where_there_is_no_database(kept: dict[str, Kept]) -> None:
    checked = check_package(kept["rewound"].raw)
    assert checked.faults == ()
    assert checked.verdict is not None
    assert checked.verdict.events == len(kept["rewound"].rows["events"])
    assert checked.verdict.disclosures == len(kept["rewound"].rows["told"])


@pytest.mark.parametrize("name", OVER)
def test_a_game_comes_back_the_same_to_the_last_byte_and_row(
    kept: dict[str, Kept], elsewhere: dict[str, str], name: str
) -> None:
    assert package_of(elsewhere[name]) == kept[name].raw
    assert rows_of(elsewhere[name]) == kept[name].rows
    assert fold(elsewhere[name])[1] == kept[name].state


def test_a_game_that_was_running_is_paused_where_it_is_restored_and_its_log_says_so(
    kept: dict[str, Kept], elsewhere: dict[str, str]
) -> None:
    game = elsewhere["going"]
    before, here = kept["going"].rows, rows_of(game)
    *same, last = here["events"]
    assert same == before["events"]
    assert set(before["told"]) <= set(here["told"])
    assert Event.objects.get(game_id=game, seq=last[0]).kind == "game.paused"
    assert Game.objects.get(pk=game).status == "paused"
    assert verify_game(game).faults == ()


def test_no_token_no_address_and_no_join_code_leaves_with_a_game(elsewhere: dict[str, str]) -> None:
    game = elsewhere["rewound"]
    control = Membership.objects.get(game_id=game, person="control")
    Membership.objects.filter(game_id=game).update(email="somebody@example.org")
    raw = package_of(game)
    assert control.token_hash is not None
    for secret in (control.token_hash, "somebody@example.org", Game.objects.get(pk=game).code):
        assert secret.encode() not in raw


def test_papers_that_went_with_injects_and_the_meaning_of_every_kind_are_in_it(
    kept: dict[str, Kept], small: Opened
) -> None:
    package = opened(kept["going"].raw)
    assert isinstance(package, Opened)
    papers = [text.decode() for name, text in package.members.items() if name.startswith("attachments/")]
    assert papers == [f"{HOSTILE[0][:80]}\n\n{HOSTILE[9]}\n"]
    book = msgspec.json.decode(small.members["codebook.json"])
    kinds = {msgspec.json.decode(line, type=LogLine).kind for line in small.members[LOG].splitlines()}
    assert set(book["events"]) == kinds
    assert all(entry["words"] and entry["shape"] for entry in (*book["events"].values(), *book["entities"].values()))


# --- refused ------------------------------------------------------------------------------------------------------
def test_a_game_that_is_here_already_is_refused_and_nothing_changes(
    kept: dict[str, Kept], elsewhere: dict[str, str]
) -> None:
    before = rows_of(elsewhere["rewound"])
    with pytest.raises(CannotRestore, match="is on this server already"):
        import_package(kept["rewound"].raw, now_ms=NOW)
    assert rows_of(elsewhere["rewound"]) == before


def test_a_package_of_another_engine_is_refused_by_the_import_and_still_checked(small: Opened) -> None:
    foreign = sealed(replace(small.manifest, engine="0.9"), small.members)
    with pytest.raises(CannotRestore, match=r"written by engine 0\.9"):
        import_package(foreign, now_ms=NOW)
    checked = check_package(foreign)
    assert (checked.good, checked.foreign) == (True, True)


def test_a_damaged_package_is_refused_with_what_is_wrong(kept: dict[str, Kept]) -> None:
    raw = bytearray(kept["no_humans"].raw)
    raw[len(raw) // 2] ^= 1
    with pytest.raises(CannotRestore, match="nothing was changed"):
        import_package(bytes(raw), now_ms=NOW)


# --- any byte -----------------------------------------------------------------------------------------------------
TINY: dict[str, bytes] = {"log.jsonl": b'{"a":1}\n', "case/a.yaml": b"a: 1\n", "README.txt": b"Read.\n"}


def test_every_single_changed_byte_of_a_package_is_found(small: Opened) -> None:
    raw = sealed(small.manifest, TINY)
    assert isinstance(opened(raw), Opened)
    missed = []
    for at, byte in enumerate(raw):
        for other in (byte ^ 1 << at % 8, byte ^ 0xFF):
            changed = raw[:at] + bytes([other]) + raw[at + 1 :]
            found = opened(changed)
            if not isinstance(found, Damaged) or not all(found.faults):
                missed.append((at, other))
    assert not missed


def test_a_changed_byte_anywhere_in_the_package_of_a_game_is_found(kept: dict[str, Kept], small: Opened) -> None:
    raw = kept["no_humans"].raw
    starts = [raw.index(small.members[name][:200]) for name in small.members]
    edges = [at for start in starts for at in (start - 1, start)] + list(range(len(raw) - 30, len(raw)))
    drawn = [int.from_bytes(blake2b(b"%d" % n, digest_size=8).digest(), "big") % len(raw) for n in range(150)]
    for at in sorted({*edges, *drawn}):
        changed = raw[:at] + bytes([raw[at] ^ 0x20]) + raw[at + 1 :]
        assert isinstance(opened(changed), Damaged), f"byte {at} may be changed"


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw + b"\0",
        lambda raw: raw + raw[-1:],
        lambda raw: b"\0" + raw,
        lambda raw: raw[:-1],
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw + raw,
        lambda raw: b"",
        lambda raw: b"PK\x05\x06" + bytes(18),
        lambda raw: raw.replace(b"README.txt", b"readme.txt"),
        lambda raw: raw[:-2] + b"\x03\0abc",
    ],
)
def test_bytes_added_taken_away_or_moved_are_found(small: Opened, damage: Callable[[bytes], bytes]) -> None:
    found = opened(damage(sealed(small.manifest, TINY)))
    assert isinstance(found, Damaged)
    assert all(found.faults)


def test_names_that_lead_out_of_the_package_are_refused(small: Opened) -> None:
    for name in ("../up", "/etc/passwd", "case/../../up", "case\\up", "c:up", "case//up", "./up"):
        found = opened(sealed(small.manifest, {**TINY, name: b"x"}))
        assert isinstance(found, Damaged), name


# --- who may have one ---------------------------------------------------------------------------------------------
def test_before_the_end_only_staff_may_have_a_package(elsewhere: dict[str, str]) -> None:
    going, over = (Game.objects.get(pk=elsewhere[name]) for name in ("going", "rewound"))
    facilitator, staff = Reader(desk=True), Reader(desk=True, staff=True)

    def asked(game: Game, reader: Reader) -> Refused | None:
        return PACKAGE.check(Work(game.id, "package", "truth", NoParams()), reader, game)

    assert asked(going, facilitator) == Refused("package.not_ended")
    assert asked(going, staff) is None
    assert asked(over, facilitator) is None
    assert PACKAGE.who == "desk"


def test_a_package_that_staff_made_before_the_end_is_handed_to_no_facilitator(elsewhere: dict[str, str]) -> None:
    going = Game.objects.get(pk=elsewhere["going"])
    facilitator, staff = Reader(desk=True), Reader(desk=True, staff=True)
    asked = jobs.job_ask(going, kind="package", view="truth", params={}, reader=staff, now_ms=NOW)
    assert not isinstance(asked, Refused)
    jobs.job_run(asked[0].id)
    made = jobs.job_result(going, asked[0].id, reader=staff)
    assert isinstance(made, Result)
    assert isinstance(opened(made.body), Opened)
    assert jobs.job_result(going, asked[0].id, reader=facilitator) == Refused("package.not_ended")
    player = Reader(desk=False, person="p-upriver", seat="upriver", shared=True)
    assert jobs.job_result(going, asked[0].id, reader=player) == Refused("access.not_found")


def test_the_commands_write_check_and_restore_a_package(elsewhere: dict[str, str], tmp_path: Path) -> None:
    file, out = tmp_path / "game.zip", StringIO()
    call_command("export_game", elsewhere["no_humans"], output=str(file), stdout=out)
    digest = out.getvalue().split("digest ")[1].split()[0]
    out = StringIO()
    call_command("verify", str(file), digest=digest, stdout=out)
    assert "whole to the last byte" in out.getvalue()
    with pytest.raises(SystemExit):
        call_command("verify", str(file), digest="0" * 64, stdout=StringIO())
    with pytest.raises(CommandError, match="already"):
        call_command("import_game", str(file), stdout=StringIO())


def test_the_import_tells_the_code_and_the_way_of_the_facilitator(kept: dict[str, Kept], tmp_path: Path) -> None:
    file, out = tmp_path / "game.zip", StringIO()
    file.write_bytes(kept["going"].raw)
    with throwaway_store():
        call_command("import_game", str(file), url="http://host/", stdout=out)
        game = Game.objects.get()
        assert game.code in out.getvalue()
        assert game_links(game, base_url="http://host").control_url in out.getvalue()
        assert "it is paused now" in out.getvalue()
