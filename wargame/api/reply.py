"""How the HTTP edge speaks: JSON bodies in, JSON answers out, refusals as {code, params, text}."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import msgspec
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from wargame.clock import utc_ms
from wargame.lobby import attempts
from wargame.play.answers import Refused
from wargame.play.wire import malformed
from wargame.protocol.errors import sentence

T = TypeVar("T")
View = Callable[..., HttpResponse]
STATUS = {
    "access.unknown": 401, "access.staff_only": 401, "access.removed": 403, "access.denied": 403,
    "access.not_found": 404, "join.unknown_code": 404, "join.too_many_tries": 429, "request.method": 405,
    "join.no_guests": 403,
    "access.content_type": 415, "replay.own_view_only": 403, "scenario.unknown": 404, "server.failed": 500,
}  # fmt: skip
"""HTTP status of a refusal; 400 where none is named (409 for refusals by the rules, see `refuse`)."""


class Stop(Exception):
    """Ends a view with a refusal. Raised and caught inside this package only."""

    def __init__(self, why: Refused) -> None:
        """Keep the reason."""
        self.why = why


def answer(value: object, *, status: int = 200) -> HttpResponse:
    """Return a value as JSON, never cached."""
    return raw(msgspec.json.encode(value), status=status)


def raw(body: bytes | str, *, status: int = 200) -> HttpResponse:
    """Return JSON that is encoded already."""
    return HttpResponse(body, status=status, content_type="application/json", headers={"Cache-Control": "no-store"})


def refuse(why: Refused) -> HttpResponse:
    """Return a refusal with its code, its parameters and the sentence for people."""
    status = STATUS.get(why.code, 400 if why.code.split(".")[0] in ("request", "join", "access") else 409)
    response = answer({"code": why.code, "params": why.params, "text": sentence(why.code, why.params)}, status=status)
    # Django would write the address of a refused request to the log, and an address may be somebody's way in.
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
    return response


def endpoint(*methods: str) -> Callable[[View], View]:
    """Make a view of a function: check the method, turn refusals into answers."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if "\0" in request.path or any("\0" in value for value in request.GET.values()):
                return refuse(Refused("access.not_found"))  # PostgreSQL cannot even be asked
            if request.method not in methods:
                return refuse(Refused("request.method"))
            try:
                return view(request, *args, **kwargs)
            except Stop as stop:
                return refuse(stop.why)

        return inner

    return wrap


def body(request: HttpRequest, kind: type[T]) -> T:
    """Return the JSON body as a typed value; stops the view with where it went wrong."""
    if request.content_type != "application/json":
        raise Stop(Refused("access.content_type"))
    try:
        return msgspec.json.decode(request.body, type=kind)
    except msgspec.ValidationError as error:
        raise Stop(malformed("request.malformed", error)) from None
    except RequestDataTooBig:
        limit = f"at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes"
        raise Stop(Refused("request.malformed", {"at": "$", "expected": limit})) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Stop(Refused("request.malformed", {"at": "$", "expected": "JSON"})) from None


def number(request: HttpRequest, name: str) -> int | None:
    """Return a whole number of the query, or None if it is not given."""
    given = request.GET.get(name)
    if given is None or given == "":
        return None
    if not given.isdecimal() or len(given) > 18:
        raise Stop(Refused("request.malformed", {"at": name, "expected": "a whole number"}))
    return int(given)


def ok(value: T | Refused) -> T:
    """Return a value, or stop the view with its refusal."""
    if isinstance(value, Refused):
        raise Stop(value)
    return value


def base_url(request: HttpRequest) -> str:
    """Return the address people on other machines use."""
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"


def address_of(request: HttpRequest) -> str:
    """Return the address a request comes from; behind our proxy the one the proxy saw."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    return (forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR") or "")[:80]


def may_try(request: HttpRequest) -> None:
    """Stop the view for an address that has tried too many codes or links that lead nowhere."""
    wait = attempts.wait_s(address_of(request), now_ms=utc_ms())
    if wait:
        raise Stop(Refused("join.too_many_tries", {"wait_s": wait}))
