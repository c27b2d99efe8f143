"""What every request must be, and every answer has: the right host, no foreign origin, and strict headers."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request

from annual_report.errors import Problem
from annual_report.messages import message
from annual_report.web.answers import refusal
from annual_report.web.pages import respond

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HOST = re.compile(r"(?:\[(?P<address>[0-9a-f:.]+)\]|(?P<name>[a-z0-9_.-]+))(?::\d+)?")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = frozenset({"same-origin", "none"})
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Guard:
    """Refuses requests that another site makes in a visitor's browser, and sets the headers of answers.

    Parameters
    ----------
    app
        The application.
    hosts
        The names under which it is reached, without port; none allows addresses and names without a dot. Names of the
        public domain name system have one, so that no other site can pass its own name off as this host's.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None = None) -> None:
        self._app = app
        self._hosts = None if hosts is None else frozenset(map(str.lower, hosts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(event: Message) -> None:
            if event["type"] == "http.response.start":
                headers = MutableHeaders(scope=event)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(event)

        headers = Headers(scope=scope)
        if not self._is_own_host(headers.get("host", "")):
            words = message("this host name is not allowed; the administrator can allow it with ANNUAL_REPORT_HOSTS")
            answer = refusal(400, [Problem(words)])
        elif scope["method"] not in _SAFE and _is_foreign(headers):
            answer = refusal(403, [Problem(message("this request comes from another site, and is refused"))])
        else:
            await self._app(scope, receive, send_with_headers)
            return
        await respond(Request(scope), answer)(scope, receive, send_with_headers)

    def _is_own_host(self, host: str) -> bool:
        name = _name(host)
        if self._hosts is not None:
            return name in self._hosts
        return bool(name) and ("." not in name or _is_address(name))


def _name(host: str) -> str:
    """Return a host's name without the port, in lower case; empty if it is none."""
    found = _HOST.fullmatch(host.lower())
    return (found["address"] or found["name"]) if found else ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_foreign(headers: Headers) -> bool:
    """Return whether a browser says that another site makes a request."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site.lower() not in _OWN:
        return True
    return origin is not None and origin.partition("://")[2] != headers.get("host", "").lower()
