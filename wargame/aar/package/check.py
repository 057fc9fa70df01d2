"""Checking a package without any database: the file is whole, and the game in it comes out again as it is written.

Says what was found in sentences. Writes nothing, and keeps nothing but what it was given.
"""

from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from adjudication.scenario import Scenario, ScenarioErrors, rescheduled
from adjudication.scenario.schedule import MARK
from wargame.aar.package.bounds import misfits
from wargame.aar.package.container import MANIFEST, Damaged, Manifest, Opened, opened
from wargame.aar.package.export import CASE, Parts, game_line, manifest_of, parts_of
from wargame.aar.package.lines import LOG, TOLD, read_log, read_told
from wargame.aar.package.papers import ATTACHMENTS, CODEBOOK, README, attachments, codebook, readme
from wargame.game.events import GameRewound, Recorded
from wargame.store.cases import case_of_text
from wargame.store.log import recorded_of
from wargame.store.restoring import ToldRow
from wargame.store.retold import Line
from wargame.store.rows import Linked
from wargame.store.verify import Kept, Verdict, verify_kept
from wargame.version import ENGINE


class Contents(Struct, frozen=True):
    """The game of a whole package: its case (as text and on its preset), its log, what its views were told."""

    manifest: Manifest
    files: dict[str, str]
    text: Scenario
    case: Scenario
    log: list[Linked]
    told: list[ToldRow]


class Checked(Struct, frozen=True):
    """What was checked and what was found. `sha256` is that of the file; `contents` only if nothing was wrong."""

    sha256: str
    manifest: Manifest | None
    verdict: Verdict | None
    faults: tuple[str, ...]
    contents: Contents | None = None

    @property
    def good(self) -> bool:
        """Tell whether nothing was found wrong."""
        return not self.faults

    @property
    def foreign(self) -> bool:
        """Tell whether another engine than this one wrote the package: then the rules may well settle otherwise."""
        return self.manifest is not None and self.manifest.engine != ENGINE


def check_package(raw: bytes) -> Checked:
    """Check what is said to be a package: container, digests, case, chain, replay, and what the views were told."""
    own = sha256(raw).hexdigest()
    file = opened(raw)
    if isinstance(file, Damaged):
        return Checked(own, None, None, file.faults)
    try:
        contents = _contents(file)
    except RecursionError:
        contents = "it is nested too deep to be read"
    if isinstance(contents, str):
        return Checked(own, file.manifest, None, (contents,))
    try:
        verdict = verify_kept(_kept(contents))
        faults = [*verdict.faults, *_others(file, contents)]
    except Exception as broken:  # noqa: BLE001 - a log that no server wrote may break any rule; say so, do not fall over
        said = f"the log cannot be played again: {type(broken).__name__} {broken}"
        return Checked(own, file.manifest, None, (" ".join(said.split())[:400],))
    return Checked(own, file.manifest, verdict, tuple(faults), None if faults else contents)


def _contents(file: Opened) -> Contents | str:
    """Return what a package holds, or the sentence that says why it cannot be read."""
    line, prefix = file.manifest.game, f"{CASE}/"
    missing = next((name for name in (LOG, TOLD) if name not in file.members), None)
    if missing is not None:
        return f"{missing} is missing"
    try:
        names = sorted(name.removeprefix(prefix) for name in file.members if name.startswith(prefix))
        names.sort(key=lambda name: "/" in name)
        files = {name: file.members[prefix + name].decode() for name in names}
        text = case_of_text(files) if files else None
    except (ScenarioErrors, OSError, ValueError) as broken:
        return f"its case cannot be read: {broken}"[:2000]
    case = None if text is None else rescheduled(text, line.scenario_hash.partition(MARK)[2])
    if text is None or case is None or (case.meta.id, case.content_hash) != (line.scenario, line.scenario_hash):
        return "its case is not the one the game was created with"
    try:
        log, told = read_log(file.members[LOG], game=line.id), read_told(file.members[TOLD])
    except (msgspec.DecodeError, UnicodeDecodeError) as broken:
        return f"its lines cannot be read: {broken}"
    if not log:
        return "its log is empty"
    return Contents(file.manifest, files, text, case, log, told)


def _kept(contents: Contents) -> Kept:
    line = contents.manifest.game
    by_view: dict[str, list[Line]] = {}
    for row in contents.told:
        by_view.setdefault(row.view, []).append(Line(row.seq, row.kind, row.key, row.value, row.first_n))

    def told(view: str) -> list[Line]:
        return by_view.get(view, [])

    return Kept(
        game=line.id, head=line.head, head_hash=line.head_hash, heads=line.heads, case=contents.case,
        log=lambda: contents.log, told=told, frozen=lambda seq: None,
    )  # fmt: skip


def _others(file: Opened, contents: Contents) -> list[str]:
    """Return what is wrong with members and numbers that follow from the log."""
    faults = []
    said, facts = file.manifest, [recorded_of(linked.link) for linked in contents.log]
    parts = parts_of(contents.log, facts, contents.told)
    line = game_line(parts, game=said.game.id, created_ms=said.game.created_ms)
    if replace(said, digest="", members=()) != manifest_of(parts, line=line, engine=said.engine):
        faults.append(f"{MANIFEST} says something else of the game than its log")
    papers = {name: text for name, text in file.members.items() if name.startswith(f"{ATTACHMENTS}/")}
    if papers != attachments(facts):
        faults.append("the attachments are not the papers that went with the injects of the log")
    faults += misfits(said.game, log=contents.log, told=contents.told, state=parts.state)
    return [
        *faults,
        *_strangers(file, root=next(iter(contents.files))),
        *_words(file, parts),
        *_times(contents.told, facts),
    ]


def _strangers(file: Opened, *, root: str) -> Iterator[str]:
    """Yield the members that no package has. What stands in those of a case was held against the game's own hash.

    That hash covers what the case says; comments, and files of its folder that its root does not name, are words of
    whoever made the package (ADR 0129).
    """
    folder = f"{root.removesuffix('.yaml')}/"
    for name in sorted(file.members):
        top, _, rest = name.partition("/")
        known = name in (LOG, TOLD, README, CODEBOOK) or (top == ATTACHMENTS and rest)
        if not known and not (top == CASE and (rest == root or rest.startswith(folder))):
            yield f"{name} is no part of a package"


def _words(file: Opened, parts: Parts) -> Iterator[str]:
    """Yield which of the texts for readers is not the one this release writes; those of another one are its own."""
    for name in (README, CODEBOOK):
        if name not in file.members:
            yield f"{name} is missing"
    if file.manifest.engine != ENGINE:
        return
    if file.members.get(README, readme()) != readme():
        yield f"{README} is not the one this release writes"
    book = codebook(parts.facts, {row.kind for row in parts.told})
    if file.members.get(CODEBOOK, book) != book:
        yield f"{CODEBOOK} is not the one this release writes for this log"


def _times(told: list[ToldRow], facts: list[Recorded]) -> Iterator[str]:
    """Yield a sentence for the first disclosure of each view that has another number or time than it must have."""
    at = {fact.seq: None if isinstance(fact.payload, GameRewound) else fact.at_ms for fact in facts}
    for view, rows in groupby(told, lambda row: row.view):
        for number, row in enumerate(rows, start=1):
            if row.n != number:
                yield f"view {view}: disclosure {number} has the number {row.n}"
                break
            if at.get(row.seq, 0) not in (None, row.at_ms):
                yield f"view {view}: disclosure {number} has another time than event {row.seq}"
                break
