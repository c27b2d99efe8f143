"""把报告作为片段嵌入自己网站的页面：样式只作用于片段本身，没有脚本。

    python examples/embed.py 年报.docx 页面.html

Write a page of one's own site with a report in it, as a fragment with its own styles and without scripts.
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from string import Template

from annual_report import load, render

PAGE = Template("""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>$title</title>
<style>
body { margin: 0; font-family: sans-serif }
body > header, body > footer { background: #1f4e79; color: #fff; padding: 1rem 1.5rem }
main { max-width: 52rem; margin: 0 auto; padding: 1rem }
</style>
</head>
<body>
<header>$agency</header>
<main>
$report
</main>
<footer>$agency</footer>
</body>
</html>
""")


def main(source: str, target: str) -> None:
    """Read a report in any format and write the page."""
    report = load(source)
    fragment = render(report, format="html", fragment=True).decode()
    agency = escape(report.agency)
    page = PAGE.substitute(title=f"{agency} {report.year}", agency=agency, report=fragment)
    Path(target).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
