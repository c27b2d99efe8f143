"""The service's endpoints as a page of the site: their fields, answers and statuses, and its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.messages import Message
from annual_report.web.endpoints import DESCRIPTION, ENDPOINTS
from annual_report.web.limits import Limits

if TYPE_CHECKING:
    from annual_report.messages import Language
    from annual_report.web.endpoints import Endpoint

WORDS = {
    "title": {"zh": "网页服务的接口", "en": "Endpoints of the service"},
    "lead": {
        "zh": "`annual-report serve` 打开的页面也是一个服务，`annual_report.web.app` 可以挂到别的系统里"
        "（[我要接入系统](developer.md)）。运行时，同样的说明在 `/docs`，OpenAPI 文档在 `/openapi.json`。",
        "en": "The page that `annual-report serve` opens is a service too, and `annual_report.web.app` mounts into "
        "other applications ([Connecting a system](developer.md)). A running service has the same page at `/docs`, "
        "and the OpenAPI document at `/openapi.json`.",
    },
    "field": {"zh": "字段", "en": "Field"},
    "status": {"zh": "状态码", "en": "Status"},
    "meaning": {"zh": "含义", "en": "Meaning"},
    "required": {"zh": "（必填）", "en": " (required)"},
    "limits": {"zh": "限度", "en": "Limits"},
    "limit": {
        "zh": "一次请求最多 {megabytes} MB、{files} 个文件；每个请求最多 {seconds:.0f} 秒，"
        "工作进程最多 {memory} MB 内存；同时最多接收 {waiting} 个请求，再多的得到 503。",
        "en": "A request has at most {megabytes} MB and {files} files. It may take {seconds:.0f} seconds, and a worker "
        "process {memory} MB of memory. At most {waiting} requests are received at the same time; others get 503.",
    },
}


def service_page(language: Language) -> dict[str, str]:
    """Give the page by its name."""
    limits = Limits()
    limit = WORDS["limit"][language].format(
        megabytes=limits.request >> 20,
        files=limits.files,
        seconds=limits.seconds,
        memory=limits.memory >> 20,
        waiting=limits.waiting,
    )
    parts = [f"# {WORDS['title'][language]}", WORDS["lead"][language], DESCRIPTION.text(language)]
    parts += [_endpoint(name, endpoint, language) for name, endpoint in ENDPOINTS.items()]
    return {"service.md": "\n\n".join([*parts, f"## {WORDS['limits'][language]}", limit]) + "\n"}


def _endpoint(name: str, endpoint: Endpoint, language: Language) -> str:
    schema = endpoint.body()["requestBody"]["content"]["multipart/form-data"]["schema"]
    fields = {
        f"`{field}`{WORDS['required'][language] if field in schema['required'] else ''}": entry["description"]
        for field, entry in schema["properties"].items()
    }
    statuses = {f"{status}": answer["description"] for status, answer in endpoint.responses().items()}
    return "\n\n".join(
        [
            f"## `POST /{name}` {{ #{name} }}",
            endpoint.summary.text(language),
            _table("field", fields, language),
            _table("status", statuses, language),
        ]
    )


def _table(kind: str, rows: dict[str, str], language: Language) -> str:
    head = f"| {WORDS[kind][language]} | {WORDS['meaning'][language]} |\n| --- | --- |\n"
    return head + "\n".join(f"| {name} | {Message(text).text(language)} |" for name, text in rows.items())
