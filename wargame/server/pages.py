"""Serves the one HTML page of the built frontend. Holds no text of its own but the sentence for a missing build."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

# The build leaves this word where a nonce belongs (`html.cspNonce` of Vite).
NONCE_MARK = "__CSP_NONCE__"
NOT_BUILT = (
    "The pages are not built yet. Run `make build` (or `make run`) in the project, then load this address again.\n"
)


@lru_cache(maxsize=2)
def _page_text(path: Path, _changed_ns: int) -> str:
    return path.read_text(encoding="utf-8")


@require_safe
def single_page(request: HttpRequest) -> HttpResponse:
    """Return the page; its script reads the address and shows the screen."""
    path = Path(settings.FRONTEND_DIST) / "index.html"
    try:
        text = _page_text(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain; charset=utf-8")
    nonce: str = request.csp_nonce  # type: ignore[attr-defined]
    return HttpResponse(text.replace(NONCE_MARK, nonce), headers={"Cache-Control": "no-store"})
