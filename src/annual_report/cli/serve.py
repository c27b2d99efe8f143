"""`annual-report serve`: the page in the browser, reached from this machine only."""

from __future__ import annotations

import errno
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from annual_report.cli.options import Lang
from annual_report.errors import Problem, UnusableInputError
from annual_report.messages import message

if TYPE_CHECKING:
    import socket

ADDRESS = "127.0.0.1"
PORT = 8765
HOSTS = (ADDRESS, "localhost", "::1")
SECONDS_TO_END = 3
"""How long requests that are being answered may take when the service is asked to end."""


def serve_command(
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help=message("The port, 0 for any free one").text())
    ] = PORT,
    *,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=message("Open no browser").text())] = False,
    lang: Lang = None,
) -> None:
    """Serve the page until Ctrl-C."""
    import threading
    import webbrowser

    from annual_report.web import create_app

    app = create_app(hosts=HOSTS)
    import uvicorn

    with _listening(port) as listener:
        address = f"http://{ADDRESS}:{listener.getsockname()[1]}/"
        typer.echo(message("The page is at {address}; Ctrl-C ends it.", address=address).text())
        if not no_browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        config = uvicorn.Config(
            app, log_level="warning", server_header=False, timeout_graceful_shutdown=SECONDS_TO_END, ws="none"
        )
        with suppress(KeyboardInterrupt):  # which is how it is meant to end
            uvicorn.Server(config).run(sockets=[listener])


def _listening(port: int) -> socket.socket:
    """Take the port, so that a browser that is opened at once waits for the service."""
    import socket

    try:
        return socket.create_server((ADDRESS, port), backlog=256)
    except OSError as error:
        from annual_report.files import describe_os_error

        words = describe_os_error(error)
        if error.errno == errno.EADDRINUSE:
            words = message("port {port} is in use; choose another one with --port", port=port)
        raise UnusableInputError([Problem(words)]) from None
