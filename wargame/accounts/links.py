"""Tokens of links. They are derived from the installation's key, so that a link can be shown again and none is stored.

Changing SECRET_KEY makes all links void. What a token lets one do is looked up by its hash.
"""

import base64
import hashlib
import hmac

from django.conf import settings


def link_token(kind: str, *about: str) -> str:
    """Return the token of a link of some kind about something; the same every time."""
    said = "\n".join(("link", kind, *about)).encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


def same_token(given: str, wanted: str) -> bool:
    """Compare without telling by time how much was right."""
    return hmac.compare_digest(given.encode(), wanted.encode())
