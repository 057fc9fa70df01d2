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
from wargame.aar.archive import archive
from wargame.aar.package.bounds import misfits
from wargame.aar.package.check import check_package
from wargame.aar.package.container import MANIFEST, Damaged, Manifest, Opened, manifest_bytes, opened, sealed
from wargame.aar.package.export import Parts, game_line, manifest_of, package_of, parts_of
from wargame.aar.package.job import PACKAGE, NoParams
from wargame.aar.package.lines import LOG, TOLD, LogLine, read_log, read_told, write_log, write_told
from wargame.aar.package.papers import CODEBOOK, README, codebook
from wargame.aar.package.restore import CannotRestore, import_package
from wargame.aar.work import Reader, Result, Work
from wargame.bots.theatre import throwaway_store
from wargame.game.commands import GameCreate
from wargame.game.state import State
from wargame.lobby.services import game_links
from wargame.play.answers import Refused
from wargame.play.create import Created, create_game
from wargame.store.chain import GENESIS, event_hash
from wargame.store.log import fold, recorded_of
from wargame.store.models import Current, Disclosure, Event, Game, Membership, Timer
from wargame.store.rows import Linked
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


# --- forged -------------------------------------------------------------------------------------------------------
def forged(package: Opened, **members: bytes) -> bytes:
    """Seal a package again with other members: every digest of the container is right."""
    return sealed(package.manifest, {**package.members, **{name.replace("__", "."): m for name, m in members.items()}})


def relinked(events: list[Linked]) -> list[Linked]:
    """Return the events on a chain that is whole."""
    prev, found = GENESIS, []
    for one in events:
        own = event_hash(prev, one.link)
        found.append(Linked(one.link, prev, own))
        prev = own
    return found


def manifest_as(package: Opened, **changes: Any) -> Opened:
    return Opened(replace(package.manifest, game=replace(package.manifest.game, **changes)), package.members)


def test_a_log_changed_and_hashed_anew_settles_otherwise(small: Opened) -> None:
    events = read_log(small.members[LOG], game=small.manifest.game.id)
    at = next(place for place, one in enumerate(events) if one.link.kind == "turn.proposed")
    payload = events[at].link.payload
    assert b'"u":0.' in payload, "a settlement records its dice"
    events[at] = events[at]._replace(link=events[at].link._replace(payload=payload.replace(b'"u":0.', b'"u":0.1', 1)))
    chained = relinked(events)
    package = manifest_as(small, head_hash=chained[-1].hash)
    faults = check_package(forged(package, log__jsonl=write_log(chained))).faults
    assert f"event {at + 1}: the engine settles turn 1 otherwise" in faults


def test_what_a_view_was_told_cannot_be_rewritten(small: Opened) -> None:
    lines = small.members[TOLD].splitlines(keepends=True)
    at = next(place for place, line in enumerate(lines) if b'"kind":"message"' in line)
    lines[at] = lines[at].replace(b'"text":"', b'"text":"Not ', 1)
    faults = check_package(forged(small, told__jsonl=b"".join(lines))).faults
    assert any("was told something else" in fault for fault in faults)


def test_a_case_of_another_text_is_found(small: Opened) -> None:
    root = next(name for name in small.members if name.startswith("case/") and name.count("/") == 1)
    members = {**small.members, root: small.members[root].replace(b"Practice:", b"Rehearsal:", 1)}
    assert members != small.members
    faults = check_package(sealed(small.manifest, members)).faults
    assert faults == ("its case is not the one the game was created with",)


@pytest.mark.parametrize(
    "changes", [{"title": "Another"}, {"status": "running"}, {"preset": "other"}, {"engine": "0.1"}, {"heads": {}}]
)
def test_a_manifest_that_says_something_else_than_the_log_is_found(small: Opened, changes: dict[str, Any]) -> None:
    package = manifest_as(small, **changes)
    assert check_package(sealed(package.manifest, package.members)).faults


def test_a_manifest_written_otherwise_is_found_even_if_it_says_the_same(small: Opened) -> None:
    whole = msgspec.json.decode(_manifest_of(sealed(small.manifest, TINY)), type=Manifest)
    loose = msgspec.json.encode(whole)
    assert loose != manifest_bytes(whole)
    found = opened(archive({**TINY, MANIFEST: loose}))
    assert isinstance(found, Damaged)
    assert f"{MANIFEST} is not written the way a manifest is" in found.faults


def _manifest_of(raw: bytes) -> bytes:
    found = opened(raw)
    assert isinstance(found, Opened)
    return manifest_bytes(found.manifest)


def test_lines_that_no_server_wrote_are_a_sentence_and_not_a_crash(small: Opened) -> None:
    for log in (b"", b"nonsense\n", b"{}\n", small.members[LOG].replace(b'"game.created"', b'"game.invented"', 1)):
        assert check_package(forged(small, log__jsonl=log)).faults


def reworded(package: Opened, old: bytes, new: bytes, *, game: str | None = None) -> bytes:
    """Seal a package whose log and disclosures say `new` for `old`, with every hash and number as they then must be."""
    name, line = game or package.manifest.game.id, package.manifest.game
    log = [
        one._replace(link=one.link._replace(
            game=name, event_id=one.link.event_id.replace(old.decode(), new.decode()),
            payload=one.link.payload.replace(old, new)))
        for one in read_log(package.members[LOG], game=line.id)
    ]  # fmt: skip
    log = relinked(log)
    told = read_told(package.members[TOLD].replace(old, new))
    parts = parts_of(log, [recorded_of(one.link) for one in log], told)
    manifest = manifest_of(
        parts, line=game_line(parts, game=name, created_ms=line.created_ms), engine=package.manifest.engine
    )
    members = {LOG: write_log(log), TOLD: write_told(sorted(told, key=lambda row: (row.seq, row.view, row.n)))}
    return sealed(manifest, {**package.members, **members})


def test_a_package_sealed_again_without_a_change_is_good(small: Opened) -> None:
    assert check_package(reworded(small, b"no such words", b"")).faults == ()


def test_a_seed_put_under_the_hash_that_everybody_was_shown_is_found(small: Opened) -> None:
    events = read_log(small.members[LOG], game=small.manifest.game.id)[:1]
    old = f'"seed":"{small.manifest.seed}"'.encode()
    assert old in events[0].link.payload
    events = relinked([events[0]._replace(link=events[0].link._replace(
        payload=events[0].link.payload.replace(old, b'"seed":"another"')))])  # fmt: skip
    told = [row for row in read_told(small.members[TOLD]) if row.seq == 1]
    parts = parts_of(events, [recorded_of(events[0].link)], told)
    line = game_line(parts, game=small.manifest.game.id, created_ms=small.manifest.game.created_ms)
    manifest = manifest_of(parts, line=line, engine=small.manifest.engine)
    assert (manifest.seed, manifest.seed_hash) == ("another", small.manifest.seed_hash)
    book = codebook(parts.facts, {row.kind for row in told})
    members = {name: text for name, text in small.members.items() if not name.startswith("attachments/")}
    members |= {LOG: write_log(events), TOLD: write_told(told), CODEBOOK: book}
    assert check_package(sealed(manifest, members)).faults == (
        "event 1: its seed is not the one whose hash was shown from the start",
    )


def test_another_world_to_begin_with_and_another_seed_revealed_are_found(small: Opened) -> None:
    events = read_log(small.members[LOG], game=small.manifest.game.id)
    faults: list[str] = []
    for kind, old, new in (
        ("game.created", b'"world":{', b'"world":{"x":1,'),
        ("game.ended", b'"seed":"', b'"seed":"x'),
    ):
        at = next(place for place, one in enumerate(events) if one.link.kind == kind)
        assert old in events[at].link.payload
        changed = list(events)
        changed[at] = events[at]._replace(link=events[at].link._replace(
            payload=events[at].link.payload.replace(old, new)))  # fmt: skip
        chained = relinked(changed)
        package = manifest_as(small, head_hash=chained[-1].hash)
        faults += check_package(forged(package, log__jsonl=write_log(chained))).faults
    assert "event 1: the case begins with another world" in faults
    assert f"event {len(events)}: it reveals another seed than the game was played with" in faults


def test_texts_for_readers_are_those_of_the_release_and_nothing_else_is_in_a_package(small: Opened) -> None:
    changed = {
        **small.members, README: b"Trust me.\n", CODEBOOK: b"{}\n", "run.sh": b"x", "case/zz.yaml": b"a: 1\n",
        "attachments": b"x",
    }  # fmt: skip
    strangers = ["attachments is no part of a package", "case/zz.yaml is no part of a package",
                 "run.sh is no part of a package"]  # fmt: skip
    assert list(check_package(sealed(small.manifest, changed)).faults) == [
        *strangers, f"{README} is not the one this release writes",
        f"{CODEBOOK} is not the one this release writes for this log",
    ]  # fmt: skip
    other = sealed(replace(small.manifest, engine="0.9"), {**small.members, README: b"As 0.9 put it.\n"})
    assert check_package(other).good
    less = {name: text for name, text in small.members.items() if name != README}
    assert check_package(sealed(small.manifest, less)).faults == (f"{README} is missing",)


def test_a_game_called_what_no_server_calls_a_game_is_not_taken_in(small: Opened) -> None:
    name = "a/b; Domain=x"
    with pytest.raises(CannotRestore, match="is called what no server calls a game"):
        import_package(reworded(small, small.manifest.game.id.encode(), name.encode(), game=name), now_ms=NOW)
    parts = _contents_of(small)
    for odd in ("g" * 41, "x y", "", "../up", "g\n"):
        line = replace(small.manifest.game, id=odd)
        (fault,) = misfits(line, log=parts.log, told=parts.told, state=parts.state)
        assert fault.startswith("the game is called what no server calls a game"), odd


def test_what_a_column_does_not_hold_is_a_sentence_whatever_the_database_is(small: Opened) -> None:
    parts = _contents_of(small)
    line, log, told = small.manifest.game, parts.log, parts.told
    link = log[0].link
    person = next(iter(parts.state.people.values()))
    assert misfits(line, log=log, told=told, state=parts.state) == []
    found = misfits(
        replace(line, title="\0", created_ms=1 << 63), log=[log[0]._replace(link=link._replace(cause="c" * 101))],
        told=[told[0]._replace(key="k" * 201)], state=replace(parts.state, people={
            "a b": person, "c": replace(person, display="d" * 81)}),
    )  # fmt: skip
    assert found == [
        "the game has a title with a character that no server keeps",
        "event 1 has a cause of 101 letters; a server keeps 100",
        f"a disclosure of event {told[0].seq} has a key of 201 letters; a server keeps 200",
        "a person of the game has an id that no server gives",
    ]
    found = misfits(line, log=[log[0]._replace(link=link._replace(v=1 << 31))], told=(), state=parts.state)
    assert found == ["event 1 has a v that is too large a number to be kept"]


def _contents_of(package: Opened) -> Parts:
    log = read_log(package.members[LOG], game=package.manifest.game.id)
    return parts_of(log, [recorded_of(one.link) for one in log], read_told(package.members[TOLD]))


@pytest.mark.parametrize("member", [LOG, TOLD, "case"])
def test_what_is_nested_without_end_is_a_sentence_and_not_the_end_of_the_process(small: Opened, member: str) -> None:
    root = next(name for name in small.members if name.startswith("case/") and name.count("/") == 1)
    deep = {
        LOG: b'{"seq":1,"id":"a","kind":"game.created","v":1,"actor":' + b"[" * 200_000,
        TOLD: b'{"seq":1,"at_ms":1,"kind":"frame","key":"","value":' + b"[" * 200_000, "case": b"[" * 100_000,
    }  # fmt: skip
    changed = {**small.members, root if member == "case" else member: deep[member]}
    (fault,) = check_package(sealed(small.manifest, changed)).faults
    assert ("nested deeper than" if member == "case" else "nested too deep") in fault


def test_a_manifest_nested_without_end_is_a_sentence() -> None:
    for raw in (b'{"members":' + b"[" * 200_000, b'{"x":' + b"[" * 200_000):
        found = opened(archive({**TINY, MANIFEST: raw}))
        assert isinstance(found, Damaged)
        assert found.faults[0].startswith(f"{MANIFEST} cannot be read")


def test_a_package_does_not_word_the_comments_of_a_case_that_is_shipped_here(small: Opened) -> None:
    root = next(name for name in small.members if name.startswith("case/") and name.count("/") == 1)
    planted = sealed(small.manifest, {**small.members, root: small.members[root] + b"# planted\n"})
    assert check_package(planted).good
    with throwaway_store():
        game = import_package(planted, now_ms=NOW).game
        assert package_of(game) == sealed(small.manifest, small.members)


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
