"""Starts the desk, opens its page, and ends with the terminal, or with the last page if that was asked for."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import webbrowser
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import uvicorn

from pdfbuilder.desk.guard import Guard
from pdfbuilder.desk.offers import Offers
from pdfbuilder.desk.server import Watch, application
from pdfbuilder.desk.words import lacking
from pdfbuilder.diagnostics import Diagnostic, InvalidInput
from pdfbuilder.domain.places import said
from pdfbuilder.reading.library import Library

if TYPE_CHECKING:
    from pdfbuilder.desk.answers import Desk
    from pdfbuilder.desk.people import Lists
    from pdfbuilder.pipeline import Renderer

#: Seconds without a page after which the desk leaves, if it is to: a page that is loaded anew comes back sooner.
_LINGER: Final = 8.0
#: Seconds that the first page may take to come.
_PATIENCE: Final = 120.0
#: So many ports are tried until the same one is free under both addresses of this machine.
_TRIES: Final = 20


def run(
    library: Library,
    language: str,
    renderer: Callable[[], Renderer],
    *,
    tell: Callable[[str], None],
    opens: bool = True,
    quit_when_closed: bool = False,
) -> None:
    """Serve the desk until Ctrl-C.

    Args:
        library: what there is to choose from.
        language: the desk's: code or tag.
        renderer: gives what sheets are made with.
        tell: takes a line for the terminal.
        opens: whether the page is opened in a browser.
        quit_when_closed: whether to end with the last page.

    Raises:
        InvalidInput: if there is no such language, or the desk has no words in it.
    """
    spoken = library.language(language)
    if missing := lacking(spoken, library.language("en")):
        named = ", ".join(missing[:3]) + (" …" if len(missing) > 3 else "")
        message = f"the desk has no words in {spoken.name}: its language file lacks desk: {named}"
        hint = "take another language, such as en, or add them to the file"
        raise InvalidInput([Diagnostic("desk-words", message, said("language"), hint=hint)])
    offers = Offers(library, spoken)

    def makers() -> tuple[Desk, Lists]:
        from pdfbuilder.desk.answers import Desk  # noqa: PLC0415
        from pdfbuilder.desk.people import Lists  # noqa: PLC0415

        desk = Desk(renderer(), spoken)
        return desk, Lists(desk)

    sockets = _listening()
    with contextlib.ExitStack() as stack:
        for each in sockets:
            stack.callback(each.close)
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_serve(offers, makers, sockets, tell, opens=opens, quit_when_closed=quit_when_closed))


def _listening() -> list[socket.socket]:
    """Sockets that only this machine reaches, on a port that is free: 127.0.0.1, and ::1 where there is one."""
    for _ in range(_TRIES):
        first = _bound(socket.AF_INET, "127.0.0.1", 0)
        port = first.getsockname()[1]
        try:
            return [first, _bound(socket.AF_INET6, "::1", port)]
        except OSError:
            if not _has_v6():
                return [first]
            first.close()
    return [_bound(socket.AF_INET, "127.0.0.1", 0)]


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # The protocol is named so that what is accepted sends at once, and does not wait 40 ms for the browser (Nagle).
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.bind((host, port))
        made.listen(64)
    except OSError:
        made.close()
        raise
    return made


def _has_v6() -> bool:
    try:
        _bound(socket.AF_INET6, "::1", 0).close()
    except OSError:
        return False
    return True


async def _serve(
    offers: Offers,
    makers: Callable[[], tuple[Desk, Lists]],
    sockets: list[socket.socket],
    tell: Callable[[str], None],
    *,
    opens: bool,
    quit_when_closed: bool,
) -> None:
    watch = Watch()
    port = sockets[0].getsockname()[1]
    # First what the page asks for first.
    tasks: list[asyncio.Task[Any]] = [asyncio.create_task(asyncio.to_thread(offers.in_json))]

    @cache
    def made() -> asyncio.Task[tuple[Desk, Lists]]:
        # To import what draws and writes would keep the first view waiting: it is done when that is there.
        tasks.append(asyncio.create_task(asyncio.to_thread(makers)))
        return tasks[-1]

    # A page that is closed while it waits must not end it for the next one.
    guard = Guard(application(offers, lambda: asyncio.shield(made()), watch), port)
    config = uvicorn.Config(
        guard,
        # Who asked for what is nobody's business, and what went wrong may quote somebody.
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        date_header=False,
        proxy_headers=False,
        limit_concurrency=100,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    address = f"http://127.0.0.1:{port}/?token={guard.token}"
    tell(f"The desk is at {address}")
    tell("It is for this machine only. Ctrl-C ends it.")
    tasks.append(asyncio.create_task(_leave(server, watch, quit_when_closed=quit_when_closed)))
    if opens:
        tasks.append(asyncio.create_task(asyncio.to_thread(webbrowser.open, address)))
    await server.serve(sockets=sockets)
    for each in tasks:
        each.cancel()


async def _leave(server: uvicorn.Server, watch: Watch, *, quit_when_closed: bool) -> None:
    """Let go of the pages when the server ends; end it when the last of them has gone, if it is to."""
    alone = 0.0
    step = 0.1
    while not server.should_exit:
        await asyncio.sleep(step)
        alone = 0.0 if watch.open else alone + step
        if quit_when_closed and alone > (_LINGER if watch.has_been_open else _PATIENCE):
            server.should_exit = True
    watch.is_over.set()
