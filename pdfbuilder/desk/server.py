"""The desk's addresses, each with what it answers."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from html import escape
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct, structs
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from pdfbuilder.desk import phases, plans
from pdfbuilder.desk.findings import findings
from pdfbuilder.desk.guard import TooLarge
from pdfbuilder.desk.offers import Offers
from pdfbuilder.diagnostics import InvalidInput
from pdfbuilder.domain.side import AffectedSide
from pdfbuilder.typeface.files import screen_font

if TYPE_CHECKING:
    from pdfbuilder.desk.answers import Desk
    from pdfbuilder.desk.people import Lists

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".html": "text/html; charset=utf-8",
}
#: Where a word of the language stands in a page.
_SLOT: Final = re.compile(r"\{\{(\w+)\}\}")
#: Seconds between two signs of life to a page.
_BEAT: Final = 15.0


class AboutPlan(Struct, forbid_unknown_fields=True):
    """A question about a plan."""

    revision: int
    plan: plans.DeskPlan


class Opened(Struct, forbid_unknown_fields=True):
    """A file that was chosen to be opened."""

    name: str
    text: str


class OwnSteps(Struct, forbid_unknown_fields=True):
    """Steps of an exercise that somebody is writing."""

    lines: tuple[str, ...]


class Watch:
    """How many pages are open, for whoever wants to leave with the last of them."""

    def __init__(self) -> None:
        self.open = 0
        self.has_been_open = False
        self.is_over = asyncio.Event()

    async def beats(self) -> AsyncIterator[bytes]:
        """Signs of life for one page, until it closes."""
        self.open += 1
        self.has_been_open = True
        try:
            while not self.is_over.is_set():
                yield b": here\n\n"
                try:
                    await asyncio.wait_for(self.is_over.wait(), _BEAT)
                except TimeoutError:
                    continue
        finally:
            self.open -= 1


def application(offers: Offers, ready: Callable[[], Awaitable[tuple[Desk, Lists]]], watch: Watch) -> Starlette:
    """What answers the desk's page.

    Args:
        offers: what the page shows first.
        ready: what makes sheets, once it is there: it is got ready when it is first asked for.
        watch: counts the pages.
    """
    folder = files("pdfbuilder.desk") / "page"

    async def page(request: Request) -> Response:
        html = (folder / "desk.html").read_text(encoding="utf-8")
        html = _SLOT.sub(lambda found: escape(offers.language.desk[found[1]]), html)
        return Response(html.replace("<html>", f'<html lang="{offers.language.tag}">', 1), media_type=_TYPES[".html"])

    async def library(request: Request) -> Response:
        return Response(await run_in_threadpool(offers.in_json), media_type="application/json")

    async def picture(request: Request) -> Response:
        desk, _ = await ready()
        found = await run_in_threadpool(desk.picture, request.path_params["id"], request.path_params["shown"])
        return _found(found, "image/svg+xml", {"Cache-Control": "private, max-age=3600"})

    async def plan(request: Request) -> Response:
        asked, (desk, _) = await _asked(request, AboutPlan), await ready()
        return _json(await run_in_threadpool(desk.answer, asked.plan, asked.revision))

    async def open_plan(request: Request) -> Response:
        opened = await _asked(request, Opened)
        stem = opened.name.rpartition(".")[0] or opened.name
        try:
            found = await run_in_threadpool(plans.read, opened.text, stem)
        except InvalidInput as error:
            return _refused(error)
        # What is saved is called what the sheet was made of: its name stands in the file.
        return _json(_tagged(structs.replace(found, file=found.name)))

    async def routine(request: Request) -> Response:
        desk, _ = await ready()
        try:
            found = await run_in_threadpool(desk.routine, request.path_params["id"])
        except InvalidInput as error:
            return _refused(error)
        if found and (titles := phases.titles(found)):
            number = request.query_params.get("phase", "")
            if not re.fullmatch("[0-9]{1,2}", number):
                return _json({"phases": titles})
            found = phases.one(found, int(number))
        return _json(_tagged(found)) if found else _nothing()

    async def new(request: Request) -> Response:
        language = offers.language
        plan = plans.new(language.desk["new_title"], language.code)
        # What is meant where no region is named is not said.
        if language.region != language.regions[0]:
            plan = structs.replace(plan, sheet={"language": language.tag})
        return _json(plan)

    async def sheet_page(request: Request) -> Response:
        width = request.query_params.get("w", "")
        if not re.fullmatch("[0-9]{1,4}", width):
            return _nothing()
        desk, _ = await ready()
        number = request.path_params["number"]
        found = await run_in_threadpool(desk.page, request.path_params["key"], number, int(width))
        return _found(found, "image/bmp")

    async def sheet(request: Request) -> Response:
        desk, _ = await ready()
        found = desk.pdf(request.path_params["key"])
        name = f"{request.path_params['called']}.pdf"
        how = "attachment" if "save" in request.query_params else "inline"
        return _found(found, "application/pdf", {"Content-Disposition": f'{how}; filename="{name}"'})

    async def static(request: Request) -> Response:
        return _file(folder, request.path_params["name"])

    async def font(request: Request) -> Response:
        found = await run_in_threadpool(screen_font, request.path_params["face"])
        return _found(found, "font/ttf", {"Cache-Control": "private, max-age=3600"})

    async def words(request: Request) -> Response:
        asked, (desk, _) = await _asked(request, OwnSteps), await ready()
        return _json(await run_in_threadpool(desk.words, asked.lines))

    async def roster(request: Request) -> Response:
        _, lists = await ready()
        name = request.query_params.get("name", "list.csv")
        return _json(await run_in_threadpool(lists.read, name, await request.body()))

    async def mended(request: Request) -> Response:
        _, lists = await ready()
        return _json(await run_in_threadpool(lists.ask, lists.question(await request.body())))

    async def batch(request: Request) -> Response:
        _, lists = await ready()
        return _json({"id": await run_in_threadpool(lists.begin, lists.question(await request.body()))})

    async def progress(request: Request) -> Response:
        _, lists = await ready()
        found = lists.progress(request.path_params["id"])
        return _json(found) if found else _nothing()

    async def stop(request: Request) -> Response:
        _, lists = await ready()
        lists.stop(request.path_params["id"])
        return _json({})

    async def made(request: Request) -> Response:
        _, lists = await ready()
        kind = request.path_params["kind"]
        found = await run_in_threadpool(lists.made, request.path_params["id"], kind)
        how = "attachment" if "save" in request.query_params else "inline"
        name = {"Content-Disposition": f'{how}; filename="exercise-plans.{kind}"'}
        return _found(found, f"application/{kind}", name)

    async def alive(request: Request) -> Response:
        ready()  # the page is there, and will ask for sheets
        return StreamingResponse(watch.beats(), media_type="text/event-stream")

    return Starlette(
        routes=[
            Route("/", page),
            Route("/library", library),
            Route("/picture/{id}/{shown}.svg", picture),
            Route("/plan", plan, methods=["POST"]),
            Route("/open", open_plan, methods=["POST"]),
            Route("/new", new, methods=["POST"]),
            Route("/routine/{id}", routine),
            Route("/words", words, methods=["POST"]),
            Route("/sheet/{key}/{number:int}.bmp", sheet_page),
            Route("/sheet/{key}/{called}.pdf", sheet),
            Route("/page/{name}", static),
            Route("/font/{face}", font),
            Route("/roster", roster, methods=["POST"]),
            Route("/roster/mended", mended, methods=["POST"]),
            Route("/batch", batch, methods=["POST"]),
            Route("/batch/{id}", progress),
            Route("/batch/{id}", stop, methods=["DELETE"]),
            Route("/batch/{id}/all.{kind}", made),
            Route("/alive", alive),
        ],
        exception_handlers={
            TooLarge: _too_large,
            msgspec.DecodeError: _unread,
            msgspec.ValidationError: _unread,
            500: _fault,
        },
    )


def _tagged(plan: plans.DeskPlan) -> plans.DeskPlan:
    """A plan whose side is written as the page's tags are, however its file writes it."""
    try:
        return structs.replace(plan, side=AffectedSide.parse(plan.side).value) if isinstance(plan.side, str) else plan
    except ValueError:
        return plan


def _refused(error: InvalidInput) -> Response:
    """What is wrong with a file that was to be opened, each thing with its line."""
    lines = [each.location.line for each in error.diagnostics]
    return _json({"findings": findings(error.diagnostics, ""), "lines": lines}, 422)


async def _asked(request: Request, kind: type[Any]) -> Any:
    return msgspec.json.decode(await request.body(), type=kind)


def _json(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def _found(data: bytes | None, kind: str, headers: dict[str, str] | None = None) -> Response:
    return _nothing() if data is None else Response(data, headers=headers, media_type=kind)


def _nothing() -> Response:
    return PlainTextResponse("there is nothing here", 404)


def _file(folder: Traversable, name: str) -> Response:
    # Only what lies there by that very name: no way leads elsewhere.
    names = {each.name: each for each in folder.iterdir()}
    kind = _TYPES.get(f".{name.rpartition('.')[2]}", "")
    return _found(names[name].read_bytes(), kind) if name in names and not name.endswith(".html") else _nothing()


async def _too_large(request: Request, error: Exception) -> Response:
    return PlainTextResponse("too large", 413)


async def _unread(request: Request, error: Exception) -> Response:
    return PlainTextResponse("this is no question that the desk understands", 400)


async def _fault(request: Request, error: Exception) -> Response:
    # What it was about is somebody's: the page is told only that it was not their fault.
    return Response(json.dumps({"fault": type(error).__name__}), 500, media_type="application/json")
