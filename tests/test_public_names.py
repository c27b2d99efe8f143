"""The names that `annual_report` exports."""

from __future__ import annotations

import inspect
import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

import annual_report
from annual_report import AnnualReportError

CALLABLE = [name for name in annual_report.__all__ if name != "__version__"]


def subclasses(kind):
    for child in kind.__subclasses__():
        yield child
        yield from subclasses(child)


def test_every_error_is_exported():
    for module in pkgutil.walk_packages(annual_report.__path__, "annual_report."):
        if module.name != "annual_report.__main__":
            import_module(module.name)
    errors = {error for error in subclasses(AnnualReportError) if error.__module__.startswith("annual_report.")}
    assert {error.__name__ for error in errors} - {*annual_report.__all__} == set()


@pytest.mark.parametrize(
    "name", ["batch.Processes", "form.known", "messages.using", "tables.to_frame", "web.create_app"]
)
def test_modules_that_the_docs_name_are_imported_when_first_used(name):
    program = f"import annual_report; annual_report.{name}"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_version_is_a_text():
    assert annual_report.__version__[0].isdecimal()


@pytest.mark.parametrize("name", CALLABLE)
def test_every_exported_name_has_an_example(name):
    assert "Examples\n--------\n>>> " in inspect.getdoc(getattr(annual_report, name))


@pytest.mark.parametrize("name", CALLABLE)
def test_every_parameter_of_an_exported_function_is_documented(name):
    exported = getattr(annual_report, name)
    text = inspect.getdoc(exported)
    if inspect.isfunction(exported):
        assert "Returns\n-------\n" in text
        for parameter in inspect.signature(exported).parameters:
            assert f"\n{parameter}\n    " in text
