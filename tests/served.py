"""The service on a port of this machine, and requests to it as programs and browsers make them."""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import contextmanager
from typing import Any

import urllib3
import uvicorn

from annual_report.web import create_app


class Service:
    """A running service."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._pool = urllib3.PoolManager(maxsize=64, retries=False)

    def get(self, path="", **headers):
        return self._pool.request("GET", self.address + path, headers=_names(headers), redirect=False)

    def post(self, path, *files, headers=None, **fields):
        """Post a form: `files` are pairs of a name and bytes, `previous` is one, everything else is text."""
        parts: list[tuple[str, Any]] = [("file", (name, data, "application/octet-stream")) for name, data in files]
        for name, value in fields.items():
            values = value if isinstance(value, list) else [value]
            parts += [
                (name, (*one, "application/octet-stream") if isinstance(one, tuple) else str(one)) for one in values
            ]
        body, kind = urllib3.encode_multipart_formdata(parts)
        return self.send(path, body, {"content-type": kind} | (headers or {}))

    def send(self, path, body, headers):
        return self._pool.request("POST", self.address + path, body=body, headers=headers, redirect=False)


def _names(headers):
    return {name.replace("_", "-"): value for name, value in headers.items()}


def parsed(response):
    """Give the JSON of an answer."""
    assert response.headers["content-type"] == "application/json"
    return json.loads(response.data)


@contextmanager
def running(app):
    """Serve an application on a free port."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield Service(f"http://127.0.0.1:{listener.getsockname()[1]}/")
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@contextmanager
def service(**options):
    """Run the service of its own."""
    with running(create_app(**options)) as found:
        yield found
