"""Headless Chromium for tests."""

from __future__ import annotations

import json
from base64 import b64decode
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest
from programs import NODE_MODULES, require
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

if TYPE_CHECKING:
    from pathlib import Path

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=BackForwardCache,RenderDocument",  # which give each page that is opened a frame of its own
)
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FOREVER = -1
SECONDS = 60


class Chromium:
    """A browser without network access."""

    def __init__(self) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = require("chromium")
        for flag in FLAGS:
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(require("chromedriver")))
        self.command("Network.enable")
        self.network(on=False)

    def command(self, name: str, **parameters: Any) -> dict[str, Any]:
        return self.driver.execute_cdp_cmd(name, parameters)

    def network(self, *, on: bool) -> None:
        self.command(
            "Network.emulateNetworkConditions",
            offline=not on,
            latency=0,
            downloadThroughput=FOREVER,
            uploadThroughput=FOREVER,
        )

    def open(self, place: Path | str, *, width: int = 1280, scheme: str = "light") -> None:
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 500
        )
        self.console()
        self.driver.get_log("performance")
        self.driver.get(place if isinstance(place, str) else place.as_uri())

    def follow(self, selector: str) -> None:
        """Click what leads to another page, and wait for that page.

        While a page is left, chromedriver now and then answers that an element of it is neither there nor gone.
        """
        before = self.driver.find_element(By.CSS_SELECTOR, selector)
        before.click()
        leaving = WebDriverWait(self.driver, SECONDS, ignored_exceptions=[WebDriverException])
        leaving.until(staleness_of(before))

    def js(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def console(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        events = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        return [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]

    def print(self) -> bytes:
        self.command("Emulation.clearDeviceMetricsOverride")
        return b64decode(self.command("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def accessibility(self) -> list[dict[str, Any]]:
        self.command("Accessibility.enable")
        nodes = self.command("Accessibility.getFullAXTree")["nodes"]
        self.command("Accessibility.disable")
        return [node for node in nodes if not node["ignored"]]

    @cached_property
    def _axe(self) -> str:
        source = NODE_MODULES / "axe-core" / "axe.min.js"
        if not source.exists():
            pytest.skip("axe-core is not installed")
        return source.read_text(encoding="utf-8")

    def axe(self) -> dict[str, list[str]]:
        """Return the violations that axe-core finds, and the checks that it cannot decide."""
        self.js(self._axe)
        self.driver.set_script_timeout(60)
        found = self.driver.execute_async_script(
            "const done = arguments[1]; axe.run({runOnly: arguments[0], resultTypes: ['violations', 'incomplete']})"
            ".then(done)",
            AXE_TAGS,
        )
        return {
            kind: [f"{rule['id']}: {node['html'][:120]}" for rule in found[kind] for node in rule["nodes"]]
            for kind in ("violations", "incomplete")
        }
