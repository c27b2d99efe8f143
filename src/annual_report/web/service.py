"""The service: a page for people and endpoints for programs, which keep nothing of what they are sent."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from annual_report.errors import Problem, UnusableInputError
from annual_report.messages import message
from annual_report.style import Style
from annual_report.web.answers import refusal
from annual_report.web.endpoints import DESCRIPTION, ENDPOINTS, STATUSES
from annual_report.web.forms import Form, Intake, TooLargeError, Upload
from annual_report.web.guard import Guard
from annual_report.web.limits import BusyError, Limits
from annual_report.web.packing import packed
from annual_report.web.pages import (
    BUSY,
    HTML_TYPE,
    LATE,
    REFUSED,
    TOO_LARGE,
    language_of,
    reasons,
    respond,
    start_page,
)
from annual_report.web.reference import reference_page
from annual_report.web.results import result_page, table_page
from annual_report.web.wire import Answer, Job
from annual_report.web.workers import Workers
from annual_report.writers.html.sheets import content_sheet

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Sequence

    from annual_report.messages import Language

_TITLE = "annual-report"
_KEPT = {"cache-control": "max-age=600"}


def create_app(*, hosts: Collection[str] | None = None, limits: Limits | None = None) -> FastAPI:
    """Make the service as an application of its own, or to mount into another one.

    Parameters
    ----------
    hosts
        The names under which it is reached, `www.example.gov.cn`. By default IP addresses and names without a dot,
        such as `localhost`: a page of another site can make a browser take any other name for this host's.
    limits
        How much it takes on; by default `Limits()`.

    Returns
    -------
    FastAPI
        The application. Its links are relative, so it can be mounted under any prefix.

    Examples
    --------
    >>> from fastapi import FastAPI
    >>> site = FastAPI()
    >>> site.mount("/reports", create_app(hosts=["www.example.gov.cn"]))
    """
    from annual_report import __version__

    service = _Service(limits or Limits())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        service.workers.close()

    app = FastAPI(
        title=_TITLE, version=__version__, description=DESCRIPTION.id, docs_url=None, redoc_url=None, lifespan=lifespan
    )
    app.add_middleware(Guard, hosts=hosts)
    for name, endpoint in ENDPOINTS.items():
        app.add_api_route(
            f"/{name}",
            getattr(service, name),
            methods=["POST"],
            summary=endpoint.summary.id,
            operation_id=name,
            response_class=Response,
            responses=endpoint.responses(),
            openapi_extra=endpoint.body(),
        )
    app.add_route("/", service.start, methods=["GET"])
    app.add_route("/", service.results, methods=["POST"])
    app.add_route("/docs", _reference, methods=["GET"])
    app.add_route("/page.css", _page_sheet, methods=["GET"])
    app.add_route("/report.css", _report_sheet, methods=["GET"])
    for kind in (UnusableInputError, BusyError, TooLargeError, TimeoutError, ClientDisconnect, HTTPException):
        app.add_exception_handler(kind, _refuse)
    return app


class _Service:
    """The endpoints, with the worker processes behind them."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._intake = Intake(limits)
        self.workers = Workers(limits)

    async def read(self, request: Request) -> Response:
        return await self._one(request, "read")

    async def check(self, request: Request) -> Response:
        return await self._one(request, "check")

    async def render(self, request: Request) -> Response:
        return await self._one(request, "render")

    async def new(self, request: Request) -> Response:
        async with self._intake.receive(request, ENDPOINTS["new"].accepted) as form:
            return respond(request, await self._do("new", request, form.previous, form.options))

    async def review(self, request: Request) -> Response:
        async with self._intake.receive(request, ENDPOINTS["review"].accepted) as form:
            answers = await self._each("rows", request, form)
            language = language_of(request)
            unread = [*form.unread]
            for file, answer in zip(form.files, answers, strict=True):
                unread += reasons(answer, language, file.name) if answer.status >= REFUSED else ()
            rows = [Upload("", BytesIO(answer.body)) for answer in answers if answer.status < REFUSED]
            return respond(request, await self._do("review", request, rows, {"unread": json.dumps(unread)}))

    async def documents(self, request: Request) -> Response:
        async with self._intake.receive(request, ENDPOINTS["documents"].accepted) as form:
            _require_files(form)
            answers = await self._each("render", request, form, form.options)
            names = [file.name for file in form.files]
        return respond(request, packed(names, answers, language_of(request)))

    async def start(self, request: Request) -> Response:
        return _html(start_page(language_of(request), self._limits))

    async def results(self, request: Request) -> Response:
        """Show what was found in the files of the start page."""
        async with self._intake.receive(request, ENDPOINTS["check"].accepted) as form:
            _require_files(form)
            language = language_of(request)
            if len(form.files) == 1:
                answer = await self._do("view", request, [*form.files, *form.previous])
                return respond(request, answer) if answer.status >= REFUSED else _html(_result(answer, language))
            if form.previous:
                raise UnusableInputError([Problem(message("last year's report is compared with one report only"))])
            answers = await self._each("view", request, form, {"brief": "true"})
            views = [_view(file, answer, language) for file, answer in zip(form.files, answers, strict=True)]
        return _html(table_page(views, language))

    async def _one(self, request: Request, task: str) -> Response:
        async with self._intake.receive(request, ENDPOINTS[task].accepted) as form:
            if len(form.files) != 1:
                raise UnusableInputError([Problem(message("give one file"), path="file")])
            answer = await self._do(task, request, [*form.files, *form.previous], form.options)
        return respond(request, answer)

    async def _each(
        self, task: str, request: Request, form: Form, options: dict[str, str] | None = None
    ) -> list[Answer]:
        """Do a task with each file of a form by itself."""
        return await asyncio.gather(*(self._do(task, request, [file], options) for file in form.files))

    async def _do(
        self, task: str, request: Request, uploads: Sequence[Upload], options: dict[str, str] | None = None
    ) -> Answer:
        names = tuple(upload.name for upload in uploads)
        job = Job(task, language_of(request), options or {}, names)
        return await asyncio.wrap_future(self.workers.submit(job, [upload.content for upload in uploads]))


def _require_files(form: Form) -> None:
    if not form.files:
        raise UnusableInputError([Problem(message("give at least one file"), path="file")])


def _result(answer: Answer, language: Language) -> str:
    return result_page(json.loads(answer.body), language)


def _view(file: Upload, answer: Answer, language: Language) -> dict[str, Any]:
    """Return what the page shows of a file, or why there is nothing to show."""
    if answer.status >= REFUSED:
        return {"source": file.name, "problems": reasons(answer, language)}
    view: dict[str, Any] = json.loads(answer.body)
    return view


def _html(content: str) -> Response:
    return Response(content.encode("utf-8", "replace"), media_type=HTML_TYPE)


async def _reference(request: Request) -> Response:
    return _html(reference_page(request.app.openapi(), language_of(request)))


async def _page_sheet(_: Request) -> Response:
    sheet = files("annual_report.web").joinpath("page.css").read_text(encoding="utf-8")
    return Response(sheet, headers=_KEPT, media_type="text/css")


async def _report_sheet(_: Request) -> Response:
    return Response(content_sheet(Style()), headers=_KEPT, media_type="text/css")


_NOWHERE = message("there is nothing at this address")
_MISDIRECTED = {405: message("this address does not take this method: send files with POST, and get pages with GET")}
"""What is said of requests that go wrong before they are read."""


async def _refuse(request: Request, error: Exception) -> Response:
    """Answer a request that cannot be carried out."""
    if isinstance(error, UnusableInputError):
        return respond(request, refusal(422, error.problems))
    if isinstance(error, HTTPException):
        return respond(request, refusal(error.status_code, [Problem(_MISDIRECTED.get(error.status_code, _NOWHERE))]))
    kinds = {TooLargeError: TOO_LARGE, BusyError: BUSY}
    status = next((status for kind, status in kinds.items() if isinstance(error, kind)), LATE)
    return respond(request, refusal(status, [Problem(STATUSES[status])]))
