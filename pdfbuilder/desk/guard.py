"""Who may ask the desk anything: the page that it has opened itself, on this machine, and no other page or program.

A website that a browser has open beside the desk can send requests to it, and by a name of its own that suddenly means
this machine it can even read the answers. So each request has to name the desk as its host, has to come with the cookie
that only the address with the token sets, and, if it changes anything, from the desk's own page.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The largest request: a roster of a few thousand people.
MOST_BYTES: Final = 2_000_000
#: Nothing from elsewhere, nothing inline, nobody's frame but the desk's own, in which a sheet is printed.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self' blob:; form-action 'none'; base-uri 'none'; frame-ancestors {}"
)
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
#: What a page may ask for without saying where it comes from.
_READING: Final = ("GET", "HEAD")


class TooLarge(Exception):
    """A request is larger than `MOST_BYTES`."""


class Guard:
    """Lets through what comes from the desk's own page, and marks what goes back.

    Args:
        app: what answers.
        port: where it listens.
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self.hosts = tuple(f"{host}:{port}" for host in ("127.0.0.1", "localhost", "[::1]"))
        self.token = secrets.token_urlsafe(32)
        self._secret = secrets.token_urlsafe(32)
        # A cookie is for all ports of a machine, and a second desk has its own.
        self._cookie = f"desk-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal:
            await refusal(scope, receive, _marked(scope, send))
            return
        await self._app(scope, _bounded(receive), _marked(scope, send))

    def _refusal(self, scope: Scope) -> Response | None:
        headers, method = Headers(scope=scope), scope["method"]
        host = headers.get("host", "")
        if len(headers.getlist("host")) != 1 or host not in self.hosts:
            return PlainTextResponse("this is not the desk's address", 421)
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            return PlainTextResponse("this page is not the desk's", 403)
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none") and scope["path"] != "/":
            return PlainTextResponse("this page is not the desk's", 403)
        given = _parameter(scope, "token")
        if scope["path"] == "/" and method == "GET" and given:
            return self._welcome(given)
        if not self._knows(headers):
            return PlainTextResponse("open the desk by the address in its terminal", 403)
        if method not in _READING and origin is None:
            return PlainTextResponse("this page is not the desk's", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return PlainTextResponse("too large", 413)
        return None

    def _welcome(self, given: str) -> Response:
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            return PlainTextResponse("open the desk by the address in its terminal", 403)
        # The token does not stay in the address.
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._cookie, self._secret, httponly=True, samesite="strict", path="/")
        return answer

    def _knows(self, headers: Headers) -> bool:
        # What other programs on this machine have set comes, too, and need not be what Python takes for a cookie.
        given = (cookie_parser(each).get(self._cookie, "") for each in headers.getlist("cookie"))
        return any(hmac.compare_digest(each.encode(), self._secret.encode()) for each in given)


def _parameter(scope: Scope, name: str) -> str:
    query: bytes = scope["query_string"]
    return parse_qs(query.decode("latin-1")).get(name, [""])[0]


def _bounded(receive: Receive) -> Receive:
    """The body of a request as far as it may go, whatever its length is said to be."""
    came = 0

    async def counted() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > MOST_BYTES:
            raise TooLarge
        return message

    return counted


def _marked(scope: Scope, send: Send) -> Send:
    """Answers that no cache keeps, no other page shows, and that fetch nothing from anywhere."""
    ancestors = "'self'" if scope["path"].startswith(("/sheet/", "/batch/")) else "'none'"

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = _POLICY.format(ancestors)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return marked
