"""The file of a game package: its members, the manifest that names each of them with its digest, and its one form.

A package is exactly what `sealed` makes of its members. So a byte that was changed anywhere, in a member, in the
manifest or in what only a zip reader looks at, makes it another file than its contents give, and `opened` says where.
Owns no meaning: what the members say is checked by `check`.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import PurePosixPath

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from wargame.aar.archive import archive

FORMAT = "wargame-package/1"
MANIFEST = "manifest.json"
BLOCK = 4096
_UNREADABLE = (
    zipfile.BadZipFile, struct.error, zlib.error, EOFError, OSError, OverflowError, LookupError, RuntimeError,
    ValueError,
)  # fmt: skip
"""What reading a damaged zip can end in."""


class Member(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the package: its name, its length in bytes and its SHA-256."""

    name: str
    bytes: int
    sha256: str


class GameLine(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which game it is and where its log stands. `heads`: view -> how many disclosures it has had."""

    id: str
    title: str
    scenario: str
    scenario_hash: str
    preset: str
    engine: str
    created_ms: int
    status: str
    head: int
    head_hash: str
    heads: dict[str, int]


class Manifest(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is in a package. `engine`: that of the server that wrote it; `engines`: all that wrote events of the log.

    `digest`: SHA-256 of the manifest itself with this field left empty; since that names the digest of every member,
    it stands for the whole package.
    """

    format: str
    digest: str
    engine: str
    engines: tuple[str, ...]
    seed: str
    seed_hash: str
    game: GameLine
    members: tuple[Member, ...]


class Opened(Struct, frozen=True):
    """A package that is whole: its manifest, and its members but the manifest."""

    manifest: Manifest
    members: dict[str, bytes]


class Damaged(Struct, frozen=True):
    """A file that is no whole package, with why in sentences."""

    faults: tuple[str, ...]


def sealed(manifest: Manifest, members: Mapping[str, bytes]) -> bytes:
    """Return the package of these members; `members` and `digest` of the manifest are filled in here."""
    listed = tuple(Member(name, len(members[name]), sha256(members[name]).hexdigest()) for name in sorted(members))
    whole = replace(manifest, members=listed)
    whole = replace(whole, digest=digest_of(whole))
    return archive({**members, MANIFEST: manifest_bytes(whole)})


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return the one way to write a manifest."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="deterministic"), indent=1) + b"\n"


def digest_of(manifest: Manifest) -> str:
    """Return the hex SHA-256 that stands for the whole package."""
    return sha256(manifest_bytes(replace(manifest, digest=""))).hexdigest()


def opened(raw: bytes) -> Opened | Damaged:
    """Open a package, or say everything that is wrong with the file. Nothing of a damaged one is handed out."""
    try:
        members = _members(raw)
    except _UNREADABLE as broken:
        return Damaged((f"this cannot be read as a package: {_words(broken)}",))
    manifest, faults = _manifest(members.pop(MANIFEST, None))
    if manifest is None:
        return Damaged(tuple(faults))
    faults += _listed(manifest, members)
    again = archive({**members, MANIFEST: manifest_bytes(manifest)})
    if again != raw:
        faults.append(_first_difference(raw, again))
    return Damaged(tuple(faults)) if faults else Opened(manifest, members)


def _members(raw: bytes) -> dict[str, bytes]:
    """Return name -> bytes. Raises one of _UNREADABLE; never reads more than the file itself holds."""
    with zipfile.ZipFile(BytesIO(raw)) as folder:
        entries = folder.infolist()
        if any(entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1 for entry in entries):
            raise ValueError("a member is compressed or locked; members of a package are stored as they are")
        if sum(entry.file_size for entry in entries) > len(raw):
            raise ValueError("its members are said to be longer than the file")
        names = [entry.filename for entry in entries]
        if len(set(names)) != len(names):
            raise ValueError("a member is there twice")
        strange = next((name for name in names if not _plain(name)), None)
        if strange is not None:
            raise ValueError(f"a member has a name that leads elsewhere: {strange!r}")
        return {entry.filename: folder.read(entry) for entry in entries}


def _plain(name: str) -> bool:
    """Tell whether a name stays inside the folder it is unpacked into, on any system."""
    path = PurePosixPath(name)
    parts = path.parts
    usual = "\\" not in name and ":" not in name and str(path) == name
    return usual and not path.is_absolute() and bool(parts) and not {".", ".."} & set(parts)


def _manifest(raw: bytes | None) -> tuple[Manifest | None, list[str]]:
    if raw is None:
        return None, [f"there is no {MANIFEST} in it: this is no game package"]
    try:
        manifest = msgspec.json.decode(raw, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as broken:
        return None, [f"{MANIFEST} cannot be read: {broken}"]
    if manifest.format != FORMAT:
        return None, [f"it is of the format {manifest.format!r}; this release reads {FORMAT}"]
    faults = []
    if manifest_bytes(manifest) != raw:
        faults.append(f"{MANIFEST} is not written the way a manifest is")
    if digest_of(manifest) != manifest.digest:
        faults.append(f"{MANIFEST} was changed after it was written")
    return manifest, faults


def _listed(manifest: Manifest, members: Mapping[str, bytes]) -> Iterator[str]:
    """Yield how the members differ from what the manifest says of them."""
    said = {member.name: member for member in manifest.members}
    for name in sorted(said.keys() | members.keys()):
        if name not in members:
            yield f"{name} is missing"
        elif name not in said:
            yield f"{name} is in the file and not in the manifest"
        elif (len(members[name]), sha256(members[name]).hexdigest()) != (said[name].bytes, said[name].sha256):
            yield f"{name} was changed after the package was written"


def _first_difference(raw: bytes, again: bytes) -> str:
    both = min(len(raw), len(again))
    at = next(
        (place for place in range(0, both, 4096) if raw[place : place + 4096] != again[place : place + 4096]), both
    )
    at = next((place for place in range(at, both) if raw[place] != again[place]), both)
    return f"the file is not what its contents give, from byte {at} of {len(raw)} on"


def _words(broken: BaseException) -> str:
    return " ".join(str(broken).split()) or type(broken).__name__
