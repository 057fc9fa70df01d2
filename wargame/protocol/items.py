"""One disclosure as JSON text: the same on the socket and over HTTP. The value is JSON already."""

import json


def item_text(*, n: int, kind: str, key: str, at_ms: int, value: bytes) -> str:
    """Return an item of a feed, a snapshot or a page."""
    return f'{{"n":{n},"k":{json.dumps(kind)},"id":{json.dumps(key)},"at":{at_ms},"v":{value.decode()}}}'
