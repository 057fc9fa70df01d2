"""A package that somebody wrote anew, every digest right: what it says is held against the rules, and bounded."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from tests.support.odd_games import odd_game
from wargame.aar.archive import archive
from wargame.aar.package.bounds import misfits
from wargame.aar.package.check import check_package
from wargame.aar.package.container import MANIFEST, Damaged, Manifest, Opened, manifest_bytes, opened, sealed
from wargame.aar.package.export import Parts, game_line, manifest_of, package_of, parts_of
from wargame.aar.package.lines import LOG, TOLD, read_log, read_told, write_log, write_told
from wargame.aar.package.papers import CODEBOOK, README, codebook
from wargame.aar.package.restore import CannotRestore, import_package
from wargame.bots.theatre import throwaway_store
from wargame.store.chain import GENESIS, event_hash
from wargame.store.log import recorded_of
from wargame.store.rows import Linked

pytestmark = pytest.mark.one_store

NOW = 1_800_000_000_000
TINY: dict[str, bytes] = {"log.jsonl": b'{"a":1}\n', "case/a.yaml": b"a: 1\n", "README.txt": b"Read.\n"}


@pytest.fixture(scope="module")
def small(django_db_blocker: Any) -> Opened:
    """Play the shortest game somewhere, pack it, and return the package, opened."""
    with django_db_blocker.unblock(), throwaway_store():
        found = opened(package_of(odd_game("no_humans")))
    assert isinstance(found, Opened)
    return found


@pytest.fixture(scope="module", autouse=True)
def elsewhere(django_db_blocker: Any) -> Iterator[None]:
    """Check and take in where no game is."""
    with django_db_blocker.unblock(), throwaway_store():
        yield


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
