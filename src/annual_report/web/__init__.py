"""The service: `annual_report.web.app`, and `create_app` for one with other hosts or limits."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fastapi import FastAPI

    from annual_report.web.service import create_app

    app: FastAPI

__all__ = ["app", "create_app"]

HOSTS = "ANNUAL_REPORT_HOSTS"
"""The variable that names the hosts of `app`, separated by commas."""


def __getattr__(name: str) -> Any:
    """Make a name when it is first used, since worker processes need none of FastAPI."""
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    create = _service()
    globals()["create_app"] = create
    if name == "app":
        named = [host.strip() for host in os.environ.get(HOSTS, "").split(",")]
        globals()["app"] = create(hosts=[host for host in named if host] or None)
    return globals()[name]


def _service() -> Any:
    from annual_report.errors import missing_extra
    from annual_report.messages import message

    try:
        import fastapi
        import python_multipart
        import uvicorn
    except ImportError:
        packages = ("fastapi", "python-multipart", "uvicorn")
        raise missing_extra(message("the service"), *packages) from None
    del fastapi, python_multipart, uvicorn
    from annual_report.web.service import create_app

    return create_app
