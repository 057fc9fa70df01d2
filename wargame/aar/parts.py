"""Parts of a built report page, so that a browser draws the first ones while the long ones are on their way.

Owns taking sections out of a stored page without reading them. What a view may know was settled when it was built.
"""

from collections.abc import Collection

import msgspec

from wargame.aar.refs import FRAME

_SECTIONS = msgspec.json.Decoder(dict[str, msgspec.Raw])


def parts_of(page: bytes, *, only: Collection[str] = (), without: Collection[str] = ()) -> bytes:
    """Return a page with its frame and `only` these sections, or all but those `without`; else the page as it is.

    A section the page does not have is not in the answer: a seat's page has fewer, and none is invented.
    """
    if not only and not without:
        return page
    sections = _SECTIONS.decode(page)
    wanted = (FRAME | set(only) if only else set(sections)) - set(without)
    return msgspec.json.encode({name: section for name, section in sections.items() if name in wanted})
