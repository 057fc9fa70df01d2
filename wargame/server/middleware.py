"""Headers every answer carries, and the check that a change is asked for by our own pages only."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def content_policy(request: HttpRequest, nonce: str) -> str:
    """Return the content security policy of a page: everything from this server, nothing from anywhere else."""
    host = request.get_host()
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            f"style-src 'self' 'nonce-{nonce}'",
            # Widths of bars and positions of menus are written as style attributes; they can load nothing.
            "style-src-attr 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            # Some browsers do not count WebSockets of the same host as 'self'.
            f"connect-src 'self' ws://{host} wss://{host}",
            "manifest-src 'self'",
            "worker-src 'self'",
            "frame-src 'self'",
            "frame-ancestors 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "object-src 'none'",
        ]
    )


class PageHeaders:
    """Add the content security policy and the permissions policy; a view finds its nonce in `request.csp_nonce`."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers added."""
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", content_policy(request, nonce))
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        return response


class SameOrigin:
    """Refuse changes a browser sends on behalf of another site. Programs send neither header and carry no cookie."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, or refuse it."""
        if request.method in SAFE_METHODS or not is_cross_site(request):
            return self.get_response(request)
        refusal: HttpResponse = JsonResponse({"code": "request.cross_site", "params": {}}, status=403)
        return refusal


def is_cross_site(request: HttpRequest) -> bool:
    """Tell whether a browser says that a page of another site made this request."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()
