"""One way to put several files into one: a zip whose bytes follow from its members and from nothing else.

Owns the form of the container. No time, no owner, no comment; members in order of their names and, unless asked for
otherwise, stored as they are, so that the same members give the same bytes on every machine. It reads no member.
"""

import io
import zipfile
from collections.abc import Mapping

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment the format can name: the time of every member."""
_UNIX, _READABLE = 3, 0o100644


def archive(members: Mapping[str, bytes], *, compressed: bool = False) -> bytes:
    """Return a zip of these members (name -> bytes). ZIP application note 6.3, without any optional field.

    `compressed`: deflate them; the bytes are then the same only where the same zlib is at work.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as folder:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, date_time=EPOCH)
            entry.create_system, entry.external_attr = _UNIX, _READABLE << 16
            entry.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
            folder.writestr(entry, members[name])
    return out.getvalue()
